#include "support/databases.hpp"

#include <atomic>

#include "support/postgres.hpp"

namespace kontor::testing {

namespace {
std::atomic<int> schemas{0};
}

TestDatabase::TestDatabase(sql::Engine engine)
    : engine_(engine), schema_("test_" + std::to_string(++schemas)) {}

std::unique_ptr<sql::Database> TestDatabase::open() const {
    return engine_ == sql::Engine::sqlite
               ? sql::open_sqlite(folder_.path() / "records.db", {.durable = false})
               : sql::open_postgres(postgres_url(), schema_);
}

std::unique_ptr<sql::Database> TestDatabase::open_with(std::string_view service) const {
    auto database = open();
    database->migrate(sql::schema_of(service));
    return database;
}

std::string engine_name(const ::testing::TestParamInfo<sql::Engine>& info) {
    return info.param == sql::Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace kontor::testing
