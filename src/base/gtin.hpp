#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace kontor {

/// The check digit after `digits` (7, 11, 12 or 13 of them for a GTIN-8, -12, -13, -14): weights 3
/// and 1 from the right, up to the next ten (GS1 General Specifications, 7.9). Digits only.
char gtin_check_digit(std::string_view digits);

/// Reads a GTIN of 8, 12, 13 or 14 digits, checks its check digit, and gives the 14 digits that it
/// is compared and stored by: `4006381333931` is `04006381333931`. The error says what is wrong.
std::expected<std::string, std::string> parse_gtin(std::string_view text);

}  // namespace kontor
