#include "base/decimal.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace kontor::decimal {

namespace detail {

void throw_overflow() {
    throw std::logic_error("an amount outside 64 bits");
}

}  // namespace detail

namespace {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Appends a decimal digit to `value`; false when that leaves 64 bits.
bool shift_in(std::int64_t& value, int digit) {
    return !__builtin_mul_overflow(value, 10, &value) &&
           !__builtin_add_overflow(value, digit, &value);
}

}  // namespace

void append(std::string& out, std::int64_t value, int digits, Zeros zeros) {
    const auto magnitude =
        value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    char buffer[24];
    const auto end = fmt::format_to(buffer, "{:0{}}", magnitude, digits + 1);
    std::string_view whole(buffer, static_cast<std::size_t>(end - buffer));
    auto fraction = whole.substr(whole.size() - static_cast<std::size_t>(digits));
    whole.remove_suffix(fraction.size());
    while (zeros == Zeros::trim && fraction.ends_with('0')) {
        fraction.remove_suffix(1);
    }
    if (value < 0) {
        out.push_back('-');
    }
    out.append(whole);
    if (!fraction.empty()) {
        out.push_back('.');
        out.append(fraction);
    }
}

std::expected<std::int64_t, std::string> parse(std::string_view text, int digits,
                                               std::string_view example) {
    const auto refuse = [&](std::string_view why) {
        return std::unexpected(fmt::format("must be a decimal number like {}{}", example, why));
    };
    const bool negative = text.starts_with('-');
    const auto number = text.substr(negative ? 1 : 0);
    const auto point = number.find('.');
    const auto whole = number.substr(0, point);
    const auto fraction = point == number.npos ? std::string_view{} : number.substr(point + 1);
    if (whole.empty() || (point != number.npos && fraction.empty())) {
        return refuse("");
    }
    if (fraction.size() > static_cast<std::size_t>(digits)) {
        return refuse(digits == 0
                          ? std::string(", without digits after the point")
                          : fmt::format(", with at most {} digits after the point", digits));
    }
    std::int64_t value = 0;
    bool fits = true;
    for (const auto part : {whole, fraction}) {
        for (const char c : part) {
            if (!is_digit(c)) {
                return refuse("");
            }
            fits = fits && shift_in(value, c - '0');
        }
    }
    for (auto missing = static_cast<std::size_t>(digits) - fraction.size(); missing > 0;
         --missing) {
        fits = fits && shift_in(value, 0);
    }
    if (!fits) {
        return refuse(", and smaller than this");
    }
    return negative ? -value : value;
}

}  // namespace kontor::decimal
