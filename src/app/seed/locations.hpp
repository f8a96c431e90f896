#pragma once

#include <vector>

#include "app/seed/shop.hpp"

namespace kontor::seed {

/// The warehouses of the markets' regions, then the stores, spread over the markets by weight and
/// over each market's cities, the largest taking several.
std::vector<Location> make_locations(const std::vector<Market>& markets, const Options& options);

}  // namespace kontor::seed
