#pragma once

#include "platform/sql/sql.hpp"
#include "services/payments/rules.hpp"

/// The rows of the ledger. They are added and never changed. Each function runs inside its caller's
/// transaction.
namespace kontor::payments::store {

/// Why money moved.
enum class Cause { capture, refund, cancel, transfer, match };
BOOST_DESCRIBE_ENUM(Cause, capture, refund, cancel, transfer, match)

/// Posts to the ledger. `payment`: none where nobody knows what it is for. `reference`: the key of
/// the capture, the refund or the transfer.
void post(sql::Transaction& transaction, IdSource& ids, std::optional<PaymentId> payment,
          const std::vector<Posting>& postings, Cause cause, std::string_view reference,
          Timestamp at);

/// What the postings of a payment come to.
Task<Balances> balances(sql::Transaction& transaction, const Payment& payment);

/// Everything.
Task<std::vector<AccountBalance>> account_balances(sql::Transaction& transaction);
Task<std::vector<PaymentTotals>> payment_totals(sql::Transaction& transaction);

}  // namespace kontor::payments::store
