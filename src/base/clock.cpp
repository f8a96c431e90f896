#include "base/clock.hpp"

#include <ctime>
#include <optional>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text_cursor.hpp"

namespace kontor {

namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t minute_us = 60 * second_us;
constexpr std::int64_t hour_us = 60 * minute_us;

/// `HH:MM:SS` and a fraction; digits past the microsecond are cut off.
std::optional<std::int64_t> time_of_day(TextCursor& cursor) {
    const auto hour = cursor.number(2, 0, 23);
    const bool first_colon = cursor.one_of(":") != 0;
    const auto minute = cursor.number(2, 0, 59);
    const bool second_colon = cursor.one_of(":") != 0;
    // A leap second (RFC 3339, 5.7) is the first of the next minute: our count has none.
    const auto second = cursor.number(2, 0, 60);
    if (!hour || !first_colon || !minute || !second_colon || !second) {
        return std::nullopt;
    }
    auto time = *hour * hour_us + *minute * minute_us + *second * second_us;
    if (cursor.one_of(".") != 0) {
        const auto fraction = cursor.digits();
        if (fraction.empty()) {
            return std::nullopt;
        }
        auto weight = second_us / 10;
        for (const char digit : fraction) {
            time += (digit - '0') * weight;
            weight /= 10;
        }
    }
    return time;
}

/// `Z` or `+01:00`: what must be taken off to get UTC.
std::optional<std::int64_t> offset_from_utc(TextCursor& cursor) {
    const char sign = cursor.one_of("Zz+-");
    if (sign == 'Z' || sign == 'z') {
        return 0;
    }
    const auto hours = cursor.number(2, 0, 23);
    const bool colon = cursor.one_of(":") != 0;
    const auto minutes = cursor.number(2, 0, 59);
    if (sign == 0 || !hours || !colon || !minutes) {
        return std::nullopt;
    }
    const auto offset = *hours * hour_us + *minutes * minute_us;
    return sign == '-' ? -offset : offset;
}

std::optional<Timestamp> read_timestamp(std::string_view text) {
    TextCursor cursor(text);
    const auto date = cursor.date();
    if (!date) {
        return std::nullopt;
    }
    const auto midnight = utc_midnight(*date);
    if (cursor.at_end()) {
        return midnight;
    }
    const bool separated = cursor.one_of("Tt ") != 0;
    const auto time = time_of_day(cursor);
    const auto offset = offset_from_utc(cursor);
    if (!separated || !time || !offset || !cursor.at_end()) {
        return std::nullopt;
    }
    return Timestamp{midnight.microseconds + *time - *offset};
}

}  // namespace

std::string to_text(Timestamp at) {
    const auto date = utc_date(at);
    const auto time = at.microseconds - utc_midnight(date).microseconds;
    auto text = fmt::format("{}T{:02}:{:02}:{:02}", to_text(date), time / hour_us,
                            time % hour_us / minute_us, time % minute_us / second_us);
    if (const auto fraction = time % second_us; fraction % 1000 != 0) {
        fmt::format_to(std::back_inserter(text), ".{:06}", fraction);
    } else if (fraction != 0) {
        fmt::format_to(std::back_inserter(text), ".{:03}", fraction / 1000);
    }
    text.push_back('Z');
    return text;
}

std::expected<Timestamp, std::string> parse_timestamp(std::string_view text) {
    const auto at = read_timestamp(text);
    if (!at) {
        return std::unexpected("must be an RFC 3339 time like 2026-11-23T20:55:42Z");
    }
    return *at;
}

Timestamp SystemClock::now() const {
    timespec at{};
    ::clock_gettime(CLOCK_REALTIME, &at);
    return {std::int64_t{at.tv_sec} * 1'000'000 + at.tv_nsec / 1000};
}

}  // namespace kontor
