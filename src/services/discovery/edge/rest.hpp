#pragma once

#include "platform/rest/table.hpp"
#include "platform/service/directory.hpp"

namespace kontor::discovery {

/// What shoppers may ask.
void edge(rest::Table& table, const Directory& directory);

}  // namespace kontor::discovery
