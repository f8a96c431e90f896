#include "base/language.hpp"

#include <algorithm>
#include <cstddef>

namespace kontor {

namespace {

constexpr std::size_t bytes_max = 15;

bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
char lower(char c) {
    return is_letter(c) ? static_cast<char>(c | 0x20) : c;
}
char upper(char c) {
    return is_letter(c) ? static_cast<char>(c & ~0x20) : c;
}

enum class Part { language, script, region, variant };

bool fits(std::string_view subtag, Part part) {
    const auto size = subtag.size();
    const bool letters = std::ranges::all_of(subtag, is_letter);
    const bool digits = std::ranges::all_of(subtag, is_digit);
    switch (part) {
        case Part::language:
            return letters && size >= 2 && size <= 3;
        case Part::script:
            return letters && size == 4;
        case Part::region:
            return (letters && size == 2) || (digits && size == 3);
        case Part::variant:
            return std::ranges::all_of(subtag,
                                       [](char c) { return is_letter(c) || is_digit(c); }) &&
                   ((size >= 5 && size <= 8) || (size == 4 && is_digit(subtag[0])));
    }
    return false;
}

std::string in_its_case(std::string_view subtag, Part part) {
    std::string text(subtag);
    std::ranges::transform(text, text.begin(), part == Part::region ? upper : lower);
    if (part == Part::script) {
        text[0] = upper(text[0]);
    }
    return text;
}

/// Moves `part` on to what `subtag` is; false when nothing of that form may stand there.
bool advance(Part& part, std::string_view subtag) {
    for (const auto next : {Part::script, Part::region, Part::variant}) {
        if ((next > part || next == Part::variant) && fits(subtag, next)) {
            part = next;
            return true;
        }
    }
    return false;
}

}  // namespace

std::expected<std::string, std::string> parse_language_tag(std::string_view text) {
    const auto refuse = [] {
        return std::unexpected("must be a BCP 47 language tag like de or de-AT");
    };
    auto end = std::min(text.find('-'), text.size());
    if (text.size() > bytes_max || !fits(text.substr(0, end), Part::language)) {
        return refuse();
    }
    auto tag = in_its_case(text.substr(0, end), Part::language);
    auto part = Part::language;
    while (end < text.size()) {
        const auto begin = end + 1;
        end = std::min(text.find('-', begin), text.size());
        const auto subtag = text.substr(begin, end - begin);
        if (!advance(part, subtag)) {
            return refuse();
        }
        tag += '-' + in_its_case(subtag, part);
    }
    return tag;
}

std::string_view broader_language(std::string_view tag) {
    const auto dash = tag.rfind('-');
    return dash == tag.npos ? std::string_view{} : tag.substr(0, dash);
}

}  // namespace kontor
