#include "services/payments/books.hpp"

#include <algorithm>

#include "services/payments/events.hpp"

namespace kontor::payments::books {

namespace {

template <class Event>
void publish(Books books, const Payment& payment, const Event& event) {
    books.outbox.publish(books.transaction, books.context, event, to_text(payment.id),
                         static_cast<std::int64_t>(payment.version));
}

/// Stores what a rule decided; the payment with its new version.
Task<Payment> store_booking(Books books, Booking booking, store::Cause cause,
                            std::string_view reference) {
    ++booking.payment.version;
    co_await store::save(books.transaction, booking.payment);
    store::post(books.transaction, books.ids, booking.payment.id, booking.postings, cause,
                reference, books.now);
    co_return std::move(booking.payment);
}

/// Whether it was asked before; refuses another amount under the same key.
Task<Result<bool>> asked_before(Books books, PaymentId payment, store::Kind kind,
                                std::string_view key, Money amount) {
    const auto known = co_await store::find_operation(books.transaction, payment, kind, key);
    if (known && known->amount != amount.minor_units) {
        co_return refuse(refused::key_reused, "{} {}: was {} before; take a new key",
                         describe::enum_text(kind), key,
                         to_text(Money{known->amount, amount.currency}));
    }
    co_return known.has_value();
}

Task<void> note(Books books, PaymentId payment, store::Kind kind, const std::string& key,
                Money amount, const std::string& reason) {
    co_await store::add_operation(books.transaction,
                                  {.id = books.ids.next(),
                                   .payment = payment,
                                   .kind = kind,
                                   .key = key,
                                   .amount = amount.minor_units,
                                   .reason = reason},
                                  books.now);
}

/// Which of the payments that a text may mean it does mean: the only one, or the only one that this
/// amount settles.
std::optional<Payment> meant(std::vector<Payment> candidates, Money amount) {
    std::erase_if(candidates, [&](const Payment& candidate) {
        return candidate.amount.currency != amount.currency;
    });
    if (candidates.size() > 1) {
        std::erase_if(candidates, [&](const Payment& candidate) {
            return candidate.amount - candidate.received != amount;
        });
    }
    return candidates.size() == 1 ? std::optional(std::move(candidates.front())) : std::nullopt;
}

Result<Payment> opened_before(const Payment& known, const OpenPayment& wanted) {
    if (known.amount == wanted.amount && known.method == wanted.method) {
        return known;
    }
    return refuse(refused::amount_differs, "order {} is to be paid {} by {} already", wanted.order,
                  to_text(known.amount), describe::enum_text(known.method));
}

/// Whether a request means a payment that has ended, rather than a new one.
Task<bool> is_same(Books books, const Payment& ended, const OpenPayment& wanted) {
    co_return ended.amount == wanted.amount && ended.method == wanted.method &&
        co_await store::attempt(books.transaction, ended.id) == wanted.attempt.value_or("");
}

/// Books money that arrived to its payment.
Task<void> settle(Books books, const Payment& before, const ReceiveTransfer& wanted) {
    auto booking = received(before, co_await store::balances(books.transaction, before),
                            wanted.amount);
    const auto after = co_await store_booking(books, std::move(booking), store::Cause::transfer,
                                              wanted.transfer);
    co_await store::match_transfer(books.transaction, wanted.transfer, after.id);
    publish(books, after,
            TransferReceived{after.id, after.order, wanted.amount, after.received});
    if (before.status == Status::awaiting_transfer && after.status != before.status) {
        publish(books, after,
                PaymentAuthorized{after.id, after.order, after.method, after.authorized});
    }
}

}  // namespace

Task<Result<Payment>> open(Books books, const OpenPayment& wanted) {
    const auto known = co_await store::find(books.transaction, wanted.order);
    if (known && (!is_dead(known->status) || co_await is_same(books, *known, wanted))) {
        co_return opened_before(*known, wanted);
    }
    const auto payment = opened(books.ids.make<PaymentId>(), wanted, books.now);
    if (!co_await store::add(books.transaction, payment, wanted)) {
        co_return opened_before((co_await store::find(books.transaction, wanted.order)).value(),
                                wanted);
    }
    publish(books, payment,
            PaymentOpened{payment.id, payment.order, payment.method, payment.status,
                          payment.amount});
    if (payment.status == Status::authorized) {
        publish(books, payment,
                PaymentAuthorized{payment.id, payment.order, payment.method, payment.authorized});
    }
    co_return payment;
}

Task<Result<Payment>> capture(Books books, Payment payment, const CapturePayment& wanted) {
    if (TRY(co_await asked_before(books, payment.id, store::Kind::capture, wanted.capture,
                                  wanted.amount))) {
        co_return payment;
    }
    const auto balances = co_await store::balances(books.transaction, payment);
    auto booking = TRY(captured(std::move(payment), balances, wanted.amount));
    co_await note(books, booking.payment.id, store::Kind::capture, wanted.capture, wanted.amount,
                  "");
    auto after = co_await store_booking(books, std::move(booking), store::Cause::capture,
                                        wanted.capture);
    publish(books, after, PaymentCaptured{after.id, after.order, wanted.capture, wanted.amount,
                                          after.captured});
    co_return after;
}

Task<Result<Payment>> refund(Books books, Payment payment, const RefundPayment& wanted) {
    if (TRY(co_await asked_before(books, payment.id, store::Kind::refund, wanted.refund,
                                  wanted.amount))) {
        co_return payment;
    }
    const auto balances = co_await store::balances(books.transaction, payment);
    auto booking = TRY(refunded(std::move(payment), balances, wanted.amount));
    co_await note(books, booking.payment.id, store::Kind::refund, wanted.refund, wanted.amount,
                  wanted.reason);
    auto after = co_await store_booking(books, std::move(booking), store::Cause::refund,
                                        wanted.refund);
    publish(books, after,
            RefundIssued{after.id, after.order, wanted.refund, wanted.amount, after.refunded});
    co_return after;
}

Task<Payment> cancel(Books books, Payment payment) {
    const auto balances = co_await store::balances(books.transaction, payment);
    auto booking = cancelled(payment, balances);
    if (booking.payment.authorized == payment.authorized &&
        booking.payment.status == payment.status) {
        co_return payment;
    }
    auto after = co_await store_booking(books, std::move(booking), store::Cause::cancel, "");
    publish(books, after, PaymentCancelled{after.id, after.order, after.captured});
    co_return after;
}

Task<Payment> fail(Books books, Payment payment, std::string reason) {
    const auto balances = co_await store::balances(books.transaction, payment);
    auto booking = failed(payment, balances, reason);
    if (booking.payment.status == payment.status) {
        co_return payment;
    }
    auto after = co_await store_booking(books, std::move(booking), store::Cause::cancel, "");
    publish(books, after, PaymentFailed{after.id, after.order, std::move(reason)});
    co_return after;
}

Task<Transfer> receive(Books books, const ReceiveTransfer& wanted) {
    auto candidates = co_await store::find_referred(books.transaction,
                                                    possible_references(wanted.reference));
    Transfer transfer{wanted.transfer, wanted.reference, wanted.amount, {}, books.now};
    if (const auto payment = meant(std::move(candidates), wanted.amount)) {
        co_await settle(books, *payment, wanted);
        transfer.order = payment->order;
    } else {
        store::post(books.transaction, books.ids, std::nullopt,
                    {{Account::bank, Account::unmatched, wanted.amount}}, store::Cause::transfer,
                    wanted.transfer, books.now);
    }
    co_return transfer;
}

}  // namespace kontor::payments::books
