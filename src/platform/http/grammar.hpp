#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// Character classes of RFC 9110 and RFC 3986, one table look-up each.
namespace kontor::http::grammar {

enum Class : std::uint8_t {
    token_char = 1,   ///< tchar, RFC 9110, 5.6.2
    value_char = 2,   ///< field-vchar, SP, HTAB: VCHAR and obs-text, RFC 9110, 5.5
    target_char = 4,  ///< what a request target may hold, see README.md
    host_char = 8,    ///< reg-name, RFC 3986, 3.2.2, with the percent sign
    hex_digit = 16,
    digit = 32,
};

consteval std::array<std::uint8_t, 256> make_classes() {
    std::array<std::uint8_t, 256> classes{};
    const auto mark = [&classes](std::string_view characters, std::uint8_t with) {
        for (const char c : characters) {
            classes[static_cast<unsigned char>(c)] |= with;
        }
    };
    for (unsigned c = 0x20; c < 0x100; ++c) {
        classes[c] |= c == 0x7F ? 0 : value_char;
        // Browsers send [ ] { } | ^ ` as they are; a fragment, quotes and backslashes never.
        classes[c] |= c > 0x20 && c < 0x7F && !std::string_view(R"("<>#\)").contains(char(c))
                          ? target_char
                          : 0;
    }
    mark("\t", value_char);
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    mark(letters, token_char | host_char);
    mark("0123456789", token_char | host_char | hex_digit | digit);
    mark("abcdefABCDEF", hex_digit);
    mark("!#$%&'*+-.^_`|~", token_char);
    mark("-._~!$&'()*+,;=%", host_char);
    return classes;
}

inline constexpr auto classes = make_classes();

constexpr bool is(char c, Class wanted) noexcept {
    return (classes[static_cast<unsigned char>(c)] & wanted) != 0;
}

constexpr bool all(std::string_view text, Class wanted) noexcept {
    for (const char c : text) {
        if (!is(c, wanted)) {
            return false;
        }
    }
    return true;
}

constexpr bool is_token(std::string_view text) noexcept {
    return !text.empty() && all(text, token_char);
}

/// OWS: without the spaces and tabs at both ends.
constexpr std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

/// The next member of a comma-separated list, trimmed; takes it and its comma from `rest`.
constexpr std::string_view next_member(std::string_view& rest) noexcept {
    const auto comma = rest.find(',');
    const auto member = trim(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    return member;
}

}  // namespace kontor::http::grammar
