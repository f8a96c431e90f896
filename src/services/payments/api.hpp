#pragma once

#include "platform/describe/values.hpp"
#include "platform/rpc/contract.hpp"

/// How orders are paid. Two methods that need no provider so far: invoice and prepayment.
namespace kontor::payments {

struct PaymentTag {
    static constexpr std::string_view prefix = "pay";
};
using PaymentId = Id<PaymentTag>;

/// invoice: paid within 14 days of delivery. prepayment: by bank transfer, shipped once it arrived.
enum class Method { invoice, prepayment };
BOOST_DESCRIBE_ENUM(Method, invoice, prepayment)

/// authorized: the order may ship. awaiting_transfer: it waits for the money.
enum class Status { authorized, awaiting_transfer, paid, cancelled };
BOOST_DESCRIBE_ENUM(Status, authorized, awaiting_transfer, paid, cancelled)

/// An invoice is good for shipping at once; a transfer has to arrive first.
constexpr Status status_when_opened(Method method) {
    return method == Method::invoice ? Status::authorized : Status::awaiting_transfer;
}

struct Payment {
    PaymentId id;
    std::string order;
    Method method = Method::invoice;
    Status status = Status::authorized;
    Money amount;
    std::string reference;
    Timestamp created_at;
    static constexpr auto describe() {
        using P = Payment;
        return described<P>("How one order is paid.", field<&P::id>("Opaque."),
                            field<&P::order>("The order's id."), field<&P::method>("How."),
                            field<&P::status>("How far it is."),
                            field<&P::amount>("What is to be paid."),
                            field<&P::reference>("What the shopper writes on the transfer."),
                            field<&P::created_at>("Since when."));
    }
};

struct OpenPayment {
    std::string order;
    Method method = Method::invoice;
    Money amount;
    std::string reference;
    static constexpr auto describe() {
        using P = OpenPayment;
        return described<P>(
            "Opens the payment of an order; repeating it answers the same one.",
            field<&P::order>("The order's id.", {.min_length = 1, .max_length = 64}),
            field<&P::method>("How."), field<&P::amount>("More than 0."),
            field<&P::reference>("The order's number.", {.min_length = 1, .max_length = 35}));
    }
};

struct PaymentOf {
    std::string order;
    static constexpr auto describe() {
        return described<PaymentOf>(
            "Names an order's payment.",
            field<&PaymentOf::order>("The order's id.", {.min_length = 1, .max_length = 64}));
    }
};

namespace refused {
inline constexpr RefusalKind amount_differs{
    "amount_differs", 409, "The order has a payment already, of another amount or method."};
}  // namespace refused

class Payments {
public:
    virtual ~Payments() = default;
    virtual Task<Result<Payment>> open(Context context, OpenPayment wanted) = 0;
    virtual Task<Result<Payment>> payment(Context context, PaymentOf wanted) = 0;

    static constexpr auto contract() {
        return rpc::contract<Payments>(
            "payments", "How orders are paid.",
            rpc::change<&Payments::open>("Opens the payment of an order.",
                                         {refused::amount_differs}),
            rpc::read<&Payments::payment>("Answers an order's payment.", {refusals::not_found}));
    }
};

}  // namespace kontor::payments
