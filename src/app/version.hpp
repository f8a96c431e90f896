#pragma once

#include <string_view>

namespace kontor::app {

inline constexpr std::string_view version = "0.1.0";

}  // namespace kontor::app
