#pragma once

#include <span>

#include "platform/sql/migration.hpp"

namespace kontor::sql {

/// Every migration file of the source tree, by component and version; written by
/// cmake/embed_migrations.cmake at build time.
std::span<const Migration> embedded_migrations();

}  // namespace kontor::sql
