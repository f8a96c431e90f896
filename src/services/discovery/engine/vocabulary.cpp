#include "services/discovery/engine/vocabulary.hpp"

#include <algorithm>

#include "services/discovery/engine/compounds.hpp"

namespace kontor::discovery::engine {

std::uint32_t count_in(const TextIndex& text, std::string_view word) {
    const auto at = text.words.find(word);
    if (at != Strings::npos) {
        return text.word_counts[at];
    }
    // A stem counts only where some word by itself begins with it: `bohr` by `bohrer`.
    if (text.find(word) == Strings::npos) {
        return 0;
    }
    const auto [first, last] = text.words.with_prefix(word);
    return first < last && text.words[first].size() <= word.size() + 3 ? text.word_counts[first]
                                                                       : 0;
}

std::uint32_t Vocabulary::number_of(const std::string& text) {
    const auto [known, added] = numbers_.emplace(text, static_cast<std::uint32_t>(words_.size()));
    if (added) {
        words_.push_back({text, 0, {}});
    }
    return known->second;
}

std::uint32_t Vocabulary::note(const Word& word) {
    const auto number = number_of(word.text);
    ++words_[number].count;
    ++words_[number].displays[word.display];
    return number;
}

std::uint32_t Vocabulary::note_piece(const std::string& text) {
    return number_of(text);
}

std::uint32_t Vocabulary::term(const std::string& stem) {
    const auto [known, added] =
        term_numbers_.emplace(stem, static_cast<std::uint32_t>(terms_.size()));
    if (added) {
        terms_.push_back(stem);
    }
    return known->second;
}

std::uint32_t Vocabulary::count(std::string_view word) const {
    std::uint32_t found = larger_ ? count_in(*larger_, word) : 0;
    if (const auto known = numbers_.find(word); known != numbers_.end()) {
        found += words_[known->second].count;
    }
    if (const auto known = stem_counts_.find(word); found == 0 && known != stem_counts_.end()) {
        found = known->second;
    }
    return found;
}

std::vector<std::vector<Vocabulary::TermOf>> Vocabulary::terms_of_words() {
    std::vector<std::vector<TermOf>> terms(words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const auto stem = stem_(words_[i].text);
        // A stem of a much shorter word is no word: a prefix such as `be` would cut everything.
        if (words_[i].count > 0 && stem.size() + 3 >= words_[i].text.size()) {
            stem_counts_[stem] += words_[i].count;
        }
        terms[i].push_back({term(stem), false});
    }
    const WordCounts counts = [this](std::string_view word) { return count(word); };
    for (std::size_t i = 0; i < words_.size(); ++i) {
        for (const auto& part : all_compound_parts(words_[i].text, language_, counts)) {
            terms[i].push_back({term(stem_(part)), true});
        }
    }
    return terms;
}

}  // namespace kontor::discovery::engine
