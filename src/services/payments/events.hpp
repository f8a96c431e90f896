#pragma once

#include "platform/events/event.hpp"
#include "services/payments/api.hpp"

namespace kontor::payments {

/// A payment was opened or moved on.
struct PaymentChanged {
    PaymentId payment;
    std::string order;
    Status status = Status::authorized;
    static constexpr events::Type type{"payments.payment-changed", 1};
    static constexpr auto describe() {
        using P = PaymentChanged;
        return described<P>("A payment was opened or moved on.", field<&P::payment>("The payment."),
                            field<&P::order>("Its order."),
                            field<&P::status>("How far it is now."));
    }
};

}  // namespace kontor::payments
