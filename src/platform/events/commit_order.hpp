#pragma once

#include <optional>

#include "platform/events/envelope.hpp"
#include "platform/sql/sql.hpp"

/// The one place where the engines differ about events: how the outbox comes to be in commit order.
///
/// SQLite has one writer, so the ids it counts up are in commit order already.
///
/// On PostgreSQL ids are drawn before the commit, so a reader that goes by ids skips what commits
/// late. There a row gets its sequence once it is committed: under a lock, every row that is
/// visible and has none is numbered in the order of ids. Nothing is skipped, since a row without a
/// number stays pending whatever its id. Nothing of one aggregate is reordered: its second change
/// waited for the first one's row lock, so it drew a later id, and no snapshot shows the second
/// commit without the first. (Reading behind the oldest running transaction in the order of its
/// xid, the other usual way, reorders when the first change began earlier but wrote later, and
/// stands still behind any long transaction.)
namespace kontor::events {

/// What a new row has for a sequence.
std::optional<std::int64_t> initial_sequence(sql::Engine engine);

/// Up to $2 rows after position $1, as described by StoredEvent.
const sql::Statement& read_in_order(sql::Engine engine);

/// Forgets the rows up to position $1.
const sql::Statement& delete_through(sql::Engine engine);

/// Gives numbers to what was committed; on SQLite nothing to do.
Task<void> number_committed(sql::Database& database);

/// The newest position. On SQLite it is the newest row's, which therefore is never trimmed.
Task<Position> last_position(sql::Database& database);

}  // namespace kontor::events
