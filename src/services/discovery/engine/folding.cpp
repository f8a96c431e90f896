#include <array>
#include <cstdint>
#include <string>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "services/discovery/engine/words.hpp"

namespace kontor::discovery::engine {
namespace {

/// Letters that Unicode does not decompose, as people type them without their keyboard.
const char* plain_letter(UChar32 c) {
    switch (c) {
        case U'ø':
            return "o";
        case U'æ':
            return "ae";
        case U'œ':
            return "oe";
        case U'ł':
            return "l";
        case U'đ':
        case U'ð':
            return "d";
        case U'þ':
            return "th";
        case U'ı':
            return "i";
        case U'ħ':
            return "h";
        default:
            return nullptr;
    }
}

/// Elsewhere marks make other letters, as the voiced syllables of kana.
bool marks_are_accents(UChar32 c) {
    return c < 0x590 || (c >= 0x1E00 && c < 0x2000);
}

std::string folded_by_icu(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const auto* decompose = icu::Normalizer2::getNFDInstance(status);
    auto text = casefold->normalize(icu::UnicodeString(c), status);
    if (marks_are_accents(c)) {
        text = decompose->normalize(text, status);
    }
    std::string out;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 part = text.char32At(i);
        if (marks_are_accents(c) && u_charType(part) == U_NON_SPACING_MARK) {
            continue;
        }
        if (const char* plain = plain_letter(part)) {
            out += plain;
        } else {
            icu::UnicodeString(part).toUTF8String(out);
        }
    }
    return out;
}

constexpr UChar32 tabled_from = 0x80;
constexpr UChar32 tabled_to = 0x250;  // Latin-1 and Latin Extended A and B

const std::string& folded_latin(UChar32 c) {
    static const auto table = [] {
        std::array<std::string, tabled_to - tabled_from> all;
        for (UChar32 at = tabled_from; at < tabled_to; ++at) {
            all[static_cast<std::size_t>(at - tabled_from)] = folded_by_icu(at);
        }
        return all;
    }();
    return table[static_cast<std::size_t>(c - tabled_from)];
}

}  // namespace

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    const auto size = static_cast<int32_t>(text.size());
    for (int32_t i = 0; i < size;) {
        const char byte = text[static_cast<std::size_t>(i)];
        if (static_cast<unsigned char>(byte) < 0x80) {
            out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
            ++i;
            continue;
        }
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(text.data(), i, size, c);
        out += c < tabled_to ? folded_latin(c) : folded_by_icu(c);
    }
    return out;
}

std::string normalized_code(std::string_view code) {
    std::string out;
    bool digits = true;
    for (const char c : folded(code)) {
        if (c == '-' || c == ' ' || c == '.' || c == '/' || c == '_' || c == '\t') {
            continue;
        }
        digits = digits && c >= '0' && c <= '9';
        out += c;
    }
    if (digits && out.size() >= 8) {
        out.erase(0, std::min(out.find_first_not_of('0'), out.size()));
    }
    return out;
}

}  // namespace kontor::discovery::engine
