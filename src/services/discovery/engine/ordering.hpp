#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/discovery/engine/cursor.hpp"
#include "services/discovery/engine/filters.hpp"
#include "services/discovery/engine/text_match.hpp"

namespace kontor::discovery::engine {

/// A product with its place in the order: by key, then by id; where the order is by name, by name
/// key instead of key. Lower is earlier.
struct Placed {
    std::int64_t key = 0;
    ProductId id = 0;
    Doc doc = 0;
    float score = 0;
    std::string_view name_key;

    friend bool operator<(const Placed& one, const Placed& other) {
        if (one.name_key != other.name_key) {
            return one.name_key < other.name_key;
        }
        return one.key != other.key ? one.key < other.key : one.id < other.id;
    }
};

/// The first `count` products of a part in the query's order, behind the cursor where there is one,
/// sorted. Reads one column for each product; keeps a few times `count` of them.
/// `matched`: of the text, ascending, at least those of `filtered`; empty without a text.
std::vector<Placed> first_of(const Filtered& filtered, const Query& query,
                             std::span<const Match> matched, const std::optional<Cursor>& after,
                             std::size_t count);

}  // namespace kontor::discovery::engine
