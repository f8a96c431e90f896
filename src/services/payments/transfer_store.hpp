#pragma once

#include "platform/sql/sql.hpp"
#include "services/payments/api.hpp"

/// The rows of transfers. Each function runs inside its caller's transaction.
namespace kontor::payments::store {

/// Adds a transfer that nobody knows the purpose of; false where it is known.
Task<bool> add_transfer(sql::Transaction& transaction, TransferId id,
                        const ReceiveTransfer& transfer, Timestamp now);
/// By the key it was received under.
Task<std::optional<Transfer>> find_transfer(sql::Transaction& transaction, std::string_view key);
/// Locks it.
Task<std::optional<Transfer>> find_transfer(sql::Transaction& transaction, TransferId id);
/// Says what a transfer is for.
Task<void> match_transfer(sql::Transaction& transaction, std::string_view key, PaymentId payment);

/// At most `limit` after `after`, the oldest first.
Task<std::vector<Transfer>> transfers(sql::Transaction& transaction, TransferId after,
                                      std::int64_t limit);
/// The same of those that nobody knows the purpose of.
Task<std::vector<Transfer>> unmatched_transfers(sql::Transaction& transaction, TransferId after,
                                                std::int64_t limit);

}  // namespace kontor::payments::store
