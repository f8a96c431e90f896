#pragma once

#include "platform/rest/table.hpp"
#include "platform/service/directory.hpp"

namespace kontor::pricing {

/// The public routes of pricing.
void edge(rest::Table& table, const Directory& directory);

}  // namespace kontor::pricing
