#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "services/discovery/engine/languages.hpp"

namespace kontor::discovery::engine {

/// How often a folded word, or a stem, occurs by itself in the catalogue; 0: never.
using WordCounts = std::function<std::uint32_t(std::string_view)>;

/// Cuts a compound at words that the catalogue uses by themselves, linking letters dropped:
/// `akkubohrschrauber` gives `akku`, `bohrschrauber`. Of several cuts the one of fewest parts, then
/// of the greatest geometric mean of the parts' counts (Koehn and Knight, "Empirical Methods for
/// Compound Splitting", 2003). Empty where the word is none, or its language writes none.
std::vector<std::string> compound_parts(std::string_view word, const Language& language,
                                        const WordCounts& counts);

/// The parts, and the parts of those: `akku`, `bohrschrauber`, `bohr`, `schrauber`.
std::vector<std::string> all_compound_parts(std::string_view word, const Language& language,
                                            const WordCounts& counts);

}  // namespace kontor::discovery::engine
