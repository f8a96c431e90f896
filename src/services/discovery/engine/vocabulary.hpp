#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/discovery/engine/languages.hpp"
#include "services/discovery/engine/segment.hpp"
#include "services/discovery/engine/words.hpp"

namespace kontor::discovery::engine {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

template <class Value>
using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

/// The distinct words of a segment's texts in one language, while it is written: each is folded,
/// stemmed and cut once, however often it occurs.
class Vocabulary {
public:
    Vocabulary(const Language& language, const TextIndex* larger)
        : language_(language), stem_(language), larger_(larger) {}

    /// The number of a word that occurs by itself.
    std::uint32_t note(const Word& word);
    /// The number of a piece of a word, or of several joined: found, but not part of the language.
    std::uint32_t note_piece(const std::string& text);

    struct TermOf {
        std::uint32_t term;
        bool part;
    };
    /// Once all words are noted: the terms under which each is found.
    std::vector<std::vector<TermOf>> terms_of_words();
    /// After that: all terms, by number.
    const std::vector<std::string>& terms() const { return terms_; }

    struct Entry {
        std::string text;
        std::uint32_t count = 0;  ///< Times by itself.
        ByText<std::uint32_t> displays;
    };
    const std::vector<Entry>& words() const { return words_; }

private:
    std::uint32_t number_of(const std::string& text);
    std::uint32_t term(const std::string& stem);
    std::uint32_t count(std::string_view word) const;

    const Language& language_;
    Stemmer stem_;
    const TextIndex* larger_;
    std::vector<Entry> words_;
    ByText<std::uint32_t> numbers_;
    std::vector<std::string> terms_;
    ByText<std::uint32_t> term_numbers_;
    ByText<std::uint32_t> stem_counts_;
};

/// How often `word` stands by itself in a segment, as it is or as a stem.
std::uint32_t count_in(const TextIndex& text, std::string_view word);

}  // namespace kontor::discovery::engine
