#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sb_stemmer;

namespace kontor::discovery::engine {

/// What analysis knows about a language.
struct Language {
    std::string_view code;
    const char* stemmer = nullptr;  ///< Snowball algorithm; null: none is applied.
    /// Words are written together: parts of a compound are indexed too.
    bool compounds = false;
    std::vector<std::string_view> links;  ///< Between the parts of a compound, as `s`.
    /// Two letters that stand for one with a mark when it cannot be typed, as `ae` for `ä`.
    std::vector<std::string_view> digraphs;
    std::vector<std::string_view> stop_words;  ///< Folded; left out of a query that has others.
};

/// Of a BCP 47 primary tag; an unknown language has neither stemmer nor stop words.
const Language& language_of(std::string_view code);

/// Cuts words to their stems. Not thread-safe; about 1 us to make.
class Stemmer {
public:
    explicit Stemmer(const Language& language);
    /// `word`: folded.
    std::string operator()(std::string_view word) const;

private:
    struct Free {
        void operator()(sb_stemmer* stemmer) const;
    };
    std::unique_ptr<sb_stemmer, Free> stemmer_;
};

}  // namespace kontor::discovery::engine
