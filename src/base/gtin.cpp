#include "base/gtin.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kontor {

char gtin_check_digit(std::string_view digits) {
    int sum = 0;
    int weight = 3;
    for (auto at = digits.rbegin(); at != digits.rend(); ++at) {
        sum += (*at - '0') * weight;
        weight = 4 - weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::expected<std::string, std::string> parse_gtin(std::string_view text) {
    const auto size = text.size();
    const bool known_length = size == 8 || (size >= 12 && size <= 14);
    if (!known_length || text.find_first_not_of("0123456789") != text.npos) {
        return std::unexpected("must be a GTIN of 8, 12, 13 or 14 digits");
    }
    const auto check = gtin_check_digit(text.substr(0, size - 1));
    if (text.back() != check) {
        return std::unexpected(
            fmt::format("must be a GTIN; the check digit of {} would be {}", text, check));
    }
    return std::string(14 - size, '0').append(text);
}

}  // namespace kontor
