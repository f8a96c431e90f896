#include "base/text_cursor.hpp"

#include <algorithm>
#include <chrono>

namespace kontor {

char TextCursor::one_of(std::string_view allowed) {
    if (rest_.empty() || allowed.find(rest_.front()) == allowed.npos) {
        return 0;
    }
    const char taken = rest_.front();
    rest_.remove_prefix(1);
    return taken;
}

std::string_view TextCursor::digits() {
    const auto end = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    const auto taken = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return taken;
}

std::optional<int> TextCursor::number(std::size_t count, int low, int high) {
    const auto front = rest_.substr(0, count);
    if (front.size() < count || front.find_first_not_of("0123456789") != front.npos) {
        return std::nullopt;
    }
    int value = 0;
    for (const char digit : front) {
        value = value * 10 + (digit - '0');
    }
    if (value < low || value > high) {
        return std::nullopt;
    }
    rest_.remove_prefix(count);
    return value;
}

std::optional<Date> TextCursor::date() {
    const auto year = number(4, 0, 9999);
    const bool first_dash = one_of("-") != 0;
    const auto month = number(2, 1, 12);
    const bool second_dash = one_of("-") != 0;
    const auto day = number(2, 1, 31);
    if (!year || !first_dash || !month || !second_dash || !day) {
        return std::nullopt;
    }
    const auto civil = std::chrono::year(*year) / *month / *day;
    if (!civil.ok()) {
        return std::nullopt;
    }
    const auto days = std::chrono::sys_days(civil).time_since_epoch().count();
    return Date{static_cast<std::int32_t>(days)};
}

}  // namespace kontor
