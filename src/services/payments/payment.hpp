#pragma once

#include "platform/describe/values.hpp"

/// A payment and how far it is: what the contract (api.hpp) speaks of.
namespace kontor::payments {

struct PaymentTag {
    static constexpr std::string_view prefix = "pay";
};
using PaymentId = Id<PaymentTag>;

/// invoice: paid within 14 days of delivery. prepayment: by bank transfer, shipped once it arrived.
/// card: confirmed on the provider's page, taken as it ships.
enum class Method { invoice, prepayment, card };
BOOST_DESCRIBE_ENUM(Method, invoice, prepayment, card)

/// requires_action: the shopper has to confirm at the provider's page. awaiting_transfer: the money
/// has to arrive first. authorized: the order may ship, and what ships is captured. paid: all that
/// may be captured is, and nothing is owed. cancelled, failed: nothing was captured, nor will be.
enum class Status { requires_action, awaiting_transfer, authorized, paid, cancelled, failed };
BOOST_DESCRIBE_ENUM(Status, requires_action, awaiting_transfer, authorized, paid, cancelled, failed)

/// An invoice is good for shipping at once; a transfer has to arrive, a card to be confirmed first.
constexpr Status status_when_opened(Method method) {
    return method == Method::invoice      ? Status::authorized
           : method == Method::prepayment ? Status::awaiting_transfer
                                          : Status::requires_action;
}

struct Payment {
    PaymentId id;
    std::string order;
    std::uint64_t version = 1;
    Method method = Method::invoice;
    Status status = Status::authorized;
    Money amount;
    Money authorized;
    Money captured;
    Money refunded;
    Money received;
    std::string reference;
    std::optional<std::string> redirect_url;
    std::optional<std::string> failure;
    std::optional<Timestamp> expires_at;
    Timestamp created_at;
    static constexpr auto describe() {
        using P = Payment;
        return described<P>(
            "How one order is paid.", field<&P::id>("Opaque."), field<&P::order>("The order's id."),
            field<&P::version>("Grows by one with each change."), field<&P::method>("How."),
            field<&P::status>("How far it is."), field<&P::amount>("What is to be paid."),
            field<&P::authorized>("What may be captured in all; a cancellation lowers it to what "
                                  "was captured."),
            field<&P::captured>("What was taken for good: from the card, from the transfer that "
                                "arrived, or put on an invoice."),
            field<&P::refunded>("Of what was captured."),
            field<&P::received>("What bank transfers brought."),
            field<&P::reference>("What the shopper writes on the transfer."),
            field<&P::redirect_url>(
                "Where the shopper confirms the payment, while that is needed."),
            field<&P::failure>("Why it failed: `expired`, or the provider's own code."),
            field<&P::expires_at>("Until when the shopper may pay or the money may be captured."),
            field<&P::created_at>("Since when."));
    }
};

/// Where money is or whom it is owed. receivable: owed by customers for invoices. bank: at our
/// bank. clearing: at the provider, not paid out yet. deposits: transferred ahead and not captured.
/// repayable: owed back to customers. unmatched: arrived, and nobody knows what for. sales: what
/// was captured. refunds: what was given back of it.
enum class Account { receivable, bank, clearing, deposits, repayable, unmatched, sales, refunds };
BOOST_DESCRIBE_ENUM(Account, receivable, bank, clearing, deposits, repayable, unmatched, sales,
                    refunds)

}  // namespace kontor::payments
