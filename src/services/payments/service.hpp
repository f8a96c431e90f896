#pragma once

#include "platform/service/service.hpp"
#include "services/payments/api.hpp"

namespace kontor::payments {

/// Payments on this service's own records.
class LocalPayments final : public Payments {
public:
    explicit LocalPayments(const Host& host) : host_(host) {}

    Task<Result<Payment>> open(Context context, OpenPayment wanted) override;
    Task<Result<Payment>> payment(Context context, PaymentOf wanted) override;
    Task<Result<Payment>> refresh(Context context, PaymentOf wanted) override;
    Task<Result<Payment>> capture(Context context, CapturePayment wanted) override;
    Task<Result<Payment>> cancel(Context context, CancelPayment wanted) override;
    Task<Result<Payment>> refund(Context context, RefundPayment wanted) override;
    Task<Result<Transfer>> receive(Context context, ReceiveTransfer wanted) override;
    Task<Result<Ledger>> ledger(Context context, ReadLedger wanted) override;

    /// Ends the payments that shoppers did not make in time; how many.
    Task<std::int64_t> expire_due();

private:
    Task<bool> expire(PaymentId payment, Timestamp now);

    Host host_;
};

}  // namespace kontor::payments
