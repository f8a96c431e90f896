#pragma once

#include <span>
#include <vector>

#include "services/discovery/engine/filters.hpp"

namespace kontor::discovery::engine {

/// Counts the values of a facet over all parts. Brand, category and price read a column for each
/// product that is left; an attribute intersects the bitmap of each of its values.
Facet count_facet(const FacetWanted& wanted, std::span<const Filtered> parts);

}  // namespace kontor::discovery::engine
