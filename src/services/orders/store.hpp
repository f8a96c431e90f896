#pragma once

#include "platform/sql/sql.hpp"
#include "services/orders/api.hpp"
#include "services/orders/events.hpp"

namespace kontor::orders::store {

/// An order, the hash of the secret that opens it, and what other services know it by.
struct StoredOrder {
    Order order;
    std::string secret_hash;
    Handles handles;
};

Task<std::optional<StoredOrder>> find(sql::Transaction& transaction, OrderId order);
/// The same, held until the transaction ends, so that nobody changes it meanwhile.
Task<std::optional<StoredOrder>> find_for_change(sql::Transaction& transaction, OrderId order);
Task<std::optional<StoredOrder>> find_by_number(sql::Transaction& transaction,
                                                std::string_view number);

/// At most `limit` orders with ids before `before`, newest first.
Task<std::vector<Order>> page(sql::Transaction& transaction, OrderId before, std::int64_t limit);

/// Adds the order; false where its cart has one already.
Task<bool> add(sql::Transaction& transaction, const StoredOrder& order);
Task<void> update(sql::Transaction& transaction, const Order& order);

/// The next number of a market's invoices in the year of `at` (UTC), which is `order`'s from now
/// on; taken back where the transaction is.
Task<std::string> next_invoice_number(sql::Transaction& transaction, const Order& order,
                                      Timestamp at);

}  // namespace kontor::orders::store
