#include "platform/events/sql_sink.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "platform/async/loop.hpp"

namespace kontor::events {

namespace {

constexpr sql::Statement read_position{"events.read_position", R"sql(
    SELECT position
      FROM consumer_offsets
     WHERE consumer = $1
       AND stream = $2
)sql"};

// Changes nothing where the position is not the one this process last knew: another process has
// consumed meanwhile.
constexpr sql::Statement move_position{"events.move_position", R"sql(
    INSERT INTO consumer_offsets (consumer, stream, position)
    VALUES ($1, $2, $3)
    ON CONFLICT (consumer, stream) DO UPDATE
       SET position = excluded.position
     WHERE consumer_offsets.position = $4
)sql"};

constexpr sql::Statement set_position{"events.set_position", R"sql(
    INSERT INTO consumer_offsets (consumer, stream, position)
    VALUES ($1, $2, $3)
    ON CONFLICT (consumer, stream) DO UPDATE
       SET position = excluded.position
)sql"};

constexpr sql::Statement insert_dead_letter{"events.insert_dead_letter", R"sql(
    INSERT INTO dead_letters (consumer, stream, sequence, aggregate, envelope, error, parked_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (consumer, stream, sequence) DO NOTHING
)sql"};

constexpr sql::Statement dead_letters_of{"events.dead_letters_of", R"sql(
    SELECT consumer, stream, sequence, aggregate, envelope, error, parked_at
      FROM dead_letters
     WHERE consumer = $1
       AND stream = $2
     ORDER BY sequence
)sql"};

constexpr sql::Statement first_dead_letters{"events.first_dead_letters", R"sql(
    SELECT consumer, stream, sequence, aggregate, envelope, error, parked_at
      FROM dead_letters
     ORDER BY consumer, stream, sequence
     LIMIT $1
)sql"};

constexpr sql::Statement delete_dead_letter{"events.delete_dead_letter", R"sql(
    DELETE FROM dead_letters
     WHERE consumer = $1
       AND stream = $2
       AND sequence = $3
)sql"};

constexpr sql::Statement delete_dead_letters{"events.delete_dead_letters", R"sql(
    DELETE FROM dead_letters
     WHERE consumer = $1
       AND stream = $2
)sql"};

constexpr auto reaction_time_max = std::chrono::seconds(30);
constexpr std::size_t aggregates_at_once = 32;

}  // namespace

SqlSink::SqlSink(Subscription subscription, sql::Database& database, const Clock& clock)
    : subscription_(std::move(subscription)), database_(database), clock_(clock) {}

Task<Position> SqlSink::position() {
    const auto stored = co_await database_.row<Position>(
        Context{}, read_position, subscription_.consumer, subscription_.stream);
    known_position_ = stored.value_or(0);
    co_return known_position_;
}

Task<void> SqlSink::write(const Body& body) {
    const auto written = co_await database_.write(
        Context{}, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
            co_await body(transaction);
            co_return true;
        });
    if (!written) {
        throw TransientFailure(written.error().message);
    }
}

Task<void> SqlSink::write_and_move(Position position, const Body& body) {
    co_await write([&](sql::Transaction& transaction) -> Task<void> {
        const auto moved = co_await transaction.execute(
            move_position, subscription_.consumer, subscription_.stream, position, known_position_);
        if (moved == 0) {
            throw TakenElsewhere(fmt::format("another process consumes {} as {}",
                                             subscription_.stream, subscription_.consumer));
        }
        co_await body(transaction);
    });
    known_position_ = position;
}

void SqlSink::forget(sql::Transaction& transaction, Position parked) {
    transaction.execute_later(delete_dead_letter, subscription_.consumer, subscription_.stream,
                              parked);
}

Task<void> SqlSink::reset(Position position) {
    co_await write([&](sql::Transaction& transaction) -> Task<void> {
        co_await transaction.execute(delete_dead_letters, subscription_.consumer,
                                     subscription_.stream);
        co_await transaction.execute(set_position, subscription_.consumer, subscription_.stream,
                                     position);
    });
}

Task<bool> SqlSink::park(const Envelope& event, const std::string& error) {
    const auto text = to_cloud_event(event);
    co_await write_and_move(event.sequence, [&](sql::Transaction& transaction) -> Task<void> {
        co_await transaction.execute(insert_dead_letter, subscription_.consumer,
                                     subscription_.stream, event.sequence, event.aggregate, text,
                                     error, clock_.now());
    });
    co_return true;
}

Task<std::vector<DeadLetter>> dead_letters(sql::Database& database, std::int64_t limit) {
    co_return co_await database.rows<DeadLetter>(Context{}, first_dead_letters, limit);
}

Task<std::vector<DeadLetter>> SqlSink::dead_letters() {
    co_return co_await database_.rows<DeadLetter>(Context{}, dead_letters_of,
                                                  subscription_.consumer, subscription_.stream);
}

Task<std::set<std::string>> SqlSink::parked_aggregates() {
    std::set<std::string> aggregates;
    for (auto& letter : co_await dead_letters()) {
        aggregates.insert(std::move(letter.aggregate));
    }
    co_return aggregates;
}

Task<void> SqlSink::retry_parked() {
    std::set<std::string> still_failing;
    for (const auto& letter : co_await dead_letters()) {
        if (still_failing.contains(letter.aggregate)) {
            continue;
        }
        try {
            co_await apply_parked(from_cloud_event(letter.envelope).value());
        } catch (const std::exception&) {
            still_failing.insert(letter.aggregate);
        }
    }
}

TransactionSink::TransactionSink(Subscription subscription, sql::Database& database,
                                 const Clock& clock, Handlers<sql::Transaction&> handlers)
    : SqlSink(std::move(subscription), database, clock), handlers_(std::move(handlers)) {}

Task<void> TransactionSink::apply(const std::vector<Envelope>& batch) {
    std::size_t unknown = 0;
    const Body dispatch_all = [&](sql::Transaction& transaction) -> Task<void> {
        unknown = 0;
        for (const auto& event : batch) {
            unknown += co_await handlers_.dispatch(transaction, event) ? 0 : 1;
        }
    };
    co_await write_and_move(batch.back().sequence, dispatch_all);
    count_unknown(unknown);
}

Task<void> TransactionSink::apply_parked(const Envelope& event) {
    co_await write([&](sql::Transaction& transaction) -> Task<void> {
        co_await handlers_.dispatch(transaction, event);
        forget(transaction, event.sequence);
    });
}

ReactionSink::ReactionSink(Subscription subscription, sql::Database& database, const Clock& clock,
                           Handlers<Context> handlers)
    : SqlSink(std::move(subscription), database, clock), handlers_(std::move(handlers)) {}

Task<void> ReactionSink::react(const Envelope& event) {
    Context context{.deadline = Loop::current().now() + reaction_time_max, .trace = event.trace};
    context.principal.kind = Principal::Kind::service;
    context.idempotency_key = subscription().consumer + "-" + event.id;
    if (!co_await handlers_.dispatch(std::move(context), event)) {
        count_unknown();
    }
}

Task<void> ReactionSink::apply(const std::vector<Envelope>& batch) {
    std::deque<Events> aggregates;
    std::unordered_map<std::string_view, std::size_t> known;
    for (const auto& event : batch) {
        const auto [at, added] = known.try_emplace(event.aggregate, aggregates.size());
        if (added) {
            aggregates.emplace_back();
        }
        aggregates[at->second].push_back(&event);
    }
    std::vector<Task<bool>> lanes;
    for (std::size_t i = 0; i < std::min(aggregates.size(), aggregates_at_once); ++i) {
        lanes.push_back(react_to_all(aggregates));
    }
    co_await when_all(std::move(lanes));
    co_await write_and_move(batch.back().sequence,
                            [](sql::Transaction&) -> Task<void> { co_return; });
}

/// Takes one aggregate after another until none is left. Where one fails, nobody begins another:
/// all that was done has to be repeated.
Task<bool> ReactionSink::react_to_all(std::deque<Events>& aggregates) {
    while (!aggregates.empty()) {
        const auto events = std::move(aggregates.front());
        aggregates.pop_front();
        try {
            for (const auto* event : events) {
                co_await react(*event);
            }
        } catch (...) {
            aggregates.clear();
            throw;
        }
    }
    co_return true;
}

Task<void> ReactionSink::apply_parked(const Envelope& event) {
    co_await react(event);
    co_await write([&](sql::Transaction& transaction) -> Task<void> {
        forget(transaction, event.sequence);
        co_return;
    });
}

}  // namespace kontor::events
