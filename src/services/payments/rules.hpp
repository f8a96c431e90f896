#pragma once

#include <array>
#include <vector>

#include "services/payments/api.hpp"

/// What may become of a payment, and how that is posted. Pure: whoever calls stores both.
namespace kontor::payments {

/// How a payment moves on; what is not here does not happen.
inline constexpr std::array<std::pair<Status, Status>, 9> transitions{{
    {Status::requires_action, Status::authorized},
    {Status::requires_action, Status::cancelled},
    {Status::requires_action, Status::failed},
    {Status::awaiting_transfer, Status::authorized},
    {Status::awaiting_transfer, Status::cancelled},
    {Status::awaiting_transfer, Status::failed},
    {Status::authorized, Status::paid},
    {Status::authorized, Status::cancelled},
    {Status::authorized, Status::failed},
}};

constexpr bool may_become(Status from, Status to) {
    for (const auto& [known_from, known_to] : transitions) {
        if (known_from == from && known_to == to) {
            return true;
        }
    }
    return false;
}

/// Why a payment failed that its shopper did not make in time.
inline constexpr std::string_view expired = "expired";

/// Nothing was captured, nor will be.
constexpr bool is_dead(Status status) {
    return status == Status::cancelled || status == Status::failed;
}

/// `amount` is debited to one account and credited to another.
struct Posting {
    Account debit = Account::bank;
    Account credit = Account::sales;
    Money amount;
    bool operator==(const Posting&) const = default;
};

/// What the postings of one payment come to.
struct Balances {
    Money receivable;  ///< Owed by the customer.
    Money deposits;    ///< Transferred ahead.
};

/// A payment as it is to be, and what is to be posted with it.
struct Booking {
    Payment payment;
    std::vector<Posting> postings;
};

/// What was asked of the provider, and not answered yet.
struct Pending {
    Money captures;
    Money refunds;
    bool cancelling = false;
};

/// A new payment: `authorized` (invoice), `awaiting_transfer` for 14 days (prepayment) or
/// `requires_action` for a day (card).
Payment opened(PaymentId id, const OpenPayment& wanted, Timestamp now);

/// Why that much cannot be captured, or nothing: `not_authorized`, `amount_too_large`, `invalid`.
std::optional<Refusal> capture_fault(const Payment& payment, const Pending& pending, Money amount);
/// `amount`: without a fault.
Booking captured(Payment payment, const Balances& balances, Money amount);

/// Why that much cannot be refunded, or nothing: `amount_too_large`, `invalid`.
std::optional<Refusal> refund_fault(const Payment& payment, const Pending& pending, Money amount);
/// `amount`: without a fault.
Booking refunded(Payment payment, const Balances& balances, Money amount);

/// The provider holds the money, for 7 days.
Payment authorized(Payment payment, Timestamp now);

/// Whether there is anything left to give up.
bool can_give_up(const Payment& payment);
/// A payment of which nothing can be given up stays as it is.
Booking cancelled(Payment payment, const Balances& balances);

/// `amount`: in the payment's currency, more than 0.
Booking received(Payment payment, const Balances& balances, Money amount);

/// The shopper did not pay in time, or never will.
Booking failed(Payment payment, const Balances& balances, std::string reason);

/// What a payer may have meant by `text`: keys to look references up by, without repetition. A
/// text has each of its words, all of it, and every stretch as long as an order's number.
std::vector<std::string> possible_references(std::string_view text);

/// A reference without what people leave out or add: letters and digits only, upper case.
std::string reference_key(std::string_view reference);

}  // namespace kontor::payments
