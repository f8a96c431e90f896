#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

/// Exact decimal numbers as scaled integers: what money, quantities and rates share.
namespace kontor::decimal {

/// How an exact result becomes a whole number of the smallest unit. Negative amounts mirror
/// positive ones, so that a refund takes back exactly what the sale took.
enum class Rounding : std::uint8_t {
    half_up,    ///< Halves away from zero: commercial rounding, DIN 1333.
    half_even,  ///< Halves to the even neighbour: no drift over many amounts, IEEE 754.
    swiss_005,  ///< To the nearest 5 minor units, for cash in CHF: there is no coin below 0.05.
};

namespace detail {

[[noreturn]] void throw_overflow();

}  // namespace detail

/// `numerator / denominator`, rounded as named. `denominator` must be positive.
/// Throws std::logic_error when the result is outside 64 bits.
constexpr std::int64_t divide(__int128 numerator, __int128 denominator, Rounding rounding) {
    const int step = rounding == Rounding::swiss_005 ? 5 : 1;
    const bool negative = numerator < 0;
    const __int128 magnitude = negative ? -numerator : numerator;
    const __int128 divisor = denominator * step;
    __int128 quotient = magnitude / divisor;
    const __int128 twice_rest = (magnitude % divisor) * 2;
    const bool tie_goes_up = rounding != Rounding::half_even || quotient % 2 != 0;
    if (twice_rest > divisor || (twice_rest == divisor && tie_goes_up)) {
        ++quotient;
    }
    quotient *= negative ? -step : step;
    if (quotient > INT64_MAX || quotient < INT64_MIN) {
        detail::throw_overflow();
    }
    return static_cast<std::int64_t>(quotient);
}

/// Throw std::logic_error when the result is outside 64 bits.
constexpr std::int64_t add(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) {
        detail::throw_overflow();
    }
    return sum;
}
constexpr std::int64_t subtract(std::int64_t a, std::int64_t b) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a, b, &difference)) {
        detail::throw_overflow();
    }
    return difference;
}
constexpr std::int64_t multiply(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a, b, &product)) {
        detail::throw_overflow();
    }
    return product;
}

enum class Zeros : bool { keep, trim };

/// Appends `value / 10^digits`: (1999, 2) is `19.99`; trimmed, (2450, 3) is `2.45` and (12000, 3)
/// is `12`. `digits`: 0 to 18.
void append(std::string& out, std::int64_t value, int digits, Zeros zeros);

/// Reads `-?[0-9]+(\.[0-9]+)?` as a whole number of 10^-digits; at most `digits` after the point.
/// The error says what was expected, with `example`.
std::expected<std::int64_t, std::string> parse(std::string_view text, int digits,
                                               std::string_view example);

}  // namespace kontor::decimal

namespace kontor {
using decimal::Rounding;
}  // namespace kontor
