#pragma once

#include "platform/sql/sql.hpp"
#include "services/inventory/change.hpp"

/// The rows of a batch: read together, written together. Inside its transaction.
namespace kontor::inventory::store {

/// Takes the row that orders the batches of all processes; answers this batch's number.
Task<std::int64_t> begin_batch(sql::Transaction& transaction);

/// What `needs` asks for.
Task<Books> load(sql::Transaction& transaction, Needs needs, Timestamp now);

/// Writes what was decided, and gives new cells their ids. Throws Error::conflict where a cell is
/// no longer as it was loaded, which only a change without begin_batch can do.
Task<void> write(sql::Transaction& transaction, Books& books);

}  // namespace kontor::inventory::store
