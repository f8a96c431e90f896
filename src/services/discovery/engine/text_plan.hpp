#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/discovery/engine/snapshot.hpp"
#include "services/discovery/engine/words.hpp"

namespace kontor::discovery::engine {

/// A term to look up, with what finding it is worth: its inverse document frequency over the whole
/// index, so that scores of different parts compare.
struct WantedTerm {
    std::string stem;
    float idf = 0;
};

/// One way in which a product can have a word: all of `terms`.
struct Alternative {
    std::vector<WantedTerm> terms;
    float weight = 1;
};

struct PlannedWord {
    std::vector<Alternative> alternatives;
};

/// What to look up in one language.
struct TextPlan {
    std::string language;
    std::vector<PlannedWord> words;
};

/// How a text is searched: one plan for each language of the fallback chain that is needed. A
/// product is searched in the first language it has.
struct PlannedText {
    std::vector<TextPlan> plans;
    std::string corrected_to;  ///< Where a typo was corrected.
};

/// The inverse document frequency of a term in a language, and how often it occurs, over all parts.
struct TermStatistics {
    std::uint32_t frequency = 0;
    float idf = 0;
};
TermStatistics statistics(const Snapshot& snapshot, std::string_view language,
                          std::string_view stem);

/// Finds for each word the ways to have it: as a stem; as the parts of a compound or of a part
/// number; joined with its neighbour; where it is unknown, its correction (and where it is next to
/// unknown, beside it), else what begins with it. Some 10 us a word.
PlannedText plan_text(const Snapshot& snapshot, const std::vector<std::string>& languages,
                      std::string_view text);

/// The best correction of a folded word, over all parts, or nothing.
struct Correction {
    std::string text;
    std::string display;
    std::uint32_t distance = 0;
    std::uint32_t count = 0;
};
std::optional<Correction> correction_of(const Snapshot& snapshot, std::string_view language,
                                        std::string_view word);

/// The most frequent terms that begin with `prefix`, over all parts.
std::vector<std::string> terms_with_prefix(const Snapshot& snapshot, std::string_view language,
                                           std::string_view prefix, std::size_t terms_max);

/// The languages of the chain that some product needs.
std::vector<std::string> needed_languages(const Snapshot& snapshot,
                                          const std::vector<std::string>& chain);

}  // namespace kontor::discovery::engine
