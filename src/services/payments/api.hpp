#pragma once

#include "platform/rpc/contract.hpp"
#include "services/payments/bank_api.hpp"
#include "services/payments/payment.hpp"
#include "services/payments/staff_api.hpp"

/// How orders are paid, and the ledger of it. Every change may be repeated: captures, refunds and
/// transfers under their callers' keys, the rest because it says what shall be.
namespace kontor::payments {

struct OpenPayment {
    std::string order;
    Method method = Method::invoice;
    Money amount;
    std::string reference;
    std::optional<std::string> return_url{};
    std::optional<std::string> attempt{};
    static constexpr auto describe() {
        using P = OpenPayment;
        return described<P>(
            "Opens the payment of an order; repeating it answers the same one.",
            field<&P::order>("The order's id.", {.min_length = 1, .max_length = 64}),
            field<&P::method>("How."), field<&P::amount>("More than 0."),
            field<&P::reference>("The order's number.", {.min_length = 1, .max_length = 35}),
            field<&P::return_url>("Where the provider's page sends the shopper afterwards.",
                                  {.max_length = 2000}),
            field<&P::attempt>("The caller's key: where the last payment failed or was cancelled, "
                               "another one opens a new payment.",
                               {.max_length = 64}));
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

struct CapturePayment {
    std::string order;
    std::string capture;
    Money amount;
    static constexpr auto describe() {
        using C = CapturePayment;
        return described<C>(
            "Takes a part of what was authorised, or all of it.",
            field<&C::order>("The order's id.", {.min_length = 1, .max_length = 64}),
            field<&C::capture>("The caller's key: a shipment's, say.",
                               {.min_length = 1, .max_length = 64}),
            field<&C::amount>("More than 0, at most what was authorised and not captured yet."));
    }
};

struct CancelPayment {
    std::string order;
    static constexpr auto describe() {
        return described<CancelPayment>(
            "Gives up what was not captured.",
            field<&CancelPayment::order>("The order's id.", {.min_length = 1, .max_length = 64}));
    }
};

struct RefundPayment {
    std::string order;
    std::string refund;
    Money amount;
    std::string reason;
    static constexpr auto describe() {
        using R = RefundPayment;
        return described<R>(
            "Gives back a part of what was captured, or all of it.",
            field<&R::order>("The order's id.", {.min_length = 1, .max_length = 64}),
            field<&R::refund>("The caller's key: a return's, say.",
                              {.min_length = 1, .max_length = 64}),
            field<&R::amount>("More than 0, at most what was captured and not refunded yet."),
            field<&R::reason>("For the books.", {.max_length = 200, .optional = true}));
    }
};

struct Notification {
    std::string payload;
    std::string signature;
    static constexpr auto describe() {
        using N = Notification;
        return described<N>(
            "What the provider tells, as it came.", field<&N::payload>("The body, byte for byte."),
            field<&N::signature>("The header Stripe-Signature.", {.max_length = 2000}));
    }
};

struct Acknowledgement {
    bool received = true;
    static constexpr auto describe() {
        return described<Acknowledgement>("It need not be told again.",
                                          field<&Acknowledgement::received>("Always true."));
    }
};

struct ListMethods {
    static constexpr auto describe() {
        return described<ListMethods>("Asks how orders can be paid.");
    }
};

struct MethodList {
    std::vector<Method> items;
    static constexpr auto describe() {
        return described<MethodList>("How orders can be paid.",
                                     field<&MethodList::items>("The methods."));
    }
};

namespace refused {
inline constexpr RefusalKind amount_differs{
    "amount_differs", 409, "The order has a payment already, of another amount or method."};
inline constexpr RefusalKind method_unavailable{"method_unavailable", 422,
                                                "Nobody takes payments of this method here."};
inline constexpr RefusalKind not_a_statement{
    "not_a_statement", 422, "The file is no camt.053 statement, or one whose sums disagree."};
inline constexpr RefusalKind assigned_already{"assigned_already", 409,
                                              "The transfer pays another order already."};
/// Final, unlike `unavailable` and `deadline_exceeded`, after which nobody knows whether it was
/// done.
inline constexpr RefusalKind provider_refused{
    "provider_refused", 409, "The payment provider refused; the message is its own code."};
inline constexpr RefusalKind bad_signature{
    "bad_signature", 400, "The signature is none of the provider's for this body, or too old."};
inline constexpr RefusalKind not_authorized{
    "not_authorized", 409, "The payment is not in a state in which money can be captured."};
inline constexpr RefusalKind amount_too_large{
    "amount_too_large", 409,
    "More than is left to capture or to refund; the message says what is."};
inline constexpr RefusalKind key_reused{
    "key_reused", 422, "This key was used before for another amount; take a new one."};
}  // namespace refused

class Payments {
public:
    virtual ~Payments() = default;
    /// Opens it `authorized` (invoice), `awaiting_transfer` (prepayment, for 14 days) or
    /// `requires_action` (card, for a day; without `redirect_url` where the provider does not
    /// answer: ask again). Where the
    /// last one of the order was cancelled or failed, another amount, method or attempt opens a new
    /// one.
    virtual Task<Result<Payment>> open(Context context, OpenPayment wanted) = 0;
    /// The order's newest payment, as it was recorded last.
    virtual Task<Result<Payment>> payment(Context context, PaymentOf wanted) = 0;
    /// The same after asking the provider, where there is one.
    virtual Task<Result<Payment>> refresh(Context context, PaymentOf wanted) = 0;
    /// What the amount is taken from: the transfer that arrived, the card, or else the invoice,
    /// which is then owed. Where the provider does not answer, `captured` is as before: the capture
    /// is recorded, goes on by itself, and its event tells when it is done; so with the two below.
    virtual Task<Result<Payment>> capture(Context context, CapturePayment wanted) = 0;
    /// Gives up what was not captured; where nothing was, the payment ends as `cancelled`. What was
    /// transferred ahead becomes repayable. Where nothing is left to give up, nothing happens.
    virtual Task<Result<Payment>> cancel(Context context, CancelPayment wanted) = 0;
    /// Goes back to the card, or lowers what an invoice still owes, and makes the rest repayable by
    /// bank transfer.
    virtual Task<Result<Payment>> refund(Context context, RefundPayment wanted) = 0;
    /// Books it to the payment whose reference the text contains, or as unmatched. It pays what is
    /// owed first, then what may still be captured; more than that is repayable.
    virtual Task<Result<Transfer>> receive(Context context, ReceiveTransfer wanted) = 0;
    /// Receives every credit that is booked in a statement; the same one again, in whatever file,
    /// counts once. A bad file books nothing.
    virtual Task<Result<StatementOutcome>> put_statement(Context context, PutStatement wanted) = 0;
    virtual Task<Result<TransferList>> transfers(Context context, ListTransfers wanted) = 0;
    /// Books an unmatched transfer to an order's payment, as `receive` would have.
    virtual Task<Result<Transfer>> assign(Context context, AssignTransfer wanted) = 0;
    /// What the provider sends to its webhook; told twice, it counts once.
    virtual Task<Result<Acknowledgement>> notify(Context context, Notification told) = 0;
    virtual Task<Result<MethodList>> methods(Context context, ListMethods wanted) = 0;
    virtual Task<Result<OperationList>> operations(Context context, ListOperations wanted) = 0;
    /// For what the provider has not answered for so long that it may have forgotten the key:
    /// somebody has looked there. Refuses `conflict` where it has an outcome by now.
    virtual Task<Result<Payment>> resolve(Context context, ResolveOperation wanted) = 0;
    /// Costs a pass over all postings.
    virtual Task<Result<Ledger>> ledger(Context context, ReadLedger wanted) = 0;

    static constexpr auto contract() {
        using namespace refused;
        return rpc::contract<Payments>(
            "payments", "How orders are paid.",
            rpc::change<&Payments::open>("Opens the payment of an order.",
                                         {amount_differs, method_unavailable, refusals::invalid}),
            rpc::read<&Payments::payment>("Answers an order's payment.", {refusals::not_found}),
            rpc::change<&Payments::refresh>("Answers an order's payment as the provider has it.",
                                            {refusals::not_found}),
            rpc::change<&Payments::capture>("Takes authorised money, once a key.",
                                            {refusals::not_found, not_authorized, amount_too_large,
                                             key_reused, provider_refused, refusals::invalid}),
            rpc::change<&Payments::cancel>("Gives up what was not captured.",
                                           {refusals::not_found, provider_refused}),
            rpc::change<&Payments::refund>("Gives captured money back, once a key.",
                                           {refusals::not_found, amount_too_large, key_reused,
                                            provider_refused, refusals::invalid}),
            rpc::change<&Payments::receive>("Books a bank transfer, once a key.",
                                            {key_reused, refusals::invalid}),
            rpc::change<&Payments::put_statement>(
                "Books the transfers of a bank's account statement.",
                {not_a_statement, refusals::malformed}),
            rpc::read<&Payments::transfers>("Lists transfers, of which those that nobody matched."),
            rpc::change<&Payments::assign>(
                "Says what a transfer is for.",
                {refusals::not_found, assigned_already, refusals::invalid}),
            rpc::change<&Payments::notify>("Takes what the payment provider tells.",
                                           {bad_signature, refusals::not_found}),
            rpc::read<&Payments::methods>("Answers how orders can be paid."),
            rpc::read<&Payments::operations>(
                "Lists what the payment provider has not answered yet."),
            rpc::change<&Payments::resolve>(
                "Says what became of an operation that the payment provider has not answered.",
                {refusals::not_found, refusals::conflict, provider_refused}),
            rpc::read<&Payments::ledger>("Answers the balances of the ledger."));
    }
};

}  // namespace kontor::payments
