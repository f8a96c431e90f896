#include "base/date.hpp"

#include <chrono>

#include <fmt/format.h>

#include "base/text_cursor.hpp"

namespace kontor {

namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;

}  // namespace

std::string to_text(Date date) {
    const std::chrono::year_month_day civil(
        std::chrono::sys_days(std::chrono::days(date.days_since_epoch)));
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()),
                       static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

std::expected<Date, std::string> parse_date(std::string_view text) {
    TextCursor cursor(text);
    const auto date = cursor.date();
    if (!date || !cursor.at_end()) {
        return std::unexpected("must be an ISO 8601 date like 2026-11-23");
    }
    return *date;
}

Date utc_date(Timestamp at) {
    const auto days = at.microseconds / microseconds_per_day;
    const auto rest = at.microseconds % microseconds_per_day;
    return {static_cast<std::int32_t>(rest < 0 ? days - 1 : days)};
}

Timestamp utc_midnight(Date date) {
    return {date.days_since_epoch * microseconds_per_day};
}

}  // namespace kontor
