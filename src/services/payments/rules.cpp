#include "services/payments/rules.hpp"

#include <algorithm>
#include <stdexcept>

namespace kontor::payments {

namespace {

// Enough for a transfer from another country and a weekend on both sides.
constexpr auto transfer_time = std::chrono::hours(14 * 24);

// Long enough for a shopper who comes back in the evening.
constexpr auto shopper_time = std::chrono::hours(24);

// How long card schemes hold money by default.
// https://docs.stripe.com/payments/place-a-hold-on-a-payment-method
constexpr auto hold_time = std::chrono::hours(7 * 24);

// An order's number is eleven digits (orders, order_number), and payers run words together.
constexpr std::size_t order_number_length = 11;

void move_to(Payment& payment, Status status) {
    if (payment.status == status) {
        return;
    }
    if (!may_become(payment.status, status)) {
        throw std::logic_error(fmt::format("a payment that is {} cannot become {}",
                                           describe::enum_text(payment.status),
                                           describe::enum_text(status)));
    }
    payment.status = status;
}

/// Posts `amount`, unless it is nothing.
void post(std::vector<Posting>& postings, Account debit, Account credit, Money amount) {
    if (amount.minor_units > 0) {
        postings.push_back({debit, credit, amount});
    }
}

std::optional<Refusal> fault_of(const Payment& payment, Money amount) {
    if (amount.currency != payment.amount.currency) {
        return refusal(refusals::invalid, "amount {}: must be in {}", to_text(amount),
                       payment.amount.currency.view());
    }
    if (amount.minor_units <= 0) {
        return refusal(refusals::invalid, "amount {}: must be more than 0", to_text(amount));
    }
    return std::nullopt;
}

/// Ends a payment of which all is captured, and paid unless it is by invoice.
void settle(Payment& payment, Money receivable) {
    if (payment.status == Status::authorized && payment.captured == payment.authorized &&
        receivable.minor_units == 0) {
        move_to(payment, Status::paid);
    }
}

/// Nothing more will be captured; what was transferred ahead is owed back.
Booking given_up(Payment payment, const Balances& balances, Status nothing_captured) {
    Booking booking{std::move(payment), {}};
    auto& after = booking.payment;
    post(booking.postings, Account::deposits, Account::repayable, balances.deposits);
    after.authorized = after.captured;
    after.redirect_url.reset();
    after.expires_at.reset();
    if (after.captured.minor_units == 0) {
        move_to(after, nothing_captured);
    } else {
        settle(after, balances.receivable);
    }
    return booking;
}

/// Where money comes from that no transfer brought: the card, or whoever owes the invoice.
Account source_of(const Payment& payment) {
    return payment.method == Method::card ? Account::clearing : Account::receivable;
}

}  // namespace

bool can_give_up(const Payment& payment) {
    return !is_dead(payment.status) && payment.status != Status::paid &&
           (payment.status != Status::authorized || payment.captured < payment.authorized);
}

Payment opened(PaymentId id, const OpenPayment& wanted, Timestamp now) {
    const Money none{0, wanted.amount.currency};
    Payment payment{.id = id,
                    .order = wanted.order,
                    .method = wanted.method,
                    .status = status_when_opened(wanted.method),
                    .amount = wanted.amount,
                    .authorized = none,
                    .captured = none,
                    .refunded = none,
                    .received = none,
                    .reference = wanted.reference,
                    .redirect_url = {},
                    .failure = {},
                    .expires_at = {},
                    .created_at = now};
    if (payment.status == Status::authorized) {
        payment.authorized = payment.amount;
    } else {
        payment.expires_at = now + (payment.method == Method::card ? shopper_time : transfer_time);
    }
    return payment;
}

std::optional<Refusal> capture_fault(const Payment& payment, const Pending& pending, Money amount) {
    if (auto fault = fault_of(payment, amount)) {
        return fault;
    }
    if (pending.cancelling ||
        (payment.status != Status::authorized && payment.status != Status::paid)) {
        return refusal(
            refused::not_authorized, "the payment of order {} is {}: nothing of it can be captured",
            payment.order,
            pending.cancelling ? "being cancelled" : describe::enum_text(payment.status));
    }
    if (const auto left = payment.authorized - payment.captured - pending.captures; amount > left) {
        return refusal(refused::amount_too_large, "amount {}: only {} is left to capture",
                       to_text(amount), to_text(left));
    }
    return std::nullopt;
}

Booking captured(Payment payment, const Balances& balances, Money amount) {
    Booking booking{std::move(payment), {}};
    const auto from_deposits = std::min(amount, balances.deposits);
    const auto rest = amount - from_deposits;
    const bool is_owed = source_of(booking.payment) == Account::receivable;
    post(booking.postings, Account::deposits, Account::sales, from_deposits);
    post(booking.postings, source_of(booking.payment), Account::sales, rest);
    booking.payment.captured += amount;
    settle(booking.payment, is_owed ? balances.receivable + rest : balances.receivable);
    return booking;
}

std::optional<Refusal> refund_fault(const Payment& payment, const Pending& pending, Money amount) {
    if (auto fault = fault_of(payment, amount)) {
        return fault;
    }
    if (const auto left = payment.captured - payment.refunded - pending.refunds; amount > left) {
        return refusal(refused::amount_too_large, "amount {}: only {} is left to refund",
                       to_text(amount), to_text(left));
    }
    return std::nullopt;
}

Booking refunded(Payment payment, const Balances& balances, Money amount) {
    Booking booking{std::move(payment), {}};
    const auto not_owed_any_more = std::min(amount, balances.receivable);
    const auto back_to =
        booking.payment.method == Method::card ? Account::clearing : Account::repayable;
    post(booking.postings, Account::refunds, Account::receivable, not_owed_any_more);
    post(booking.postings, Account::refunds, back_to, amount - not_owed_any_more);
    booking.payment.refunded += amount;
    settle(booking.payment, balances.receivable - not_owed_any_more);
    return booking;
}

Payment authorized(Payment payment, Timestamp now) {
    move_to(payment, Status::authorized);
    payment.authorized = payment.amount;
    payment.redirect_url.reset();
    payment.expires_at = now + hold_time;
    return payment;
}

Booking cancelled(Payment payment, const Balances& balances) {
    if (!can_give_up(payment)) {
        return {std::move(payment), {}};
    }
    return given_up(std::move(payment), balances, Status::cancelled);
}

Booking failed(Payment payment, const Balances& balances, std::string reason) {
    if (!can_give_up(payment)) {
        return {std::move(payment), {}};
    }
    payment.failure = std::move(reason);
    return given_up(std::move(payment), balances, Status::failed);
}

Booking received(Payment payment, const Balances& balances, Money amount) {
    Booking booking{std::move(payment), {}};
    auto& after = booking.payment;
    const Money none{0, amount.currency};
    const auto wanted = is_dead(after.status)                       ? none
                        : after.status == Status::awaiting_transfer ? after.amount
                                                                    : after.authorized;
    const auto settles = std::min(amount, balances.receivable);
    const auto room = std::max(none, wanted - after.captured - balances.deposits);
    const auto ahead = std::min(amount - settles, room);
    post(booking.postings, Account::bank, Account::receivable, settles);
    post(booking.postings, Account::bank, Account::deposits, ahead);
    post(booking.postings, Account::bank, Account::repayable, amount - settles - ahead);
    after.received += amount;
    if (after.status == Status::awaiting_transfer && balances.deposits + ahead == after.amount) {
        move_to(after, Status::authorized);
        after.authorized = after.amount;
        after.expires_at.reset();
    }
    settle(after, balances.receivable - settles);
    return booking;
}

std::string reference_key(std::string_view reference) {
    std::string key;
    for (const char c : reference) {
        if (c >= 'a' && c <= 'z') {
            key.push_back(static_cast<char>(c - 'a' + 'A'));
        } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            key.push_back(c);
        }
    }
    return key;
}

std::vector<std::string> possible_references(std::string_view text) {
    const auto whole = reference_key(text);
    std::vector<std::string> keys{whole};
    for (std::size_t i = 0; i + order_number_length < whole.size() + 1; ++i) {
        keys.push_back(whole.substr(i, order_number_length));
    }
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find_first_of(" \t\r\n,;:", begin), text.size());
        keys.push_back(reference_key(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    std::ranges::sort(keys);
    keys.erase(std::ranges::unique(keys).begin(), keys.end());
    std::erase(keys, "");
    return keys;
}

}  // namespace kontor::payments
