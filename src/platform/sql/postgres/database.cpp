#include <mutex>
#include <unordered_map>

#include <fmt/format.h>

#include "platform/sql/migrate.hpp"
#include "platform/sql/postgres/errors.hpp"
#include "platform/sql/postgres/pool.hpp"
#include "platform/sql/postgres/transaction.hpp"

namespace kontor::sql {

namespace postgres {

namespace {

using namespace std::chrono_literals;

// Serialisation failures and deadlocks, and losses before the commit, begin anew this often.
constexpr int attempts_max = 5;
constexpr auto first_pause = 2ms;

class PostgresMigrationTarget final : public MigrationTarget {
public:
    explicit PostgresMigrationTarget(PGconn* connection) : connection_(connection) {}

    Engine engine() const override { return Engine::postgres; }
    void script(const std::string& text) override { run(text); }
    std::vector<AppliedMigration> applied() override {
        const auto result = run("SELECT component, version, checksum FROM schema_migrations");
        std::vector<AppliedMigration> steps;
        for (int row = 0; row < PQntuples(result.get()); ++row) {
            steps.push_back({PQgetvalue(result.get(), row, 0),
                             std::stoi(PQgetvalue(result.get(), row, 1)),
                             PQgetvalue(result.get(), row, 2)});
        }
        return steps;
    }

private:
    ResultHandle run(const std::string& text) {
        ResultHandle result(PQexec(connection_, text.c_str()));
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
            throw error_of(result.get(), "migration");
        }
        return result;
    }

    PGconn* connection_;
};

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(std::string url, std::string schema, PostgresOptions options)
        : schema_(schema),
          options_(options),
          connector_(std::move(url), std::move(schema), options) {}

    void migrate(std::span<const Migration> migrations) override {
        const auto connection = connector_.connect();
        PostgresMigrationTarget target(connection.get());
        target.script("SET statement_timeout = 0; BEGIN READ WRITE");
        target.script(
            fmt::format("SELECT pg_advisory_xact_lock(hashtextextended('kontor {}', 0))", schema_));
        target.script(fmt::format("CREATE SCHEMA IF NOT EXISTS \"{}\"", schema_));
        apply_migrations(target, migrations);
        target.script("COMMIT");
    }

    Engine engine() const override { return Engine::postgres; }

protected:
    Task<std::optional<Refusal>> run(Access access, const Context& context,
                                     const ErasedBody& body) override {
        auto pause = Duration(first_pause);
        for (int attempt = 1;; ++attempt) {
            if (context.deadline <= std::chrono::steady_clock::now()) {
                co_return refusal(refusals::deadline_exceeded,
                                  "the deadline passed before the database could begin; nothing "
                                  "was changed");
            }
            try {
                co_return co_await attempt_once(access, context, body);
            } catch (const ConnectionLost&) {
                if (attempt >= attempts_max) {
                    throw;
                }
                pool().drop_idle();
            } catch (const Error& error) {
                if (error.kind() != Error::Kind::conflict || attempt >= attempts_max) {
                    throw;
                }
            }
            co_await sleep_for(pause);
            pause *= 2;
        }
    }

private:
    static PostgresTransaction::Mode mode_of(Access access) {
        switch (access) {
            case Access::write:
                return PostgresTransaction::Mode::write;
            case Access::read:
                return PostgresTransaction::Mode::read;
            case Access::statement:
                break;
        }
        return PostgresTransaction::Mode::statement;
    }

    Task<std::optional<Refusal>> attempt_once(Access access, const Context& context,
                                              const ErasedBody& body) {
        auto lease = co_await pool().acquire(context.deadline);
        if (!lease) {
            co_return std::move(lease).error();
        }
        PostgresTransaction transaction(**lease, mode_of(access), context.deadline);
        std::exception_ptr failure;
        bool committed = false;
        try {
            if (co_await body(transaction)) {
                committed = co_await transaction.commit();
            } else {
                co_await transaction.roll_back();
            }
        } catch (...) {
            failure = std::current_exception();
        }
        if (failure) {
            co_await transaction.roll_back();
            std::rethrow_exception(failure);
        }
        if (committed && transaction.notifies()) {
            tell_listeners();
        }
        co_return std::nullopt;
    }

    /// This loop's.
    Pool& pool() {
        auto& loop = dynamic_cast<AsioLoop&>(Loop::current());
        const std::lock_guard lock(mutex_);
        auto& found = pools_[&loop];
        if (!found) {
            found = std::make_shared<Pool>(loop, connector_, options_);
        }
        return *found;
    }

    std::string schema_;
    PostgresOptions options_;
    Connector connector_;
    std::mutex mutex_;  ///< Guards the map; a pool itself belongs to its loop.
    std::unordered_map<AsioLoop*, std::shared_ptr<Pool>> pools_;
};

}  // namespace

}  // namespace postgres

std::unique_ptr<Database> open_postgres(std::string url, std::string schema,
                                        PostgresOptions options) {
    return std::make_unique<postgres::PostgresDatabase>(std::move(url), std::move(schema), options);
}

}  // namespace kontor::sql
