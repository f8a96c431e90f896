#pragma once

#include "platform/rest/table.hpp"
#include "platform/service/directory.hpp"

namespace kontor::payments {

/// The public routes of payments.
void edge(rest::Table& table, const Directory& directory);

}  // namespace kontor::payments
