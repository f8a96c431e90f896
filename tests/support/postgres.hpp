#pragma once

#include <string>

namespace kontor::testing {

/// The libpq URL of a real PostgreSQL 15 that belongs to this test process: made at the first call
/// in a temporary folder, on a Unix socket only, without fsync, and stopped when the process ends.
const std::string& postgres_url();

/// The URL of a new, empty database on that server.
std::string fresh_postgres_database();

/// Stops the server at once (as a crash would) and starts it again on the same data.
void restart_postgres();

}  // namespace kontor::testing
