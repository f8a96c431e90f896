#pragma once

#include "services/orders/checkout.hpp"
#include "services/orders/store.hpp"

namespace kontor::orders::store {

/// A checkout, the order that it is to become, and the hash of the secret that opens both.
struct StoredCheckout {
    Checkout checkout;
    Order draft;
    std::string secret_hash;
};

/// What has become of a cart so far.
struct Known {
    std::optional<StoredOrder> order;
    std::optional<StoredCheckout> checkout;  ///< Only where there is no order.
};

/// In one statement, since every placing asks.
Task<Known> known_of(sql::Transaction& transaction, OrderId order);

Task<std::optional<StoredCheckout>> find_checkout(sql::Transaction& transaction, OrderId order);

/// Claims an order's id for a checkout, also where an earlier attempt has failed; false where there
/// is an open one.
Task<bool> claim(sql::Transaction& transaction, const StoredCheckout& checkout);

/// Stores `checkout`, whose version is one more than the stored one's; false where somebody else
/// has changed it meanwhile.
Task<bool> advance(sql::Transaction& transaction, const Checkout& checkout);

/// Lets an open checkout be taken up at once.
void make_due(sql::Transaction& transaction, OrderId order, Timestamp now);

/// Open ones, by when they began; `began_before`: only those.
Task<std::vector<Checkout>> open_checkouts(sql::Transaction& transaction, Timestamp began_before,
                                           std::int64_t limit);

/// Ids of those whose next attempt is due, most overdue first.
Task<std::vector<OrderId>> due_checkouts(sql::Transaction& transaction, Timestamp now,
                                         std::int64_t limit);

}  // namespace kontor::orders::store
