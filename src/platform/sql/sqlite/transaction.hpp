#pragma once

#include <exception>

#include "platform/sql/sqlite/connection.hpp"

namespace kontor::sql::sqlite {

/// A transaction on the thread that owns the connection: every await completes at once.
class SqliteTransaction final : public Transaction {
public:
    explicit SqliteTransaction(Connection& connection) : connection_(connection) {}

    Engine engine() const override { return Engine::sqlite; }

    void execute_together_later(const Statement& statement, std::span<const Args> many) override {
        for (const auto& args : many) {
            run_one(statement, args, 0, nullptr);
        }
    }

    /// Throws the first error again: SQLite itself would let a body go on, PostgreSQL would not.
    void rethrow_failure() const {
        if (failure_) {
            std::rethrow_exception(failure_);
        }
    }

private:
    Task<std::vector<std::int64_t>> run(const Statement& statement, std::span<const Args> many,
                                        RowSink* sink) override {
        std::vector<std::int64_t> changed;
        changed.reserve(many.size());
        for (std::size_t i = 0; i < many.size(); ++i) {
            changed.push_back(run_one(statement, many[i], i, sink));
        }
        co_return changed;
    }

    void defer(const Statement& statement, Args args) override {
        run_one(statement, args, 0, nullptr);
    }

    std::int64_t run_one(const Statement& statement, const Args& args, std::size_t index,
                         RowSink* sink) {
        rethrow_failure();
        try {
            return connection_.run(statement, args, index, sink);
        } catch (...) {
            failure_ = std::current_exception();
            throw;
        }
    }

    Connection& connection_;
    std::exception_ptr failure_;
};

}  // namespace kontor::sql::sqlite
