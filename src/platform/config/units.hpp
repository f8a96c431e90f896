#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "platform/describe/describe.hpp"

namespace kontor {

/// A size in bytes; `64KiB`, `1MiB`, `2GiB` or a plain number in settings.
struct Bytes {
    std::int64_t count = 0;
    constexpr auto operator<=>(const Bytes&) const = default;

    static constexpr Bytes kib(std::int64_t n) { return {n << 10}; }
    static constexpr Bytes mib(std::int64_t n) { return {n << 20}; }
    static constexpr Bytes gib(std::int64_t n) { return {n << 30}; }
};

namespace config {

/// In the largest unit that is exact: `1MiB`, `1500`.
std::string size_text(Bytes size);
/// Reads a whole number with B, KiB, MiB, GiB or TiB, or without a unit. The error says so.
std::expected<Bytes, std::string> parse_size(std::string_view text);

/// In the largest unit that is exact: `5s`, `250ms`, `7d`.
std::string duration_text(std::chrono::milliseconds span);
/// Reads a whole number with ms, s, min, h or d; only 0 may lack its unit. The error says so.
std::expected<std::chrono::milliseconds, std::string> parse_duration(std::string_view text);

}  // namespace config

template <>
struct describe::TextForm<Bytes> {
    static void append(std::string& out, Bytes size) { out += config::size_text(size); }
    static std::expected<Bytes, std::string> parse(std::string_view text) {
        return config::parse_size(text);
    }
    static constexpr std::string_view format = "size";
    static constexpr std::string_view example = "1MiB";
};

template <>
struct describe::TextForm<std::chrono::milliseconds> {
    static void append(std::string& out, std::chrono::milliseconds span) {
        out += config::duration_text(span);
    }
    static std::expected<std::chrono::milliseconds, std::string> parse(std::string_view text) {
        return config::parse_duration(text);
    }
    static constexpr std::string_view format = "duration";
    static constexpr std::string_view example = "250ms";
};

}  // namespace kontor
