#include "platform/config/units.hpp"

#include <charconv>
#include <span>

#include <fmt/format.h>

namespace kontor::config {

namespace {

struct UnitOfText {
    std::string_view name;
    std::int64_t factor;
};

constexpr UnitOfText sizes[] = {{"TiB", std::int64_t{1} << 40},
                                {"GiB", std::int64_t{1} << 30},
                                {"MiB", std::int64_t{1} << 20},
                                {"KiB", std::int64_t{1} << 10},
                                {"B", 1},
                                {"", 1}};
constexpr UnitOfText durations[] = {
    {"d", 86'400'000}, {"h", 3'600'000}, {"min", 60'000}, {"s", 1'000}, {"ms", 1}};

/// A whole number and one of `units`, in the smallest of them.
std::optional<std::int64_t> read(std::string_view text, std::span<const UnitOfText> units) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < 0) {
        return std::nullopt;
    }
    const auto name = text.substr(static_cast<std::size_t>(end - text.data()));
    for (const auto& unit : units) {
        std::int64_t value = 0;
        if (unit.name == name && !__builtin_mul_overflow(number, unit.factor, &value)) {
            return value;
        }
    }
    return std::nullopt;
}

std::string write(std::int64_t value, std::span<const UnitOfText> units) {
    for (const auto& unit : units) {
        if (value % unit.factor == 0) {
            return fmt::format("{}{}", value / unit.factor, unit.name);
        }
    }
    return fmt::format("{}", value);
}

}  // namespace

std::string size_text(Bytes size) {
    return size.count == 0 ? "0" : write(size.count, std::span(sizes).first(4));
}

std::expected<Bytes, std::string> parse_size(std::string_view text) {
    const auto size = read(text, sizes);
    if (!size) {
        return std::unexpected(fmt::format("must be a size like 64KiB or 1MiB, not \"{}\"", text));
    }
    return Bytes{*size};
}

std::string duration_text(std::chrono::milliseconds span) {
    return span.count() == 0 ? "0s" : write(span.count(), durations);
}

std::expected<std::chrono::milliseconds, std::string> parse_duration(std::string_view text) {
    const auto span = text == "0" ? 0 : read(text, durations);
    if (!span) {
        return std::unexpected(
            fmt::format("must be a duration like 250ms, 5s, 15min, 1h or 7d, not \"{}\"", text));
    }
    return std::chrono::milliseconds(*span);
}

}  // namespace kontor::config
