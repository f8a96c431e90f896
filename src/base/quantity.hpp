#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "base/decimal.hpp"
#include "base/short_text.hpp"

namespace kontor {

/// How much of something, in thousandths of its unit: 2.45 (metres of cable), 12 (pieces). The unit
/// belongs to what is counted, so it stands beside (see Measure), not in every count.
/// Leaving 64 bits is a programming error and throws std::logic_error.
struct Quantity {
    static constexpr std::int64_t scale = 1000;

    std::int64_t thousandths = 0;

    /// Whole units: `Quantity::of(12)`.
    static constexpr Quantity of(std::int64_t units) { return {decimal::multiply(units, scale)}; }

    constexpr auto operator<=>(const Quantity&) const = default;
    constexpr bool is_whole() const { return thousandths % scale == 0; }
    /// Whether it can be cut in steps of `step`, which must be positive: 2.45 in steps of 0.05.
    constexpr bool is_multiple_of(Quantity step) const {
        return thousandths % step.thousandths == 0;
    }
};

constexpr Quantity operator+(Quantity a, Quantity b) {
    return {decimal::add(a.thousandths, b.thousandths)};
}
constexpr Quantity operator-(Quantity a, Quantity b) {
    return {decimal::subtract(a.thousandths, b.thousandths)};
}
constexpr Quantity operator-(Quantity a) {
    return Quantity{} - a;
}
constexpr Quantity operator*(Quantity a, std::int64_t times) {
    return {decimal::multiply(a.thousandths, times)};
}
constexpr Quantity& operator+=(Quantity& a, Quantity b) {
    return a = a + b;
}
constexpr Quantity& operator-=(Quantity& a, Quantity b) {
    return a = a - b;
}

/// Without trailing zeros: `2.45`, `12`, `-0.5`. As on the wire.
std::string to_text(Quantity quantity);

/// Reads a decimal with at most three digits after the point. The error says what was expected.
std::expected<Quantity, std::string> parse_quantity(std::string_view text);

/// A UN/CEFACT Recommendation 20 code: `C62` (one), `MTR`, `KGM`; or a package of Recommendation
/// 21, with its X in front: `XRO` (roll).
using Unit = ShortText<3>;

namespace units {
inline constexpr Unit piece{"C62"};
inline constexpr Unit pair{"PR"};
inline constexpr Unit set{"SET"};
inline constexpr Unit metre{"MTR"};
inline constexpr Unit centimetre{"CMT"};
inline constexpr Unit kilogram{"KGM"};
inline constexpr Unit gram{"GRM"};
inline constexpr Unit litre{"LTR"};
inline constexpr Unit millilitre{"MLT"};
inline constexpr Unit square_metre{"MTK"};
inline constexpr Unit cubic_metre{"MTQ"};
}  // namespace units

/// Reads two or three capitals or digits; the code need not be one that we can convert.
std::expected<Unit, std::string> parse_unit(std::string_view code);

/// A quantity and its unit: 2.45 MTR.
struct Measure {
    Quantity amount;
    Unit unit = units::piece;
    constexpr bool operator==(const Measure&) const = default;
};

/// `2.45 MTR`.
std::string to_text(Measure measure);

/// Reads `2.45 MTR`; without a unit it is pieces.
std::expected<Measure, std::string> parse_measure(std::string_view text);

/// The unit that prices are compared in, and how many millionths of it one `unit` is: CMT is
/// {MTR, 10,000}. A unit that we can't convert is its own base.
struct BaseUnit {
    Unit unit;
    std::int64_t millionths = 1'000'000;
    constexpr bool operator==(const BaseUnit&) const = default;
};
BaseUnit base_unit(Unit unit);

}  // namespace kontor
