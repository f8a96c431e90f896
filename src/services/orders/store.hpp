#pragma once

#include "platform/sql/sql.hpp"
#include "services/orders/api.hpp"

namespace kontor::orders::store {

/// An order and the hash of the secret that opens it.
struct StoredOrder {
    Order order;
    std::string secret_hash;
};

Task<std::optional<StoredOrder>> find(sql::Transaction& transaction, OrderId order);
Task<std::optional<StoredOrder>> find_by_cart(sql::Transaction& transaction, carts::CartId cart);
Task<std::optional<StoredOrder>> find_by_number(sql::Transaction& transaction,
                                                std::string_view number);

/// At most `limit` orders with ids before `before`, newest first.
Task<std::vector<Order>> page(sql::Transaction& transaction, OrderId before, std::int64_t limit);

/// Adds the order; false where its cart has one already.
Task<bool> add(sql::Transaction& transaction, const StoredOrder& order);

}  // namespace kontor::orders::store
