#include "services/discovery/engine/words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace kontor::discovery::engine {
namespace {

enum class Letter : std::uint8_t { none, letter, digit };

Letter class_of(UChar32 c) {
    if (c < 0x80) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter ? Letter::letter : c >= '0' && c <= '9' ? Letter::digit : Letter::none;
    }
    if (u_isdigit(c)) {
        return Letter::digit;
    }
    const auto type = u_charType(c);
    const bool part =
        u_isalpha(c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
    return part ? Letter::letter : Letter::none;
}

/// Scripts without spaces between words need a dictionary to be cut.
bool needs_dictionary(UChar32 c) {
    if (c < 0x0E00) {
        return false;
    }
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return true;
        default:
            return false;
    }
}

/// A run of letters and digits, and what separates it from the one before.
struct Run {
    std::string_view raw;
    std::string text;
    bool glued = false;   ///< One of - / ' & between, and no space.
    bool spaced = false;  ///< Nothing or one space between.
    bool inches = false;  ///< Followed by a double quote, as in 3.5".
    bool dictionary = false;
};

bool glues(std::string_view gap) {
    return gap == "-" || gap == "/" || gap == "'" || gap == "\u2019" || gap == "\u2010" ||
           gap == "\u2011" || gap == "&" || gap == "_" || gap == ".";
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// A point or comma between digits belongs to the number.
bool decimal_mark(std::string_view text, std::size_t at) {
    return (text[at] == '.' || text[at] == ',') && at > 0 && at + 1 < text.size() &&
           is_digit(text[at - 1]) && is_digit(text[at + 1]);
}

std::vector<Run> runs_of(std::string_view text) {
    std::vector<Run> runs;
    std::size_t gap = 0;
    const auto size = static_cast<int32_t>(text.size());
    for (int32_t i = 0; i < size;) {
        const auto begin = static_cast<std::size_t>(i);
        bool dictionary = false;
        while (i < size) {
            int32_t after = i;
            UChar32 c = 0;
            U8_NEXT_OR_FFFD(text.data(), after, size, c);
            if (class_of(c) == Letter::none && !decimal_mark(text, static_cast<std::size_t>(i))) {
                break;
            }
            dictionary = dictionary || needs_dictionary(c);
            i = after;
        }
        const auto end = static_cast<std::size_t>(i);
        if (end == begin) {
            U8_FWD_1(text.data(), i, size);
            continue;
        }
        const auto between = text.substr(gap, begin - gap);
        Run run{text.substr(begin, end - begin), folded(text.substr(begin, end - begin))};
        std::ranges::replace(run.text, ',', '.');
        run.glued = !runs.empty() && glues(between);
        run.spaced = !runs.empty() && (between == " " || between == "\u00A0");
        run.inches = end < text.size() && (text[end] == '"' || text.substr(end).starts_with("″"));
        run.dictionary = dictionary;
        runs.push_back(std::move(run));
        gap = end;
    }
    return runs;
}

/// Units as they are written behind numbers, and the one way they are indexed.
std::string_view unit_of(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 68> units{{
        {"v", "v"},       {"volt", "v"},   {"w", "w"},      {"watt", "w"},  {"kw", "kw"},
        {"a", "a"},       {"ampere", "a"}, {"ah", "ah"},    {"mah", "mah"}, {"wh", "wh"},
        {"kwh", "kwh"},   {"hz", "hz"},    {"khz", "khz"},  {"mhz", "mhz"}, {"ghz", "ghz"},
        {"mm", "mm"},     {"cm", "cm"},    {"dm", "dm"},    {"m", "m"},     {"meter", "m"},
        {"metre", "m"},   {"km", "km"},    {"m2", "m2"},    {"qm", "m2"},   {"m3", "m3"},
        {"mg", "mg"},     {"g", "g"},      {"gramm", "g"},  {"gram", "g"},  {"kg", "kg"},
        {"kilo", "kg"},   {"t", "t"},      {"ml", "ml"},    {"cl", "cl"},   {"dl", "dl"},
        {"l", "l"},       {"liter", "l"},  {"litre", "l"},  {"litri", "l"}, {"litros", "l"},
        {"bar", "bar"},   {"nm", "nm"},    {"n", "n"},      {"kn", "kn"},   {"lm", "lm"},
        {"lumen", "lm"},  {"k", "k"},      {"kelvin", "k"}, {"db", "db"},   {"gb", "gb"},
        {"tb", "tb"},     {"mb", "mb"},    {"in", "in"},    {"inch", "in"}, {"inches", "in"},
        {"zoll", "in"},   {"tum", "in"},   {"ps", "ps"},    {"stk", "stk"}, {"stuck", "stk"},
        {"pcs", "stk"},   {"st", "stk"},   {"min", "min"},  {"h", "h"},     {"mbit", "mbit"},
        {"gbit", "gbit"}, {"mp", "mp"},    {"dpi", "dpi"},
    }};
    const auto found = std::ranges::find(units, text, &decltype(units)::value_type::first);
    return found == units.end() ? std::string_view() : found->second;
}

/// Where a number ends and its letters begin; npos where the run is not of that shape.
std::size_t number_end(std::string_view text) {
    const auto end = text.find_first_not_of("0123456789.");
    return end == 0 ? std::string_view::npos : std::min(end, text.size());
}

bool is_number(std::string_view text) {
    return number_end(text) == text.size();
}

/// `gsr18` as `gsr` and `18`. Not what changes more often between letters and digits: pieces of
/// `gk859aa` would be found for `aa`, and mean nothing. Nor a single letter.
std::vector<std::string> pieces(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin < text.size();) {
        const bool digits = is_digit(text[begin]);
        std::size_t end = begin;
        while (end < text.size() && (is_digit(text[end]) || text[end] == '.') == digits) {
            ++end;
        }
        out.emplace_back(text.substr(begin, end - begin));
        begin = end;
    }
    if (out.size() != 2) {
        return {};
    }
    std::erase_if(out, [](const auto& piece) { return piece.size() == 1 && !is_digit(piece[0]); });
    return out;
}

/// `ue` stands for `ü`, but not in `neue`, `mauer`, `quer`: no vowel or q before it.
std::string without_digraphs(std::string text, const Language& language) {
    for (const auto digraph : language.digraphs) {
        for (auto at = text.find(digraph); at != std::string::npos; at = text.find(digraph, at)) {
            ++at;
            const bool stands_alone =
                at < 2 || std::string_view("aeiouyq").find(text[at - 2]) == std::string_view::npos;
            if (stands_alone) {
                text.erase(at, 1);
            }
        }
    }
    return text;
}

std::string lower(std::string_view text) {
    std::string out;
    icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())})
        .toLower(icu::Locale::getRoot())
        .toUTF8String(out);
    return out;
}

void cut_by_dictionary(const Run& run, const Language& language, std::vector<Word>& words) {
    UErrorCode status = U_ZERO_ERROR;
    const std::string code(language.code);
    const std::unique_ptr<icu::BreakIterator> breaks(
        icu::BreakIterator::createWordInstance(icu::Locale(code.c_str()), status));
    const auto text = icu::UnicodeString::fromUTF8(run.text);
    if (U_FAILURE(status)) {
        return;
    }
    breaks->setText(text);
    int32_t begin = 0;
    for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
        Word word;
        text.tempSubStringBetween(begin, end).toUTF8String(word.text);
        word.display = word.text;
        words.push_back(std::move(word));
        begin = end;
    }
}

Word number_with_unit(const Run& run, std::string_view number, std::string_view unit) {
    Word word{std::string(number) + std::string(unit), lower(run.raw), {std::string(number)}};
    word.letters = false;
    return word;
}

class Cutter {
public:
    Cutter(std::vector<Run> runs, const Language& language)
        : runs_(std::move(runs)), language_(language) {}

    std::vector<Word> cut() {
        while (at_ < runs_.size()) {
            const Run& run = runs_[at_];
            const std::size_t before = words_.size();
            if (run.dictionary) {
                cut_by_dictionary(run, language_, words_);
                ++at_;
            } else if (number_end(run.text) != std::string::npos) {
                take_number(run);
            } else {
                take_plain(run);
            }
            if (before < words_.size()) {
                words_[before].glued = run.glued;
            }
        }
        return std::move(words_);
    }

private:
    bool next_is(auto&& condition) const {
        return at_ + 1 < runs_.size() && runs_[at_ + 1].spaced && condition(runs_[at_ + 1].text);
    }

    void take_number(const Run& run) {
        const auto end = number_end(run.text);
        const std::string_view number = std::string_view(run.text).substr(0, end);
        const std::string_view rest = std::string_view(run.text).substr(end);
        if (take_dimension(run)) {
            return;
        }
        if (rest.empty() && run.inches) {
            words_.push_back(number_with_unit(run, number, "in"));
            ++at_;
        } else if (rest.empty() && next_is([](auto& text) { return !unit_of(text).empty(); })) {
            words_.push_back(number_with_unit(run, number, unit_of(runs_[at_ + 1].text)));
            words_.back().display += " " + lower(runs_[at_ + 1].raw);
            at_ += 2;
        } else if (const auto unit = unit_of(rest); !unit.empty()) {
            words_.push_back(number_with_unit(run, number, unit));
            ++at_;
        } else {
            take_plain(run);
        }
    }

    /// `10 x 50`: one word, as `10x50` is.
    bool take_dimension(const Run& run) {
        const auto is_times = [](const std::string& text) { return text == "x"; };
        if (!is_number(run.text) || !next_is(is_times) || at_ + 2 >= runs_.size() ||
            !runs_[at_ + 2].spaced || number_end(runs_[at_ + 2].text) == std::string::npos) {
            return false;
        }
        const Run& second = runs_[at_ + 2];
        const auto other = second.text.substr(0, number_end(second.text));
        Word word{run.text + "x" + other, run.text + " x " + other, {run.text, other}};
        word.letters = false;
        words_.push_back(std::move(word));
        at_ += 3;
        return true;
    }

    void take_plain(const Run& run) {
        Word word{run.text, lower(run.raw), {}};
        word.letters = std::ranges::none_of(run.text, is_digit);
        if (word.letters) {
            word.text = without_digraphs(std::move(word.text), language_);
        } else if (!is_number(run.text)) {
            word.parts = pieces(run.text);
        }
        words_.push_back(std::move(word));
        ++at_;
    }

    std::vector<Run> runs_;
    const Language& language_;
    std::size_t at_ = 0;
    std::vector<Word> words_;
};

}  // namespace

std::vector<Word> words_of(std::string_view text, const Language& language) {
    return Cutter(runs_of(text), language).cut();
}

std::vector<std::string> joined(const std::vector<Word>& words) {
    constexpr std::size_t length_max = 40;
    std::vector<std::string> out;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (!words[i].glued) {
            continue;
        }
        const bool continues = i > 1 && words[i - 1].glued && !out.empty();
        const std::string whole = (continues ? out.back() : words[i - 1].text) + words[i].text;
        if (continues) {
            out.push_back(words[i - 1].text + words[i].text);
        }
        if (whole.size() <= length_max) {
            out.push_back(whole);
        }
    }
    return out;
}

}  // namespace kontor::discovery::engine
