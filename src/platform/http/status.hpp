#pragma once

#include <string_view>

namespace kontor::http {

/// The reason phrase of RFC 9110, 15, or that of its class where the code has none there.
std::string_view reason_of(int status) noexcept;

}  // namespace kontor::http
