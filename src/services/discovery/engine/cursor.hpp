#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "services/discovery/engine/query.hpp"

namespace kontor::discovery::engine {

/// Where a page ended: the sort key and id of its last product. The next page begins behind it,
/// whatever was added or removed in between.
struct Cursor {
    std::uint64_t query = 0;  ///< Of which query: see fingerprint.
    std::int64_t key = 0;
    ProductId id = 0;
    std::string name_key;  ///< For Sort::name: the collation key.
};

/// The same for two queries exactly where one may use the other's cursors: limit, facets and time
/// may differ.
std::uint64_t fingerprint(const Query& query);

/// Opaque text, safe in a URL.
std::string to_text(const Cursor& cursor);

/// Refuses `bad_cursor` where the text is damaged or of a query with another fingerprint.
Result<Cursor> parse_cursor(std::string_view text, std::uint64_t query);

}  // namespace kontor::discovery::engine
