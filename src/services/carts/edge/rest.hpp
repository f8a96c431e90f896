#pragma once

#include "platform/rest/table.hpp"
#include "platform/service/directory.hpp"

namespace kontor::carts {

/// The carts' public routes.
void edge(rest::Table& table, const Directory& directory);

}  // namespace kontor::carts
