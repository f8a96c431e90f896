#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/currency.hpp"
#include "base/decimal.hpp"
#include "base/quantity.hpp"

namespace kontor {

/// An amount in minor units of its currency: {1999, EUR} is 19.99 euros, {1999, ISK} 1,999 kronur.
/// Adding or ordering different currencies, and leaving 64 bits, are programming errors and throw
/// std::logic_error; equality of different currencies is false.
struct Money {
    std::int64_t minor_units = 0;
    Currency currency;

    constexpr bool operator==(const Money&) const = default;
};

namespace detail {

[[noreturn]] void throw_mixed(Currency a, Currency b);

constexpr Currency common_currency(Money a, Money b) {
    if (a.currency != b.currency) {
        throw_mixed(a.currency, b.currency);
    }
    return a.currency;
}

}  // namespace detail

constexpr Money operator+(Money a, Money b) {
    return {decimal::add(a.minor_units, b.minor_units), detail::common_currency(a, b)};
}
constexpr Money operator-(Money a, Money b) {
    return {decimal::subtract(a.minor_units, b.minor_units), detail::common_currency(a, b)};
}
constexpr Money operator-(Money a) {
    return Money{0, a.currency} - a;
}
constexpr Money operator*(Money a, std::int64_t times) {
    return {decimal::multiply(a.minor_units, times), a.currency};
}
constexpr Money& operator+=(Money& a, Money b) {
    return a = a + b;
}
constexpr Money& operator-=(Money& a, Money b) {
    return a = a - b;
}
constexpr std::strong_ordering operator<=>(Money a, Money b) {
    detail::common_currency(a, b);
    return a.minor_units <=> b.minor_units;
}

/// What `quantity` units cost at `price` each: 2.45 m at 1.99 a metre.
constexpr Money multiply(Money price, Quantity quantity, Rounding rounding) {
    const auto exact = __int128{price.minor_units} * quantity.thousandths;
    return {decimal::divide(exact, Quantity::scale, rounding), price.currency};
}

/// To what can be paid in cash: 12.03 CHF is 12.05 with swiss_005.
constexpr Money round(Money amount, Rounding rounding) {
    return {decimal::divide(amount.minor_units, 1, rounding), amount.currency};
}

/// A rate in hundredths of a percent: 19 % is 1900, 25.5 % is 2550.
struct BasisPoints {
    std::int32_t value = 0;
    constexpr auto operator<=>(const BasisPoints&) const = default;
};

/// The tax on top of a net amount. `rate`: 0 or more.
constexpr Money tax_of_net(Money net, BasisPoints rate, Rounding rounding) {
    const auto exact = __int128{net.minor_units} * rate.value;
    return {decimal::divide(exact, 10'000, rounding), net.currency};
}

/// The tax contained in a gross amount: gross * rate / (100 % + rate). `rate`: 0 or more.
constexpr Money tax_in_gross(Money gross, BasisPoints rate, Rounding rounding) {
    const auto exact = __int128{gross.minor_units} * rate.value;
    return {decimal::divide(exact, 10'000 + std::int64_t{rate.value}, rounding), gross.currency};
}

/// Gross without its tax; net + tax is the gross again, to the cent.
constexpr Money net_of_gross(Money gross, BasisPoints rate, Rounding rounding) {
    return gross - tax_in_gross(gross, rate, rounding);
}

/// `rate` of an amount, for discounts and fees: 10 % of 19.99.
constexpr Money share_of(Money amount, BasisPoints rate, Rounding rounding) {
    return tax_of_net(amount, rate, rounding);
}

/// Splits `amount` in proportion to `weights` without losing a minor unit: each part is the exact
/// share rounded down or up, the units left over go to the largest remainders, the earlier part
/// first (Hamilton's method). All weights 0: in equal parts. A negative amount mirrors its
/// positive. `weights`: at least one, none negative, or std::logic_error. Costs O(n log n).
std::vector<Money> allocate(Money amount, std::span<const std::int64_t> weights);

/// The amount as on the wire, with exactly the digits of its currency: `19.99`, `-5.00`, `1999`.
std::string amount_text(Money money);

/// Reads a wire amount: up to the digits of `currency` after the point ("19.9" is 19.90 EUR), more
/// are refused, as are exponents, signs other than '-' and amounts outside 64 bits.
/// The error says what was expected.
std::expected<Money, std::string> parse_amount(std::string_view text, Currency currency);

/// For people and logs: `19.99 EUR`.
std::string to_text(Money money);

/// In percent, as on the wire: `19`, `25.5`.
std::string percent_text(BasisPoints rate);

/// Reads percent with at most two digits after the point, 0 to 10,000.
std::expected<BasisPoints, std::string> parse_percent(std::string_view text);

static_assert(tax_of_net({1999, Currency("EUR")}, {1900}, Rounding::half_up).minor_units == 380);
static_assert(tax_of_net({1000, Currency("EUR")}, {2550}, Rounding::half_up).minor_units == 255);
static_assert(tax_in_gross({11900, Currency("EUR")}, {1900}, Rounding::half_up).minor_units ==
              1900);
static_assert(round({1203, Currency("CHF")}, Rounding::swiss_005).minor_units == 1205);

}  // namespace kontor
