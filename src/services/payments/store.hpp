#pragma once

#include "platform/sql/sql.hpp"
#include "services/payments/rules.hpp"

/// The rows of payments. Each function runs inside its
/// caller's transaction. Whoever changes a payment finds it first, which locks its row.
namespace kontor::payments::store {

/// The newest payment of that order.
Task<std::optional<Payment>> read(sql::Transaction& transaction, std::string_view order);
/// The same; locks it.
Task<std::optional<Payment>> find(sql::Transaction& transaction, std::string_view order);
Task<std::optional<Payment>> read(sql::Transaction& transaction, PaymentId payment);
/// That payment; locks it.
Task<std::optional<Payment>> find(sql::Transaction& transaction, PaymentId payment);
/// The caller's key that it was opened under.
Task<std::string> attempt(sql::Transaction& transaction, PaymentId payment);
/// The newest payment of each order that one of `references` (keys) may mean.
Task<std::vector<Payment>> find_referred(sql::Transaction& transaction,
                                         const std::vector<std::string>& references);
/// At most `limit` payments that wait for their shopper longer than until `now`, the longest first.
Task<std::vector<PaymentId>> expired(sql::Transaction& transaction, Timestamp now,
                                     std::int64_t limit);

/// Adds a payment; false where its order has one that is alive.
Task<bool> add(sql::Transaction& transaction, const Payment& payment, const OpenPayment& wanted);
/// Writes what changes in a payment.
Task<void> save(sql::Transaction& transaction, const Payment& payment);

}  // namespace kontor::payments::store
