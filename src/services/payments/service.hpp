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

private:
    Host host_;
};

}  // namespace kontor::payments
