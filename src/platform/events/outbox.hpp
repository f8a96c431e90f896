#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "platform/events/envelope.hpp"
#include "platform/events/event.hpp"
#include "platform/sql/sql.hpp"

namespace kontor::events {

/// The facts of one service, written in the transaction of the change they tell of; the only source
/// of events. Thread-safe. Its table comes with the migrations of `platform/events`.
class Outbox {
public:
    /// `service` names the stream. The collaborators must outlive it.
    Outbox(std::string service, sql::Database& database, const Clock& clock, IdSource& ids);

    /// Records that `event` happened to `aggregate` (its id as on the wire). Change the aggregate's
    /// row first: its lock is what keeps the events of one aggregate in order. No round trip of
    /// its own (see Transaction::execute_later).
    template <Event E>
    void publish(sql::Transaction& transaction, const Context& context, const E& event,
                 std::string aggregate, std::int64_t aggregate_version) {
        publish(transaction, context, fact(event, std::move(aggregate), aggregate_version));
    }
    void publish(sql::Transaction& transaction, const Context& context, const Fact& fact);

    /// Many at once, for imports and batching writers: one execution, no round trip of its own.
    Task<void> publish_all(sql::Transaction& transaction, const Context& context,
                           const std::vector<Fact>& facts);

    const std::string& service() const { return service_; }
    sql::Database& database() { return database_; }

    /// Up to `max` committed events after `after`, in the order of their commits.
    Task<std::vector<Envelope>> read(Position after, std::size_t max);

    /// The newest committed event's position. After a write it is at least that write's position.
    Task<Position> end();

    /// Events up to here are no longer kept; 0 where all are.
    Task<Position> trimmed_through();

    /// Forgets events that are older than `age` and at most `through`, oldest first, about 1,000 at
    /// once; answers how many. The newest event always stays.
    Task<std::int64_t> trim(Position through, std::chrono::microseconds age);

private:
    sql::Args row_of(const Context& context, const Fact& fact, sql::Engine engine) const;

    std::string service_;
    sql::Database& database_;
    const Clock& clock_;
    IdSource& ids_;
};

}  // namespace kontor::events
