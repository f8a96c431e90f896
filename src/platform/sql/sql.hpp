#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "platform/async/task.hpp"
#include "platform/context.hpp"
#include "platform/sql/column.hpp"
#include "platform/sql/error.hpp"
#include "platform/sql/migration.hpp"
#include "platform/sql/row.hpp"

namespace kontor::sql {

/// One SQL text for both engines, with parameters $1 to $n; see "Storage" in the design for what
/// both understand. A constant with static storage: prepared statements are cached by its address.
struct Statement {
    std::string_view name;  ///< `inventory.take_stock`: for errors, metrics and logs.
    std::string_view text;
};

/// A transaction under way, inside a body given to Database::write or read. Statements run one
/// after another; await nothing else than them. Rows are described structs (columns match members
/// by name), tuples or single values. Every statement may throw Error, after which all is rolled
/// back.
class Transaction {
public:
    virtual ~Transaction() = default;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// All rows of the answer.
    template <class Row, class... A>
    Task<std::vector<Row>> rows(const Statement& statement, A&&... args) {
        return rows_with<Row>(statement, Args(std::forward<A>(args)...));
    }

    /// The first row of the answer, where there is one.
    template <class Row, class... A>
    Task<std::optional<Row>> row(const Statement& statement, A&&... args) {
        return row_with<Row>(statement, Args(std::forward<A>(args)...));
    }

    /// The number of rows that were changed.
    template <class... A>
    Task<std::int64_t> execute(const Statement& statement, A&&... args) {
        return execute_with(statement, Args(std::forward<A>(args)...));
    }

    /// Executes without waiting for the outcome: PostgreSQL gets it together with the next awaited
    /// statement or the commit, which is where its error shows. Texts are copied.
    template <class... A>
    void execute_later(const Statement& statement, A&&... args) {
        defer(statement, Args(std::forward<A>(args)...));
    }

    /// One statement for many argument sets: prepared once, one round trip on PostgreSQL. Answers
    /// the rows changed by each, in order. Texts in `many` must outlive the await.
    Task<std::vector<std::int64_t>> execute_each(const Statement& statement,
                                                 std::span<const Args> many);

    /// The same with the rows of each, in order.
    template <class Row>
    Task<std::vector<std::vector<Row>>> rows_each(const Statement& statement,
                                                  std::span<const Args> many) {
        std::vector<std::vector<Row>> all(many.size());
        DecodingSink<Row, std::function<void(std::size_t, Row&&)>> sink(
            [&](std::size_t index, Row&& row) { all[index].push_back(std::move(row)); });
        co_await run(statement, many, &sink);
        co_return all;
    }

    /// The same with the first row of each, in order.
    template <class Row>
    Task<std::vector<std::optional<Row>>> row_each(const Statement& statement,
                                                   std::span<const Args> many) {
        std::vector<std::optional<Row>> all(many.size());
        DecodingSink<Row, std::function<void(std::size_t, Row&&)>> sink(
            [&](std::size_t index, Row&& row) {
                if (!all[index]) {
                    all[index].emplace(std::move(row));
                }
            });
        co_await run(statement, many, &sink);
        co_return all;
    }

    /// One statement for many argument sets together, which stand where its text says
    /// `VALUES ($1, ..., $n)`: PostgreSQL executes it once with all of them as rows, SQLite once
    /// for each. For what a batch writes and looks up; the text must mean the same either way.
    /// Answers the rows changed by all.
    Task<std::int64_t> execute_together(const Statement& statement, std::span<const Args> many) {
        return run_together(statement, many, nullptr);
    }

    /// The same without waiting for the outcome (see execute_later). Texts are copied.
    virtual void execute_together_later(const Statement& statement, std::span<const Args> many);

    /// The same with the rows of all, in any order.
    template <class Row>
    Task<std::vector<Row>> rows_together(const Statement& statement, std::span<const Args> many) {
        std::vector<Row> all;
        auto take = [&all](std::size_t, Row&& row) { all.push_back(std::move(row)); };
        DecodingSink<Row, decltype(take)> sink(take);
        co_await run_together(statement, many, &sink);
        co_return all;
    }

    /// Wakes the database's listeners once this transaction is committed (as PostgreSQL's NOTIFY
    /// does): for what others wait for.
    void notify() { notifies_ = true; }
    bool notifies() const { return notifies_; }

    /// For the few items of the dialect seam (see README.md), never to write a query twice.
    virtual Engine engine() const = 0;

protected:
    Transaction() = default;

private:
    friend class Database;
    virtual Task<std::vector<std::int64_t>> run(const Statement& statement,
                                                std::span<const Args> many, RowSink* sink) = 0;
    virtual void defer(const Statement& statement, Args args) = 0;
    virtual Task<std::int64_t> run_together(const Statement& statement, std::span<const Args> many,
                                            RowSink* sink);

    template <class Row>
    Task<std::vector<Row>> rows_with(const Statement& statement, Args args) {
        std::vector<Row> all;
        auto take = [&all](std::size_t, Row&& row) { all.push_back(std::move(row)); };
        DecodingSink<Row, decltype(take)> sink(take);
        co_await run(statement, std::span(&args, 1), &sink);
        co_return all;
    }

    template <class Row>
    Task<std::optional<Row>> row_with(const Statement& statement, Args args) {
        std::optional<Row> first;
        auto take = [&first](std::size_t, Row&& row) {
            if (!first) {
                first.emplace(std::move(row));
            }
        };
        DecodingSink<Row, decltype(take)> sink(take);
        co_await run(statement, std::span(&args, 1), &sink);
        co_return first;
    }

    Task<std::int64_t> execute_with(const Statement& statement, Args args);

    bool notifies_ = false;
};

/// What a write or read body looks like: a callable Transaction& -> Task<Result<T>>.
template <class Body>
concept TransactionBody = requires(Body& body, Transaction& transaction) {
    typename std::invoke_result_t<Body&, Transaction&>::value_type::value_type;
    requires std::same_as<
        typename std::invoke_result_t<Body&, Transaction&>::value_type,
        Result<typename std::invoke_result_t<Body&, Transaction&>::value_type::value_type>>;
};

/// One service's records. Thread-safe, used from every loop; it must go before the loops that use
/// it.
class Database {
public:
    virtual ~Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs `body` in a transaction: a value commits, a refusal or an exception rolls back, and the
    /// answer comes only once the commit is durable. The body
    /// - may await nothing but its transaction (on SQLite it runs on the writer's thread, together
    ///   with what else is waiting, all in one commit),
    /// - may run again after a serialisation failure or deadlock, so it changes nothing outside
    ///   before it answers,
    /// - must keep no reference to what other threads change.
    /// Refuses: `deadline_exceeded` (504) before it began, `unavailable` (503) when 10,000 wait.
    /// Throws Error; OutcomeUnknown when nobody knows whether it was committed.
    template <TransactionBody Body>
    auto write(Context context, Body body) -> std::invoke_result_t<Body&, Transaction&> {
        return transact(Access::write, std::move(context), std::move(body));
    }

    /// Runs `body` on a snapshot that does not change while it reads. It cannot write.
    template <TransactionBody Body>
    auto read(Context context, Body body) -> std::invoke_result_t<Body&, Transaction&> {
        return transact(Access::read, std::move(context), std::move(body));
    }

    /// One statement's rows. Throws Error, with `timeout` and `unavailable` where read would
    /// refuse.
    template <class Row, class... A>
    Task<std::vector<Row>> rows(Context context, const Statement& statement, A&&... args) {
        return rows_with<Row>(std::move(context), statement, Args(std::forward<A>(args)...));
    }

    /// One statement's first row, where there is one.
    template <class Row, class... A>
    Task<std::optional<Row>> row(Context context, const Statement& statement, A&&... args) {
        return row_with<Row>(std::move(context), statement, Args(std::forward<A>(args)...));
    }

    /// `listener` is called after every commit of this process that is to notify (see
    /// Transaction::notify) and before its answer, on any thread, and must not block: it wakes who
    /// relays events. Add listeners before the first write.
    void on_notify(std::function<void()> listener) { listeners_.push_back(std::move(listener)); }

    /// Applies what is missing, in order, under a lock that keeps other processes out; blocks, so
    /// at start only. Throws Error when an applied one was edited. What a newer program applied
    /// stays.
    virtual void migrate(std::span<const Migration> migrations) = 0;

    virtual Engine engine() const = 0;

protected:
    Database() = default;

    /// `statement`: a read of one statement, which needs no transaction around it.
    enum class Access { statement, read, write };
    /// Answers whether to commit.
    using ErasedBody = std::function<Task<bool>(Transaction&)>;

    /// Runs `body` and answers, or says why it never began. `body` outlives the call.
    virtual Task<std::optional<Refusal>> run(Access access, const Context& context,
                                             const ErasedBody& body) = 0;

    void tell_listeners() const {
        for (const auto& listener : listeners_) {
            listener();
        }
    }

private:
    template <class Body>
    auto transact(Access access, Context context, Body body)
        -> std::invoke_result_t<Body&, Transaction&> {
        std::optional<typename std::invoke_result_t<Body&, Transaction&>::value_type> answer;
        const ErasedBody erased = [&](Transaction& transaction) -> Task<bool> {
            answer.reset();
            answer.emplace(co_await body(transaction));
            co_return answer->has_value();
        };
        if (auto refused = co_await run(access, context, erased)) {
            co_return std::unexpected(*std::move(refused));
        }
        co_return *std::move(answer);
    }

    template <class Row>
    Task<std::vector<Row>> rows_with(Context context, const Statement& statement, Args args) {
        std::vector<Row> all;
        auto take = [&all](std::size_t, Row&& row) { all.push_back(std::move(row)); };
        DecodingSink<Row, decltype(take)> sink(take);
        co_await query(context, statement, args, sink);
        co_return all;
    }

    template <class Row>
    Task<std::optional<Row>> row_with(Context context, const Statement& statement, Args args) {
        std::optional<Row> first;
        auto take = [&first](std::size_t, Row&& row) {
            if (!first) {
                first.emplace(std::move(row));
            }
        };
        DecodingSink<Row, decltype(take)> sink(take);
        co_await query(context, statement, args, sink);
        co_return first;
    }

    Task<void> query(const Context& context, const Statement& statement, const Args& args,
                     RowSink& sink);

    std::vector<std::function<void()>> listeners_;
};

struct SqliteOptions {
    /// Threads and connections for reads. Each idle one costs about 100 KB.
    int readers = 2;
    /// Writes, and reads, that may wait; one more is refused as `unavailable`.
    std::size_t waiting_max = 10'000;
    /// Bodies in one commit. More would let the first of them wait for the last.
    std::size_t batch_max = 256;
    /// No fsync: for tests and throw-away imports only, a power cut loses commits.
    bool durable = true;
};

/// Opens or makes the file (with its WAL beside it). Throws Error where it cannot.
std::unique_ptr<Database> open_sqlite(const std::filesystem::path& file,
                                      SqliteOptions options = {});

struct PostgresOptions {
    /// Connections of each loop, made when needed.
    int connections_max = 8;
    /// Transactions that may wait for a connection; one more is refused as `unavailable`.
    std::size_t waiting_max = 10'000;
    /// Time limit of a statement whose caller has no deadline.
    std::chrono::milliseconds statement_timeout{30'000};
    std::chrono::milliseconds connect_timeout{3'000};
};

/// `url`: a libpq URI or keyword list, also with several hosts. `schema` is made where it is
/// missing and is the only one the statements see. Connects at the first use, and again after a
/// loss. Use on AsioLoop only.
std::unique_ptr<Database> open_postgres(std::string url, std::string schema,
                                        PostgresOptions options = {});

/// Answers `instead` where `attempt` violates `constraint` (see Error::constraint):
///
///     co_return co_await sql::refusing(database.write(context, body), "products.slug",
///                                 refusal(slug_taken, "slug {}: is used by another product",
///                                 slug));
template <class T>
Task<Result<T>> refusing(Task<Result<T>> attempt, std::string_view constraint, Refusal instead) {
    try {
        co_return co_await std::move(attempt);
    } catch (const Error& error) {
        if (error.constraint() != constraint) {
            throw;
        }
    }
    co_return std::unexpected(std::move(instead));
}

}  // namespace kontor::sql
