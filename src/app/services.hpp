#pragma once

#include <span>

#include "platform/service/service.hpp"

namespace kontor::app {

/// Every service there is, in the order in which they start: each after those it asks.
std::span<const ServiceEntry* const> services();

/// The entry of that name; none where there is no such service.
const ServiceEntry* find_service(std::string_view name);

}  // namespace kontor::app
