#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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

/// What a folded word was meant to be, and how many typing errors that takes.
struct MendedWord {
    std::string text;
    std::uint32_t distance = 0;
    std::uint32_t count = 0;  ///< Of the part that was mended.
};
using MendWord = std::function<std::optional<MendedWord>(std::string_view)>;

/// The compound that `word` was meant to be, where typing errors in one of its parts keep it from
/// being one: `akkubohrschruaber` is `akkubohrschrauber`. `mend` corrects a part. Of several the
/// one of fewest errors, then of the most frequent mended part. Asks only beside a part that is
/// known as it stands, so that a word costs a few corrections.
std::optional<MendedWord> mended_compound(std::string_view word, const Language& language,
                                          const WordCounts& counts, const MendWord& mend);

/// The parts, and the parts of those: `akku`, `bohrschrauber`, `bohr`, `schrauber`.
std::vector<std::string> all_compound_parts(std::string_view word, const Language& language,
                                            const WordCounts& counts);

}  // namespace kontor::discovery::engine
