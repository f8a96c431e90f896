#pragma once

#include <map>
#include <memory>

#include "platform/rest/table.hpp"

namespace kontor::rest {

/// Finds the route of a method and path. Literal segments win over variables. Built once, then
/// read from every loop; a look-up costs one step a segment and allocates only decoded variables.
class Router {
public:
    /// `table` must outlive this. Two routes of one method and shape throw std::logic_error.
    explicit Router(const Table& table);
    ~Router();

    struct Match {
        const Route* route = nullptr;
        std::vector<std::pair<std::string_view, std::string>> variables;
    };

    /// `path` still percent-encoded. Refuses: `not_found`, `method_not_allowed` (its message lists
    /// the methods there are), `malformed` for broken percent-encoding.
    Result<Match> find(std::string_view method, std::string_view path) const;

private:
    struct Node;
    void insert(const Route& route);

    std::unique_ptr<Node> root_;
};

inline constexpr RefusalKind method_not_allowed{"method_not_allowed", 405,
                                                "The path exists, but not with this method."};

/// `%C3%BC` as `ü`; with `plus_is_space` also `+` as a blank (query strings of forms). None where a
/// `%` is not followed by two hex digits.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);

/// The pairs of a query string, decoded. Refuses: `malformed`.
Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);

}  // namespace kontor::rest
