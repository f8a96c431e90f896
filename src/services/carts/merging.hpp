#pragma once

#include "services/carts/lines.hpp"

namespace kontor::carts {

/// What becomes of the lines of two carts when one takes over those of the other.
struct Merging {
    struct Change {
        std::optional<StoredLine> before;
        std::optional<StoredLine> after;
    };
    std::vector<Change> into;  ///< A line that comes without `before` still has its old id.
    std::vector<Change> from;
    std::vector<LeftBehind> left_behind;
};

/// Adds up what is in both, at the price of `into`, and moves the rest, in its order, as far as
/// there is room. Nothing is lost: what stays in `from` is left behind by name.
Merging merge(std::span<const StoredLine> into, std::span<const StoredLine> from,
              std::int64_t lines_max);

}  // namespace kontor::carts
