#pragma once

#include "platform/service/service.hpp"
#include "services/payments/ledger_store.hpp"
#include "services/payments/operation_store.hpp"
#include "services/payments/provider.hpp"
#include "services/payments/store.hpp"
#include "services/payments/transfer_store.hpp"

/// How payments change: the row, its postings and its event, in the caller's transaction. Nothing
/// else writes to payments or to the ledger. What the provider has to do is recorded here as an
/// operation, and done later, outside of any transaction (clearing.hpp).
namespace kontor::payments::books {

/// Who changes payments.
struct Books {
    sql::Transaction& transaction;
    const Context& context;
    events::Outbox& outbox;
    IdSource& ids;
    Timestamp now;
};

/// Runs `body`, which gets Books, in a transaction of this service.
template <class Body>
auto in_books(const Host& host, Context context, Body body) -> std::invoke_result_t<Body&, Books> {
    co_return co_await host.database.write(context, [&](sql::Transaction& transaction) {
        return body(Books{transaction, context, host.outbox, host.ids, host.clock.now()});
    });
}

/// A payment, and the operation that the provider is to be asked for; 0: none.
struct Asked {
    Payment payment;
    OperationId operation{};
};

/// Opens a payment, or answers the one that is open. Refuses: `amount_differs`.
Task<Result<Asked>> open(Books books, const OpenPayment& wanted);
Task<Result<Asked>> capture(Books books, Payment payment, const CapturePayment& wanted);
Task<Result<Asked>> refund(Books books, Payment payment, const RefundPayment& wanted);
/// A payment of which nothing can be given up stays as it is.
Task<Asked> cancel(Books books, Payment payment);
/// Ends a payment that was not made in time.
Task<Asked> expire(Books books, Payment payment);

/// Books what the provider did. `intent`: what it said then, if it said it to us.
Task<Payment> carry_out(Books books, Payment payment, const store::Operation& operation,
                        const Intent* intent);
/// Books what the provider refused for good.
Task<Payment> give_up(Books books, Payment payment, const store::Operation& operation);
/// Settles an operation as somebody says who has looked. Refuses: `conflict`, `not_found`.
Task<Result<Asked>> resolve(Books books, const ResolveOperation& wanted);
/// Takes over what the provider says of a payment, and says when to ask again.
Task<Payment> take_over(Books books, Payment payment, const Intent& intent);

/// Books a transfer to the payment that its text means, else as unmatched; one that was booked
/// before is answered as it is. Refuses: `key_reused`.
struct Received {
    Transfer transfer;
    bool is_new = true;
};
Task<Result<Received>> receive(Books books, const ReceiveTransfer& wanted);
/// Books an unmatched transfer to that payment. Refuses: `assigned_already`, `invalid`.
Task<Result<Transfer>> assign(Books books, Payment payment, Transfer transfer);

}  // namespace kontor::payments::books
