#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "platform/events/dead_letter.hpp"
#include "platform/events/handlers.hpp"
#include "platform/events/sink.hpp"
#include "platform/sql/sql.hpp"

namespace kontor::events {

/// The first `limit` dead letters of all consumers of a service, by consumer, stream and position.
Task<std::vector<DeadLetter>> dead_letters(sql::Database& database, std::int64_t limit);

/// Who consumes what: `orders` may read the stream `payments` under several names.
struct Subscription {
    std::string consumer;
    std::string stream;
};

/// A sink that keeps its position and its dead letters in a service's database.
class SqlSink : public Sink {
public:
    Task<Position> position() override;
    Task<void> reset(Position position) override;
    Task<bool> park(const Envelope& event, const std::string& error) override;
    Task<std::set<std::string>> parked_aggregates() override;
    Task<void> retry_parked() override;

    Task<std::vector<DeadLetter>> dead_letters();

    /// Events of types without a handler that were passed over.
    std::uint64_t unknown_types() const { return unknown_types_; }

protected:
    /// The collaborators must outlive it.
    SqlSink(Subscription subscription, sql::Database& database, const Clock& clock);

    using Body = std::function<Task<void>(sql::Transaction&)>;
    /// Commits what `body` writes. Throws where it cannot be begun.
    Task<void> write(const Body& body);
    /// The same, with `position` stored in the same transaction. Throws TakenElsewhere where
    /// another process of this name has moved it.
    Task<void> write_and_move(Position position, const Body& body);
    /// Part of the transaction in which a parked event takes effect.
    void forget(sql::Transaction& transaction, Position parked);
    void count_unknown(std::size_t count = 1) { unknown_types_ += count; }
    const Subscription& subscription() const { return subscription_; }

private:
    /// Lets one parked event take effect and forgets it.
    virtual Task<void> apply_parked(const Envelope& event) = 0;

    Subscription subscription_;
    sql::Database& database_;
    const Clock& clock_;
    Position known_position_ = 0;
    std::atomic<std::uint64_t> unknown_types_{0};
};

/// Effects are rows of the same database: they and the position commit together, so each event
/// takes effect exactly once. Handlers may await nothing but their transaction.
class TransactionSink final : public SqlSink {
public:
    TransactionSink(Subscription subscription, sql::Database& database, const Clock& clock,
                    Handlers<sql::Transaction&> handlers);
    Task<void> apply(const std::vector<Envelope>& batch) override;

private:
    Task<void> apply_parked(const Envelope& event) override;

    Handlers<sql::Transaction&> handlers_;
};

/// Effects are calls of services: at least once, so they must be repeatable. Each call carries the
/// event's trace, 30 s of time, and an idempotency key that is the same at every delivery. The
/// events of one aggregate take effect one after another, those of up to 32 at once.
class ReactionSink final : public SqlSink {
public:
    ReactionSink(Subscription subscription, sql::Database& database, const Clock& clock,
                 Handlers<Context> handlers);
    Task<void> apply(const std::vector<Envelope>& batch) override;

private:
    Task<void> apply_parked(const Envelope& event) override;
    using Events = std::vector<const Envelope*>;
    Task<bool> react_to_all(std::deque<Events>& aggregates);
    Task<void> react(const Envelope& event);

    Handlers<Context> handlers_;
};

}  // namespace kontor::events
