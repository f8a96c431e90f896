#pragma once

#include <span>
#include <vector>

#include "services/discovery/engine/filters.hpp"

namespace kontor::discovery::engine {

/// Counts the values of a facet over all parts. Brand, category, price and the common attributes
/// read a column for each product that is left; a rare attribute intersects the bitmap of each
/// value.
Facet count_facet(const FacetWanted& wanted, std::span<const Filtered> parts);

}  // namespace kontor::discovery::engine
