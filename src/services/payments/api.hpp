#pragma once

#include "platform/rpc/contract.hpp"
#include "services/payments/payment.hpp"

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

struct ReceiveTransfer {
    std::string transfer;
    std::string reference;
    Money amount;
    static constexpr auto describe() {
        using T = ReceiveTransfer;
        return described<T>(
            "Money that arrived at the bank.",
            field<&T::transfer>("The bank's own reference of it, or another key.",
                                {.min_length = 1, .max_length = 100}),
            field<&T::reference>("What the payer wrote.", {.max_length = 1000}),
            field<&T::amount>("More than 0."));
    }
};

struct Transfer {
    std::string transfer;
    std::string reference;
    Money amount;
    std::optional<std::string> order;
    Timestamp received_at;
    static constexpr auto describe() {
        using T = Transfer;
        return described<T>("Money that arrived at the bank, and what it is for.",
                            field<&T::transfer>("The key it was received under."),
                            field<&T::reference>("What the payer wrote."),
                            field<&T::amount>("How much."),
                            field<&T::order>("What it pays; absent while nobody knows."),
                            field<&T::received_at>("When it was booked here."));
    }
};

struct ReadLedger {
    static constexpr auto describe() {
        return described<ReadLedger>("Asks for the balances of all accounts.");
    }
};

struct AccountBalance {
    Account account = Account::receivable;
    Money debit;
    Money credit;
    static constexpr auto describe() {
        using B = AccountBalance;
        return described<B>("What was posted to an account in one currency.",
                            field<&B::account>("Which."), field<&B::debit>("The sum of its debits."),
                            field<&B::credit>("The sum of its credits."));
    }
};

struct PaymentTotals {
    Money captured;
    Money refunded;
    Money received;
    static constexpr auto describe() {
        using T = PaymentTotals;
        return described<T>("The sums over all payments of one currency, counted apart from the "
                            "ledger.",
                            field<&T::captured>("The account sales must be credited with this."),
                            field<&T::refunded>("The account refunds must be debited with this."),
                            field<&T::received>("The account bank must be debited with this, and "
                                                "with what is unmatched."));
    }
};

struct Ledger {
    std::vector<AccountBalance> accounts;
    std::vector<PaymentTotals> payments;
    bool agrees = true;
    static constexpr auto describe() {
        using L = Ledger;
        return described<L>(
            "The balances of one moment.",
            field<&L::accounts>("By currency and account; only those with postings."),
            field<&L::payments>("By currency."),
            field<&L::agrees>("Debits equal credits, and both equal what the payments say."));
    }
};

namespace refused {
inline constexpr RefusalKind amount_differs{
    "amount_differs", 409, "The order has a payment already, of another amount or method."};
inline constexpr RefusalKind not_authorized{
    "not_authorized", 409, "The payment is not in a state in which money can be captured."};
inline constexpr RefusalKind amount_too_large{
    "amount_too_large", 409, "More than is left to capture or to refund; the message says what is."};
inline constexpr RefusalKind key_reused{
    "key_reused", 422, "This key was used before for another amount; take a new one."};
}  // namespace refused

class Payments {
public:
    virtual ~Payments() = default;
    /// Opens it `authorized` (invoice) or `awaiting_transfer` (prepayment, for 14 days). Where the
    /// last one of the order was cancelled or failed, another amount, method or attempt opens a new
    /// one.
    virtual Task<Result<Payment>> open(Context context, OpenPayment wanted) = 0;
    /// The order's newest payment, as it was recorded last.
    virtual Task<Result<Payment>> payment(Context context, PaymentOf wanted) = 0;
    /// The same after asking the provider, where there is one.
    virtual Task<Result<Payment>> refresh(Context context, PaymentOf wanted) = 0;
    /// What the amount is taken from: the transfer that arrived, else the invoice, which is then
    /// owed.
    virtual Task<Result<Payment>> capture(Context context, CapturePayment wanted) = 0;
    /// Gives up what was not captured; where nothing was, the payment ends as `cancelled`. What was
    /// transferred ahead becomes repayable. Where nothing is left to give up, nothing happens.
    virtual Task<Result<Payment>> cancel(Context context, CancelPayment wanted) = 0;
    /// Lowers what an invoice still owes, and makes the rest repayable by bank transfer.
    virtual Task<Result<Payment>> refund(Context context, RefundPayment wanted) = 0;
    /// Books it to the payment whose reference the text contains, or as unmatched. It pays what is
    /// owed first, then what may still be captured; more than that is repayable.
    virtual Task<Result<Transfer>> receive(Context context, ReceiveTransfer wanted) = 0;
    /// Costs a pass over all postings.
    virtual Task<Result<Ledger>> ledger(Context context, ReadLedger wanted) = 0;

    static constexpr auto contract() {
        using namespace refused;
        return rpc::contract<Payments>(
            "payments", "How orders are paid.",
            rpc::change<&Payments::open>("Opens the payment of an order.",
                                         {amount_differs, refusals::invalid}),
            rpc::read<&Payments::payment>("Answers an order's payment.", {refusals::not_found}),
            rpc::change<&Payments::refresh>("Answers an order's payment as the provider has it.",
                                            {refusals::not_found}),
            rpc::change<&Payments::capture>(
                "Takes authorised money, once a key.",
                {refusals::not_found, not_authorized, amount_too_large, key_reused,
                 refusals::invalid}),
            rpc::change<&Payments::cancel>("Gives up what was not captured.",
                                           {refusals::not_found}),
            rpc::change<&Payments::refund>(
                "Gives captured money back, once a key.",
                {refusals::not_found, amount_too_large, key_reused, refusals::invalid}),
            rpc::change<&Payments::receive>("Books a bank transfer, once a key.",
                                            {key_reused, refusals::invalid}),
            rpc::read<&Payments::ledger>("Answers the balances of the ledger."));
    }
};

}  // namespace kontor::payments
