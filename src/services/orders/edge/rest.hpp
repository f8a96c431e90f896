#pragma once

#include "platform/rest/table.hpp"
#include "platform/service/directory.hpp"

namespace kontor::orders {

/// The orders' public routes.
void edge(rest::Table& table, const Directory& directory);

}  // namespace kontor::orders
