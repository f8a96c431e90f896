#pragma once

#include <string>

#include "platform/sql/sql.hpp"
#include "platform/sql/sqlite/connection.hpp"

namespace kontor::simulation {

/// What a service has committed: a database in memory, which crashes leave as it is.
class Storage {
public:
    /// With the tables that `service` starts with.
    explicit Storage(std::string service);

    const std::string& service() const { return service_; }
    sql::sqlite::Connection& connection() { return connection_; }

    /// Reads for those who check: beside whatever runs, without latency or faults.
    template <class Row, class... A>
    std::vector<Row> rows(const sql::Statement& statement, A&&... args) {
        std::vector<Row> all;
        auto take = [&all](std::size_t, Row&& row) { all.push_back(std::move(row)); };
        sql::DecodingSink<Row, decltype(take)> sink(take);
        connection_.run(statement, sql::Args(std::forward<A>(args)...), 0, &sink);
        return all;
    }

private:
    std::string service_;
    sql::sqlite::Connection connection_;
};

}  // namespace kontor::simulation
