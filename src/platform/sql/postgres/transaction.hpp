#pragma once

#include <exception>

#include "platform/sql/postgres/connection.hpp"

namespace kontor::sql::postgres {

/// A transaction on one session. BEGIN travels with the first statement, and what was executed
/// later with the next round trip.
class PostgresTransaction final : public Transaction {
public:
    enum class Mode { statement, read, write };

    PostgresTransaction(Connection& connection, Mode mode, TimePoint deadline)
        : connection_(connection), mode_(mode), deadline_(deadline) {}

    Engine engine() const override { return Engine::postgres; }
    void execute_together_later(const Statement& statement, std::span<const Args> many) override;

    /// True where something was committed. Throws OutcomeUnknown when the connection is lost on the
    /// way, and the body's own error when it went on after one.
    Task<bool> commit();

    /// Never throws; a session that cannot be rolled back is lost().
    Task<void> roll_back();

private:
    Task<std::vector<std::int64_t>> run(const Statement& statement, std::span<const Args> many,
                                        RowSink* sink) override;
    void defer(const Statement& statement, Args args) override;
    Task<std::int64_t> run_together(const Statement& statement, std::span<const Args> many,
                                    RowSink* sink) override;
    void begin();

    Connection& connection_;
    Mode mode_;
    TimePoint deadline_;
    bool begun_ = false;
    std::exception_ptr failure_;
};

}  // namespace kontor::sql::postgres
