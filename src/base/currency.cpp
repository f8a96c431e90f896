#include "base/currency.hpp"

#include <algorithm>

namespace kontor {

namespace {

constexpr std::size_t letters = 26;

constexpr std::size_t cell_of(std::string_view code) {
    std::size_t cell = 0;
    for (const char letter : code) {
        cell = cell * letters + static_cast<std::size_t>(letter - 'A');
    }
    return cell;
}

/// Digits by code, -1 where ISO 4217 has none: one load instead of a search for each row read.
constexpr auto digits_by_code = [] {
    std::array<std::int8_t, letters * letters * letters> digits{};
    digits.fill(-1);
    for (const auto& group : detail::currency_groups) {
        for (std::size_t at = 0; at < group.codes.size(); at += 4) {
            digits[cell_of(group.codes.substr(at, 3))] = static_cast<std::int8_t>(group.digits);
        }
    }
    return digits;
}();

}  // namespace

std::expected<Currency, std::string> parse_currency(std::string_view code) {
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (code.size() == 3 && std::ranges::all_of(code, is_letter)) {
        Currency currency;
        std::ranges::copy(code, currency.code_.begin());
        currency.digits_ = digits_by_code[cell_of(code)];
        if (currency.digits_ >= 0) {
            return currency;
        }
    }
    return std::unexpected("must be an ISO 4217 currency code like EUR, in capitals");
}

}  // namespace kontor
