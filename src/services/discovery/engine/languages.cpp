#include "services/discovery/engine/languages.hpp"

#include <algorithm>

#include <libstemmer.h>

namespace kontor::discovery::engine {
namespace {

const std::vector<Language>& languages() {
    static const std::vector<Language> all = {
        {"de",
         "german",
         true,
         {"s", "es", "n", "en", "er", "e"},
         {"ae", "oe", "ue"},
         {"der", "die", "das", "den", "dem", "ein", "eine", "einen", "und", "oder", "mit", "fur",
          "im",  "in",  "am",  "an",  "aus", "auf", "von",  "vom",   "zu",  "zum",  "zur", "bei"}},
        {"en",
         "english",
         false,
         {},
         {},
         {"the", "a", "an", "and", "or", "of", "for", "with", "in", "on", "to", "by", "from"}},
        {"fr", "french", false, {}, {}, {"le",  "la", "les",  "l",    "un",  "une", "des",
                                         "de",  "du", "d",    "et",   "ou",  "a",   "au",
                                         "aux", "en", "pour", "avec", "sur", "sans"}},
        {"it",
         "italian",
         false,
         {},
         {},
         {"il", "lo", "la", "i", "gli", "le", "l", "un", "una", "di", "del", "della", "e", "o", "a",
          "da", "in", "con", "per"}},
        {"es",
         "spanish",
         false,
         {},
         {},
         {"el", "la", "los", "las", "un", "una", "de", "del", "y", "o", "a", "al", "en", "con",
          "para", "por"}},
        {"pt",
         "portuguese",
         false,
         {},
         {},
         {"o", "a", "os", "as", "um", "uma", "de", "do", "da", "dos", "das", "e", "ou", "em", "no",
          "na", "com", "para", "por"}},
        {"nl",
         "dutch",
         true,
         {"s", "en", "e", "er"},
         {},
         {"de", "het", "een", "en", "of", "van", "voor", "met", "in", "op", "aan", "uit", "te"}},
        {"sv",
         "swedish",
         true,
         {"s", "e", "o"},
         {},
         {"en", "ett", "och", "eller", "for", "med", "i", "pa", "av", "till", "fran"}},
        {"no",
         "norwegian",
         true,
         {"s", "e"},
         {"ae", "oe", "aa"},
         {"en", "et", "ei", "og", "eller", "for", "med", "i", "pa", "av", "til", "fra"}},
        {"da",
         "danish",
         true,
         {"s", "e", "er"},
         {"ae", "oe", "aa"},
         {"en", "et", "og", "eller", "for", "med", "i", "pa", "af", "til", "fra"}},
        {"fi", "finnish", true, {"n"}, {}, {"ja", "tai"}},
        {"hu", "hungarian", true, {}, {}, {"a", "az", "egy", "es", "vagy"}},
        {"ro", "romanian", false, {}, {}, {"si", "sau", "cu", "de", "la", "in", "pentru", "din"}},
        {"tr", "turkish", false, {}, {}, {"ve", "veya", "ile", "icin", "bir"}},
        {"ru", "russian", false, {}, {}, {"и", "в", "на", "с", "для", "из", "по"}},
        {"pl", nullptr, false, {}, {}, {"i", "oraz", "lub", "do", "z", "ze", "w", "na", "dla"}},
        {"cs", nullptr, false, {}, {}, {"a", "nebo", "s", "se", "z", "ze", "v", "na", "do", "pro"}},
        {"sk",
         nullptr,
         false,
         {},
         {},
         {"a", "alebo", "s", "so", "z", "zo", "v", "na", "do", "pre"}},
    };
    return all;
}

}  // namespace

const Language& language_of(std::string_view code) {
    static const Language unknown;
    // Bokmål and Nynorsk are both tagged apart from `no`.
    const std::string_view wanted = code == "nb" || code == "nn" ? "no" : code;
    const auto& all = languages();
    const auto found = std::ranges::find(all, wanted, &Language::code);
    return found == all.end() ? unknown : *found;
}

void Stemmer::Free::operator()(sb_stemmer* stemmer) const {
    sb_stemmer_delete(stemmer);
}

Stemmer::Stemmer(const Language& language)
    : stemmer_(language.stemmer ? sb_stemmer_new(language.stemmer, "UTF_8") : nullptr) {}

std::string Stemmer::operator()(std::string_view word) const {
    // Of numbers and part names nothing is cut: `2110s` is not a plural.
    const bool letters = std::ranges::none_of(word, [](char c) { return c >= '0' && c <= '9'; });
    if (!stemmer_ || !letters || word.size() < 3) {
        return std::string(word);
    }
    const auto* stem =
        sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                        static_cast<int>(word.size()));
    return {reinterpret_cast<const char*>(stem),
            static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace kontor::discovery::engine
