#pragma once

#include "platform/rest/table.hpp"
#include "platform/service/directory.hpp"

namespace kontor::stores {

/// The public routes of stores.
void edge(rest::Table& table, const Directory& directory);

}  // namespace kontor::stores
