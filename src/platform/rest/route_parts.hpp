#pragma once

#include <map>

#include "platform/rest/table.hpp"

/// A route taken apart, for whatever prints references.
namespace kontor::rest {

struct Parameter {
    std::string_view name;
    std::string_view where;  ///< `path`, `query` or `header`
    bool required = false;
    const describe::TypeInfo::Member* member = nullptr;  ///< Its type, limits and meaning.
};

/// What a route takes beside its body: of its path first.
std::vector<Parameter> parameters_of(const Route& route);

/// The members of its request that a route takes from the body; none where it takes no body.
std::vector<const describe::TypeInfo::Member*> body_members(const Route& route);

/// What a route can refuse with, by HTTP status: its operation's refusals, and those of binding and
/// of its scope.
std::map<int, std::vector<RefusalKind>> refusals_of(const Route& route);

}  // namespace kontor::rest
