#include "platform/sql/sql.hpp"

namespace kontor::sql {

std::unique_ptr<Database> open_postgres(std::string, std::string, PostgresOptions) {
    throw Error(Error::Kind::unavailable, "PostgreSQL is not supported yet; use --data");
}

}  // namespace kontor::sql
