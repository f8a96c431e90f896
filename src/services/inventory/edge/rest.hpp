#pragma once

#include "platform/rest/table.hpp"
#include "platform/service/directory.hpp"

namespace kontor::inventory {

/// The public routes of inventory.
void edge(rest::Table& table, const Directory& directory);

}  // namespace kontor::inventory
