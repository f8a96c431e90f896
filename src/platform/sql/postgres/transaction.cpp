#include "platform/sql/postgres/transaction.hpp"

#include <charconv>
#include <cstring>

#include <fmt/format.h>

#include "platform/sql/postgres/errors.hpp"

namespace kontor::sql::postgres {

namespace {

// From pg_type.dat: what may be read as a number. NUMERIC is what SUM of BIGINT answers.
constexpr Oid bool_type = 16;
constexpr Oid int8_type = 20;
constexpr Oid int2_type = 21;
constexpr Oid int4_type = 23;
constexpr Oid float4_type = 700;
constexpr Oid float8_type = 701;
constexpr Oid numeric_type = 1700;

class ResultRow final : public RowView {
public:
    explicit ResultRow(const PGresult* result) : result_(result) {}

    bool next() { return ++row_ < PQntuples(result_); }

    int columns() const override { return PQnfields(result_); }
    std::string_view name(int column) const override { return PQfname(result_, column); }
    bool is_null(int column) const override { return PQgetisnull(result_, row_, column) == 1; }
    std::int64_t integer(int column) const override {
        if (PQftype(result_, column) == bool_type && !is_null(column)) {
            return bytes(column) == "t" ? 1 : 0;
        }
        return number<std::int64_t>(column, "an integer");
    }
    double real(int column) const override { return number<double>(column, "a number"); }
    std::string_view text(int column) const override {
        expect(column, !is_numeric(column), "text");
        return bytes(column);
    }

private:
    template <class Number>
    Number number(int column, std::string_view wanted) const {
        expect(column, is_numeric(column), wanted);
        const auto digits = bytes(column);
        Number value{};
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        expect(column, error == std::errc() && end == digits.data() + digits.size(), wanted);
        return value;
    }

    bool is_numeric(int column) const {
        switch (PQftype(result_, column)) {
            case int8_type:
            case int2_type:
            case int4_type:
            case float4_type:
            case float8_type:
            case numeric_type:
                return true;
            default:
                return false;
        }
    }

    std::string_view bytes(int column) const {
        return {PQgetvalue(result_, row_, column),
                static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }

    void expect(int column, bool fits, std::string_view wanted) const {
        if (is_null(column) || !fits) {
            throw Error(Error::Kind::statement,
                        fmt::format("column {} is {}, not {}", name(column),
                                    is_null(column) ? "NULL" : "of another type", wanted));
        }
    }

    const PGresult* result_;
    int row_ = -1;
};

std::int64_t rows_changed(PGresult* result) {
    const std::string_view digits = PQcmdTuples(result);
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

void read_rows(const PGresult* result, std::size_t index, RowSink& sink) {
    ResultRow row(result);
    sink.begin(row);
    while (row.next()) {
        sink.row(index, row);
    }
}

}  // namespace

void PostgresTransaction::begin() {
    if (failure_) {
        std::rethrow_exception(failure_);
    }
    if (deadline_ <= std::chrono::steady_clock::now()) {
        throw Error(Error::Kind::timeout, "the deadline passed inside the transaction");
    }
    if (!begun_ && mode_ != Mode::statement) {
        connection_.send(mode_ == Mode::write ? "BEGIN READ WRITE"
                                              : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
    begun_ = true;
}

Task<std::vector<std::int64_t>> PostgresTransaction::run(const Statement& statement,
                                                         std::span<const Args> many,
                                                         RowSink* sink) {
    std::vector<std::int64_t> changed;
    if (many.empty()) {
        co_return changed;
    }
    try {
        begin();
        for (const auto& args : many) {
            connection_.send(statement, args);
        }
        const auto results = co_await connection_.sync();
        const auto first = results.size() - many.size();
        for (std::size_t i = 0; i < many.size(); ++i) {
            auto* result = results[first + i].get();
            changed.push_back(rows_changed(result));
            if (sink != nullptr) {
                read_rows(result, i, *sink);
            }
        }
    } catch (...) {
        failure_ = std::current_exception();
        throw;
    }
    co_return changed;
}

void PostgresTransaction::defer(const Statement& statement, Args args) {
    begin();
    connection_.send(statement, args);
}

void PostgresTransaction::execute_together_later(const Statement& statement,
                                                 std::span<const Args> many) {
    if (!many.empty()) {
        begin();
        connection_.send_together(statement, many);
    }
}

Task<std::int64_t> PostgresTransaction::run_together(const Statement& statement,
                                                     std::span<const Args> many, RowSink* sink) {
    if (many.empty()) {
        co_return 0;
    }
    try {
        begin();
        connection_.send_together(statement, many);
        const auto results = co_await connection_.sync();
        if (sink != nullptr) {
            read_rows(results.back().get(), 0, *sink);
        }
        co_return rows_changed(results.back().get());
    } catch (...) {
        failure_ = std::current_exception();
        throw;
    }
}

Task<bool> PostgresTransaction::commit() {
    if (failure_) {
        std::rethrow_exception(failure_);
    }
    if (!begun_ || mode_ == Mode::statement) {
        co_return false;
    }
    try {
        connection_.send("COMMIT");
        const auto results = co_await connection_.sync();
        if (std::strcmp(PQcmdStatus(results.back().get()), "COMMIT") != 0) {
            throw Error(Error::Kind::statement, "the transaction had failed before its commit");
        }
    } catch (const ConnectionLost& lost) {
        throw OutcomeUnknown(lost.what());
    }
    co_return mode_ == Mode::write;
}

Task<void> PostgresTransaction::roll_back() {
    // What was executed later may fail here first, and then skips the first ROLLBACK.
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (!begun_ || connection_.lost() || (attempt > 0 && connection_.idle())) {
            co_return;
        }
        try {
            connection_.send("ROLLBACK");
            co_await connection_.sync();
        } catch (const Error&) {
            continue;  // the next attempt, or the loss of the session, ends the transaction
        }
    }
    if (!connection_.idle()) {
        connection_.abandon();
    }
}

}  // namespace kontor::sql::postgres
