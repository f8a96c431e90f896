#pragma once

#include <array>
#include <cstdint>

#include "services/discovery/engine/segment.hpp"

namespace kontor::discovery::engine {

/// BM25F (Robertson, Zaragoza, Taylor, "Simple BM25 Extension to Multiple Weighted Fields", 2004):
/// a field's occurrences count by its weight, less in a field that is longer than the average.
/// Chosen by nDCG@10 over rated shop queries; see bench/discovery_relevance_bench.cpp.
struct FieldWeight {
    double weight;
    double length_norm;  ///< 0: the length does not matter; 1: in full.
};
inline constexpr std::array<FieldWeight, fields> field_weights{{
    {3.0, 0.75},  // name
    {2.0, 0.0},   // brand
    {2.0, 0.3},   // keywords
    {2.0, 0.3},   // categories
    {1.0, 0.5},   // attributes
    {0.6, 0.75},  // description
}};

/// How soon a further occurrence counts for less: k1, about 1.3 in units of a name.
inline constexpr double saturation = 4.0;

/// A word found as part of a compound, of a part number or of a hyphenated word counts for less
/// than the word by itself.
inline constexpr double part_weight = 0.3;

inline constexpr double impact_unit = 65'535.0;

}  // namespace kontor::discovery::engine
