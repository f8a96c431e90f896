#pragma once

#include "platform/events/event.hpp"
#include "services/payments/payment.hpp"

/// What happened to payments. The aggregate is the payment; every event names its order.
namespace kontor::payments {

/// A payment was opened.
struct PaymentOpened {
    PaymentId payment;
    std::string order;
    Method method = Method::invoice;
    Status status = Status::authorized;
    Money amount;
    static constexpr events::Type type{"payments.payment-opened", 1};
    static constexpr auto describe() {
        using P = PaymentOpened;
        return described<P>("A payment was opened.", field<&P::payment>("The payment."),
                            field<&P::order>("Its order."), field<&P::method>("How it is paid."),
                            field<&P::status>("How far it was then."),
                            field<&P::amount>("What is to be paid."));
    }
};

/// The order may ship.
struct PaymentAuthorized {
    PaymentId payment;
    std::string order;
    Method method = Method::invoice;
    Money amount;
    static constexpr events::Type type{"payments.payment-authorized", 1};
    static constexpr auto describe() {
        using P = PaymentAuthorized;
        return described<P>(
            "The order may ship: it is invoiced, its transfer arrived, or its "
            "provider holds the money.",
            field<&P::payment>("The payment."), field<&P::order>("Its order."),
            field<&P::method>("How it is paid."),
            field<&P::amount>("What may be captured in all."));
    }
};

/// Money was taken for good.
struct PaymentCaptured {
    PaymentId payment;
    std::string order;
    std::string capture;
    Money amount;
    Money captured;
    static constexpr events::Type type{"payments.payment-captured", 1};
    static constexpr auto describe() {
        using P = PaymentCaptured;
        return described<P>("Money was taken for good.", field<&P::payment>("The payment."),
                            field<&P::order>("Its order."), field<&P::capture>("The caller's key."),
                            field<&P::amount>("How much."),
                            field<&P::captured>("How much in all, with this."));
    }
};

/// Nothing was captured, nor will be.
struct PaymentFailed {
    PaymentId payment;
    std::string order;
    std::string reason;
    static constexpr events::Type type{"payments.payment-failed", 1};
    static constexpr auto describe() {
        using P = PaymentFailed;
        return described<P>(
            "Nothing was captured, nor will be: the shopper did not pay in time, or "
            "the provider refused.",
            field<&P::payment>("The payment."), field<&P::order>("Its order."),
            field<&P::reason>("`expired`, or the provider's own code."));
    }
};

/// What was not captured has been given up.
struct PaymentCancelled {
    PaymentId payment;
    std::string order;
    Money captured;
    static constexpr events::Type type{"payments.payment-cancelled", 1};
    static constexpr auto describe() {
        using P = PaymentCancelled;
        return described<P>("What was not captured has been given up.",
                            field<&P::payment>("The payment."), field<&P::order>("Its order."),
                            field<&P::captured>("What was captured and stays so."));
    }
};

/// Captured money was given back.
struct RefundIssued {
    PaymentId payment;
    std::string order;
    std::string refund;
    Money amount;
    Money refunded;
    static constexpr events::Type type{"payments.refund-issued", 1};
    static constexpr auto describe() {
        using R = RefundIssued;
        return described<R>("Captured money was given back.", field<&R::payment>("The payment."),
                            field<&R::order>("Its order."), field<&R::refund>("The caller's key."),
                            field<&R::amount>("How much."),
                            field<&R::refunded>("How much in all, with this."));
    }
};

/// A bank transfer was matched with a payment.
struct TransferReceived {
    PaymentId payment;
    std::string order;
    Money amount;
    Money received;
    static constexpr events::Type type{"payments.transfer-received", 1};
    static constexpr auto describe() {
        using T = TransferReceived;
        return described<T>("A bank transfer was matched with a payment.",
                            field<&T::payment>("The payment."), field<&T::order>("Its order."),
                            field<&T::amount>("How much."),
                            field<&T::received>("How much in all, with this."));
    }
};

}  // namespace kontor::payments
