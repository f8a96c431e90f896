#pragma once

#include <vector>

#include "services/discovery/engine/text_plan.hpp"

namespace kontor::discovery::engine {

/// A product that a text matches.
struct Match {
    Doc doc;
    std::uint32_t words;  ///< How many of the text's words it has.
    float score;
};

enum class Words : std::uint8_t { all, any };

/// The products of a part that have all words, or any, ascending. Each is searched in the first
/// language of the plan in which it has texts. Work in proportion to the postings of the words.
std::vector<Match> matches(const Part& part, const PlannedText& text, Words wanted);

}  // namespace kontor::discovery::engine
