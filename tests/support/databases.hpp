#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "platform/sql/sql.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::testing {

/// A place for one database of a test on either engine: a file in a temporary folder, or a schema
/// of its own in the process's PostgreSQL.
class TestDatabase {
public:
    explicit TestDatabase(sql::Engine engine);

    /// Opens it; several times for several "processes".
    std::unique_ptr<sql::Database> open() const;

    /// The tables of `service`, as it starts with them.
    std::unique_ptr<sql::Database> open_with(std::string_view service) const;

    sql::Engine engine() const { return engine_; }
    /// The schema's name on PostgreSQL.
    const std::string& schema() const { return schema_; }

private:
    sql::Engine engine_;
    TemporaryFolder folder_;
    std::string schema_;
};

/// The parameter of a store test, named `sqlite` or `postgres` in its output:
///
///     class Stock : public testing::TestWithParam<sql::Engine> { ... };
///     INSTANTIATE_TEST_SUITE_P(On, Stock, kontor::testing::both_engines(),
///                              kontor::testing::engine_name);
inline auto both_engines() {
    return ::testing::Values(sql::Engine::sqlite, sql::Engine::postgres);
}
std::string engine_name(const ::testing::TestParamInfo<sql::Engine>& info);

}  // namespace kontor::testing
