#pragma once

#include "platform/service/service.hpp"
#include "services/payments/api.hpp"
#include "services/payments/clearing.hpp"

namespace kontor::payments {

/// Payments on this service's own records.
class LocalPayments final : public Payments {
public:
    /// `provider`, who takes cards, outlives it; null: nobody does.
    explicit LocalPayments(const Host& host, Provider* provider = nullptr);

    Task<Result<Payment>> open(Context context, OpenPayment wanted) override;
    Task<Result<Payment>> payment(Context context, PaymentOf wanted) override;
    Task<Result<Payment>> refresh(Context context, PaymentOf wanted) override;
    Task<Result<Payment>> capture(Context context, CapturePayment wanted) override;
    Task<Result<Payment>> cancel(Context context, CancelPayment wanted) override;
    Task<Result<Payment>> refund(Context context, RefundPayment wanted) override;
    Task<Result<Transfer>> receive(Context context, ReceiveTransfer wanted) override;
    Task<Result<StatementOutcome>> put_statement(Context context, PutStatement wanted) override;
    Task<Result<TransferList>> transfers(Context context, ListTransfers wanted) override;
    Task<Result<Transfer>> assign(Context context, AssignTransfer wanted) override;
    Task<Result<Acknowledgement>> notify(Context context, Notification told) override;
    Task<Result<OperationList>> operations(Context context, ListOperations wanted) override;
    Task<Result<Payment>> resolve(Context context, ResolveOperation wanted) override;
    Task<Result<MethodList>> methods(Context context, ListMethods wanted) override;
    Task<Result<Ledger>> ledger(Context context, ReadLedger wanted) override;

    /// Ends the payments that shoppers did not make in time; how many.
    Task<std::int64_t> expire_due();
    /// Does what is recorded for the provider and due.
    Task<void> clear_due();

private:
    Task<bool> expire(PaymentId payment, Timestamp now);
    /// Has the provider do what was asked for, where it takes that.
    Task<Result<Payment>> finished(Context context, Result<books::Asked> asked);

    Host host_;
    std::optional<Clearing> clearing_;
};

}  // namespace kontor::payments
