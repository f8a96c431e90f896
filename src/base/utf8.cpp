#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kontor {

namespace {

/// The well-formed sequences by their first byte (Unicode, table 3-7): how long, and the range of
/// the second byte; all further ones are 80..BF.
struct Sequence {
    std::uint8_t first_from;
    std::uint8_t first_to;
    std::uint8_t length;
    std::uint8_t second_from = 0x80;
    std::uint8_t second_to = 0xBF;
};

constexpr std::array sequences{
    Sequence{0x01, 0x7F, 1},
    Sequence{0xC2, 0xDF, 2},
    Sequence{0xE0, 0xE0, 3, 0xA0, 0xBF},
    Sequence{0xE1, 0xEC, 3},
    Sequence{0xED, 0xED, 3, 0x80, 0x9F},
    Sequence{0xEE, 0xEF, 3},
    Sequence{0xF0, 0xF0, 4, 0x90, 0xBF},
    Sequence{0xF1, 0xF3, 4},
    Sequence{0xF4, 0xF4, 4, 0x80, 0x8F},
};

constexpr bool within(char c, std::uint8_t from, std::uint8_t to) {
    const auto byte = static_cast<std::uint8_t>(c);
    return from <= byte && byte <= to;
}

/// The length of the well-formed sequence that `text`, which is not empty, begins with, or 0.
std::size_t sequence_length(std::string_view text) {
    const auto* found = std::ranges::find_if(sequences, [&](const Sequence& sequence) {
        return within(text[0], sequence.first_from, sequence.first_to);
    });
    if (found == sequences.end() || text.size() < found->length) {
        return 0;
    }
    if (found->length > 1 && !within(text[1], found->second_from, found->second_to)) {
        return 0;
    }
    for (std::size_t i = 2; i < found->length; ++i) {
        if (!within(text[i], 0x80, 0xBF)) {
            return 0;
        }
    }
    return found->length;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = sequence_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace kontor
