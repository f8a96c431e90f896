#pragma once

#include "platform/events/outbox.hpp"
#include "services/payments/ledger_store.hpp"
#include "services/payments/store.hpp"

/// How payments change: the row, its postings and its event, in the caller's transaction. Nothing
/// else writes to payments or to the ledger.
namespace kontor::payments::books {

/// Who changes payments.
struct Books {
    sql::Transaction& transaction;
    const Context& context;
    events::Outbox& outbox;
    IdSource& ids;
    Timestamp now;
};

/// Opens a payment, or answers the one that is open. Refuses: `amount_differs`.
Task<Result<Payment>> open(Books books, const OpenPayment& wanted);
Task<Result<Payment>> capture(Books books, Payment payment, const CapturePayment& wanted);
Task<Result<Payment>> refund(Books books, Payment payment, const RefundPayment& wanted);
/// A payment of which nothing can be given up stays as it is.
Task<Payment> cancel(Books books, Payment payment);
Task<Payment> fail(Books books, Payment payment, std::string reason);

/// Books a transfer to the payment that its text means, else as unmatched. It must be new.
Task<Transfer> receive(Books books, const ReceiveTransfer& wanted);

}  // namespace kontor::payments::books
