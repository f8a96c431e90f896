#include "simulation/storage.hpp"

#include "platform/sql/migrate.hpp"

namespace kontor::simulation {

namespace {

/// Of an empty database: nothing has been applied.
class EmptyTarget final : public sql::MigrationTarget {
public:
    explicit EmptyTarget(sql::sqlite::Connection& connection) : connection_(connection) {}

    sql::Engine engine() const override { return sql::Engine::sqlite; }
    void script(const std::string& text) override { connection_.script(text); }
    std::vector<sql::AppliedMigration> applied() override { return {}; }

private:
    sql::sqlite::Connection& connection_;
};

}  // namespace

Storage::Storage(std::string service)
    : service_(std::move(service)),
      connection_(":memory:", sql::sqlite::Connection::Use::write, false) {
    EmptyTarget target(connection_);
    connection_.script("BEGIN");
    sql::apply_migrations(target, sql::schema_of(service_));
    connection_.script("COMMIT");
}

}  // namespace kontor::simulation
