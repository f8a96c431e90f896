#pragma once

#include "services/pricing/api.hpp"

/// See also `quote_at` and `rate_on`, which other services use as well and api.hpp declares.
namespace kontor::pricing {

/// What is wrong with a window by itself.
std::optional<FieldError> fault_of(const Price& price);

}  // namespace kontor::pricing
