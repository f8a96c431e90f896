#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/short_text.hpp"

namespace kontor {

/// ISO 3166-1 alpha-2, in capitals: `DE`, `CH`.
using Country = ShortText<2>;

/// Reads an officially assigned ISO 3166-1 alpha-2 code in capitals.
std::expected<Country, std::string> parse_country(std::string_view code);

}  // namespace kontor
