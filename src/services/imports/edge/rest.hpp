#pragma once

#include "platform/rest/table.hpp"
#include "platform/service/directory.hpp"

namespace kontor::imports {

/// The public routes of imports.
void edge(rest::Table& table, const Directory& directory);

}  // namespace kontor::imports
