#include "platform/events/commit_order.hpp"

namespace kontor::events {

namespace {

constexpr sql::Statement read_by_id{"outbox.read_by_id", R"sql(
    SELECT id AS sequence, event_id, type, schema_version, aggregate, aggregate_version,
           happened_at, traceparent, data
      FROM outbox
     WHERE id > $1
     ORDER BY id
     LIMIT $2
)sql"};

constexpr sql::Statement read_by_number{"outbox.read_by_number", R"sql(
    SELECT sequence, event_id, type, schema_version, aggregate, aggregate_version,
           happened_at, traceparent, data
      FROM outbox
     WHERE sequence > $1
       AND sequence > 0
     ORDER BY sequence
     LIMIT $2
)sql"};

constexpr sql::Statement delete_through_id{"outbox.delete_through_id", R"sql(
    DELETE FROM outbox
     WHERE id <= $1
)sql"};

constexpr sql::Statement delete_through_number{"outbox.delete_through_number", R"sql(
    DELETE FROM outbox
     WHERE sequence <= $1
       AND sequence > 0
)sql"};

constexpr sql::Statement last_id{"outbox.last_id", R"sql(
    SELECT COALESCE(MAX(id), 0)
      FROM outbox
)sql"};

constexpr sql::Statement last_number{"outbox.last_number", R"sql(
    SELECT numbered
      FROM outbox_state
)sql"};

constexpr sql::Statement any_pending{"outbox.any_pending", R"sql(
    SELECT id
      FROM outbox
     WHERE sequence IS NULL
     LIMIT 1
)sql"};

// Takes the row lock that keeps other numberers out until the commit.
constexpr sql::Statement lock_numbers{"outbox.lock_numbers", R"sql(
    UPDATE outbox_state
       SET numbered = numbered
    RETURNING numbered
)sql"};

constexpr sql::Statement number_pending{"outbox.number_pending", R"sql(
    WITH pending AS (
        SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS rank
          FROM (SELECT id
                  FROM outbox
                 WHERE sequence IS NULL
                 ORDER BY id
                 LIMIT $2) AS oldest
    )
    UPDATE outbox
       SET sequence = CAST($1 AS BIGINT) + pending.rank
      FROM pending
     WHERE outbox.id = pending.id
)sql"};

constexpr sql::Statement advance_numbers{"outbox.advance_numbers", R"sql(
    UPDATE outbox_state
       SET numbered = numbered + $1
)sql"};

/// So that the lock is held for milliseconds even behind an import.
constexpr std::int64_t numbered_at_once_max = 5'000;

Task<std::int64_t> number_some(sql::Database& database) {
    const auto numbered = co_await database.write(
        Context{}, [](sql::Transaction& transaction) -> Task<Result<std::int64_t>> {
            const auto last = co_await transaction.row<Position>(lock_numbers);
            const auto count =
                co_await transaction.execute(number_pending, last.value(), numbered_at_once_max);
            co_await transaction.execute(advance_numbers, count);
            co_return count;
        });
    if (!numbered) {
        throw sql::Error(sql::Error::Kind::unavailable, numbered.error().message);
    }
    co_return *numbered;
}

}  // namespace

std::optional<std::int64_t> initial_sequence(sql::Engine engine) {
    return engine == sql::Engine::sqlite ? std::optional<std::int64_t>(0) : std::nullopt;
}

const sql::Statement& read_in_order(sql::Engine engine) {
    return engine == sql::Engine::sqlite ? read_by_id : read_by_number;
}

const sql::Statement& delete_through(sql::Engine engine) {
    return engine == sql::Engine::sqlite ? delete_through_id : delete_through_number;
}

Task<void> number_committed(sql::Database& database) {
    if (database.engine() == sql::Engine::sqlite ||
        !co_await database.row<std::int64_t>(Context{}, any_pending)) {
        co_return;
    }
    while (co_await number_some(database) == numbered_at_once_max) {
    }
}

Task<Position> last_position(sql::Database& database) {
    const bool by_id = database.engine() == sql::Engine::sqlite;
    const auto last = co_await database.row<Position>(Context{}, by_id ? last_id : last_number);
    co_return last.value();
}

}  // namespace kontor::events
