#pragma once

#include "platform/sql/sql.hpp"
#include "services/payments/rules.hpp"

/// The rows of payments, of what was asked of them, and of transfers. Each function runs inside its
/// caller's transaction. Whoever changes a payment finds it first, which locks its row.
namespace kontor::payments::store {

/// What callers ask for under keys of their own.
enum class Kind { capture, refund };
BOOST_DESCRIBE_ENUM(Kind, capture, refund)

/// done: it is booked.
enum class Progress { done };
BOOST_DESCRIBE_ENUM(Progress, done)

struct Operation {
    std::uint64_t id = 0;
    PaymentId payment;
    Kind kind = Kind::capture;
    std::string key;
    std::int64_t amount = 0;  ///< Minor units, in the payment's currency.
    std::string reason;
    Progress status = Progress::done;
    static constexpr auto describe() {
        using O = Operation;
        return described<O>("A row of operations.", field<&O::id>(""), field<&O::payment>(""),
                            field<&O::kind>(""), field<&O::key>(""), field<&O::amount>(""),
                            field<&O::reason>(""), field<&O::status>(""));
    }
};

/// The newest payment of that order.
Task<std::optional<Payment>> read(sql::Transaction& transaction, std::string_view order);
/// The same; locks it.
Task<std::optional<Payment>> find(sql::Transaction& transaction, std::string_view order);
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

Task<std::optional<Operation>> find_operation(sql::Transaction& transaction, PaymentId payment,
                                              Kind kind, std::string_view key);
Task<void> add_operation(sql::Transaction& transaction, const Operation& operation, Timestamp now);

/// Adds a transfer that nobody knows the purpose of; false where it is known.
Task<bool> add_transfer(sql::Transaction& transaction, std::uint64_t id,
                        const ReceiveTransfer& transfer, Timestamp now);
Task<std::optional<Transfer>> find_transfer(sql::Transaction& transaction,
                                            std::string_view transfer);
/// Says what a transfer is for.
Task<void> match_transfer(sql::Transaction& transaction, std::string_view transfer,
                          PaymentId payment);

}  // namespace kontor::payments::store
