#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace kontor {

/// A civil date, proleptic Gregorian, without a time zone: the first day of a VAT rate. Years 0 to
/// 9999. On the wire ISO 8601: `2026-11-23`.
struct Date {
    std::int32_t days_since_epoch = 0;  ///< Days since 1970-01-01.

    constexpr auto operator<=>(const Date&) const = default;
    friend constexpr Date operator+(Date date, std::int32_t days) {
        return {date.days_since_epoch + days};
    }
};

std::string to_text(Date date);

/// Reads `2026-11-23`. The error says what was expected.
std::expected<Date, std::string> parse_date(std::string_view text);

/// The date in UTC at this moment; a market's own date needs its time zone.
Date utc_date(Timestamp at);

/// Midnight UTC at the start of the date.
Timestamp utc_midnight(Date date);

}  // namespace kontor
