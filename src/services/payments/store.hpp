#pragma once

#include "platform/sql/sql.hpp"
#include "services/payments/api.hpp"

namespace kontor::payments::store {

/// The payment of that order.
Task<std::optional<Payment>> find(sql::Transaction& transaction, std::string_view order);

/// Adds a payment; false where its order has one already.
Task<bool> add(sql::Transaction& transaction, const Payment& payment);

}  // namespace kontor::payments::store
