#include "services/payments/books.hpp"

#include <algorithm>

#include "services/payments/booking.hpp"

namespace kontor::payments::books {

namespace {

// Whoever asked asks the provider at once; if they die, the worker does it after this.
constexpr auto head_start = std::chrono::seconds(10);

// A payment whose shopper is at the provider's page is looked at that soon, then ever more rarely.
constexpr auto first_look = std::chrono::seconds(15);
constexpr auto look_after_hold = std::chrono::hours(1);

/// Notes what was asked; for the provider to do, where it takes the money.
Task<OperationId> note(Books books, const Payment& payment, store::Kind kind, std::string key,
                       Money amount, std::string reason = {}) {
    store::Operation operation{.id = books.ids.make<OperationId>(),
                               .payment = payment.id,
                               .kind = kind,
                               .key = std::move(key),
                               .amount = amount.minor_units,
                               .reason = std::move(reason),
                               .recorded_at = books.now};
    const bool by_provider = payment.method == Method::card;
    if (by_provider) {
        operation.status = store::Progress::recorded;
        operation.due_at = books.now + head_start;
    }
    co_await store::add_operation(books.transaction, operation);
    co_return by_provider ? operation.id : OperationId{};
}

/// What was asked before under that key, if it was; refuses another amount, and what the provider
/// has refused.
Task<Result<std::optional<store::Operation>>> asked_before(Books books, PaymentId payment,
                                                           store::Kind kind, std::string_view key,
                                                           Money amount) {
    auto known = co_await store::find_operation(books.transaction, payment, kind, key);
    if (known && known->amount != amount.minor_units) {
        co_return refuse(refused::key_reused, "{} {}: was {} before; take a new key",
                         describe::enum_text(kind), key,
                         to_text(Money{known->amount, amount.currency}));
    }
    if (known && known->status == store::Progress::refused) {
        co_return refuse(refused::provider_refused, "{}", known->failure.value_or(""));
    }
    co_return known;
}

Asked still(Payment payment, const store::Operation& operation) {
    const bool open = operation.status == store::Progress::recorded;
    return {std::move(payment), open ? operation.id : OperationId{}};
}

Task<Payment> book_capture(Books books, Payment payment, std::string_view capture, Money amount) {
    const auto balances = co_await store::balances(books.transaction, payment);
    auto after = co_await store_booking(books, captured(std::move(payment), balances, amount),
                                        store::Cause::capture, capture);
    publish(books, after,
            PaymentCaptured{after.id, after.order, std::string(capture), amount, after.captured});
    co_return after;
}

Task<Payment> book_refund(Books books, Payment payment, std::string_view refund, Money amount) {
    const auto balances = co_await store::balances(books.transaction, payment);
    auto after = co_await store_booking(books, refunded(std::move(payment), balances, amount),
                                        store::Cause::refund, refund);
    publish(books, after,
            RefundIssued{after.id, after.order, std::string(refund), amount, after.refunded});
    co_return after;
}

Task<Payment> book_cancel(Books books, Payment payment) {
    if (!can_give_up(payment)) {
        co_return payment;
    }
    const auto balances = co_await store::balances(books.transaction, payment);
    auto after = co_await store_booking(books, cancelled(std::move(payment), balances),
                                        store::Cause::cancel, "");
    publish(books, after, PaymentCancelled{after.id, after.order, after.captured});
    co_return after;
}

Task<Payment> book_failure(Books books, Payment payment, std::string reason) {
    if (!can_give_up(payment)) {
        co_return payment;
    }
    const auto balances = co_await store::balances(books.transaction, payment);
    auto after = co_await store_booking(books, failed(std::move(payment), balances, reason),
                                        store::Cause::cancel, "");
    if (is_dead(after.status)) {
        publish(books, after, PaymentFailed{after.id, after.order, std::move(reason)});
    } else {
        publish(books, after, PaymentCancelled{after.id, after.order, after.captured});
    }
    co_return after;
}

Task<Payment> book_authorization(Books books, Payment payment) {
    auto after = co_await store_change(books, authorized(std::move(payment), books.now));
    publish(books, after, PaymentAuthorized{after.id, after.order, after.method, after.authorized});
    co_return after;
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
    if (ended.amount != wanted.amount || ended.method != wanted.method) {
        co_return false;
    }
    const auto attempt = co_await store::attempt(books.transaction, ended.id);
    co_return attempt == wanted.attempt.value_or("");
}

/// A payment that was opened before, with what the provider has not done about it yet.
Task<Result<Asked>> reopened(Books books, const Payment& known, const OpenPayment& wanted) {
    auto payment = TRY(opened_before(known, wanted));
    const auto making =
        co_await store::find_operation(books.transaction, payment.id, store::Kind::authorize, "");
    co_return making ? still(std::move(payment), *making) : Asked{std::move(payment)};
}

/// Has the provider give up what it holds, once.
Task<Asked> have_cancelled(Books books, Payment payment, std::string reason) {
    const auto known =
        co_await store::find_operation(books.transaction, payment.id, store::Kind::cancel, "");
    if (known) {
        co_return still(std::move(payment), *known);
    }
    const auto operation = co_await note(books, payment, store::Kind::cancel, "",
                                         payment.amount - payment.captured, std::move(reason));
    co_return Asked{std::move(payment), operation};
}

/// When a payment is to be looked at again: one whose shopper is away after half as long as it has
/// waited already, one whose hold ends then.
std::optional<Timestamp> next_look(const Payment& payment, Timestamp now) {
    if (payment.status == Status::requires_action) {
        return now +
               std::max<std::chrono::microseconds>(first_look, (now - payment.created_at) / 2);
    }
    if (payment.status == Status::authorized && payment.expires_at) {
        return std::max(*payment.expires_at, now + look_after_hold);
    }
    return std::nullopt;
}

}  // namespace

Task<Result<Asked>> open(Books books, const OpenPayment& wanted) {
    const auto known = co_await store::find(books.transaction, wanted.order);
    if (known && (!is_dead(known->status) || co_await is_same(books, *known, wanted))) {
        co_return co_await reopened(books, *known, wanted);
    }
    const auto payment = opened(books.ids.make<PaymentId>(), wanted, books.now);
    if (!co_await store::add(books.transaction, payment, wanted)) {
        const auto other = (co_await store::find(books.transaction, wanted.order)).value();
        co_return co_await reopened(books, other, wanted);
    }
    publish(
        books, payment,
        PaymentOpened{payment.id, payment.order, payment.method, payment.status, payment.amount});
    if (payment.status == Status::authorized) {
        publish(books, payment,
                PaymentAuthorized{payment.id, payment.order, payment.method, payment.authorized});
    }
    if (payment.method != Method::card) {
        co_return Asked{payment};
    }
    co_return Asked{payment,
                    co_await note(books, payment, store::Kind::authorize, "", payment.amount)};
}

Task<Result<Asked>> capture(Books books, Payment payment, const CapturePayment& wanted) {
    if (const auto known = TRY(co_await asked_before(books, payment.id, store::Kind::capture,
                                                     wanted.capture, wanted.amount))) {
        co_return still(std::move(payment), *known);
    }
    const auto pending = co_await store::pending(books.transaction, payment);
    if (auto fault = capture_fault(payment, pending, wanted.amount)) {
        co_return std::unexpected(*std::move(fault));
    }
    const auto operation =
        co_await note(books, payment, store::Kind::capture, wanted.capture, wanted.amount);
    if (operation) {
        co_return Asked{std::move(payment), operation};
    }
    co_return Asked{
        co_await book_capture(books, std::move(payment), wanted.capture, wanted.amount)};
}

Task<Result<Asked>> refund(Books books, Payment payment, const RefundPayment& wanted) {
    if (const auto known = TRY(co_await asked_before(books, payment.id, store::Kind::refund,
                                                     wanted.refund, wanted.amount))) {
        co_return still(std::move(payment), *known);
    }
    const auto pending = co_await store::pending(books.transaction, payment);
    if (auto fault = refund_fault(payment, pending, wanted.amount)) {
        co_return std::unexpected(*std::move(fault));
    }
    const auto operation = co_await note(books, payment, store::Kind::refund, wanted.refund,
                                         wanted.amount, wanted.reason);
    if (operation) {
        co_return Asked{std::move(payment), operation};
    }
    co_return Asked{co_await book_refund(books, std::move(payment), wanted.refund, wanted.amount)};
}

Task<Asked> cancel(Books books, Payment payment) {
    if (payment.method == Method::card && can_give_up(payment)) {
        co_return co_await have_cancelled(books, std::move(payment), "cancelled");
    }
    co_return Asked{co_await book_cancel(books, std::move(payment))};
}

Task<Asked> expire(Books books, Payment payment) {
    if (payment.method != Method::card) {
        co_return Asked{co_await book_failure(books, std::move(payment), std::string(expired))};
    }
    payment.expires_at.reset();  // from here on it is up to the operation
    payment = co_await store_change(books, std::move(payment));
    co_return co_await have_cancelled(books, std::move(payment), std::string(expired));
}

Task<Payment> carry_out(Books books, Payment payment, const store::Operation& operation,
                        const Intent* intent) {
    const Money amount{operation.amount, payment.amount.currency};
    switch (operation.kind) {
        case store::Kind::authorize:
            co_await store::set_intent(books.transaction, payment.id, intent->id);
            co_return co_await take_over(books, std::move(payment), *intent);
        case store::Kind::capture:
            payment = co_await book_capture(books, std::move(payment), operation.key, amount);
            // Where the account cannot capture in parts, the provider gave up the rest.
            co_return intent != nullptr && intent->status == IntentStatus::captured
                ? co_await book_cancel(books, std::move(payment))
                : std::move(payment);
        case store::Kind::cancel:
            co_await store::set_look(books.transaction, payment.id, std::nullopt);
            co_return operation.reason == expired
                ? co_await book_failure(books, std::move(payment), operation.reason)
                : co_await book_cancel(books, std::move(payment));
        case store::Kind::refund:
            co_return co_await book_refund(books, std::move(payment), operation.key, amount);
    }
    co_return payment;
}

Task<Payment> give_up(Books books, Payment payment, const store::Operation& operation) {
    if (operation.kind == store::Kind::authorize) {
        co_return co_await book_failure(books, std::move(payment), operation.failure.value_or(""));
    }
    // It is not as we thought: the next look tells.
    co_await store::set_look(books.transaction, payment.id, books.now);
    co_return payment;
}

Task<Result<Asked>> resolve(Books books, const ResolveOperation& wanted) {
    auto operation = co_await store::find_operation(books.transaction, wanted.operation);
    if (!operation) {
        co_return refuse(refusals::not_found, "there is no operation {}",
                         to_text(wanted.operation));
    }
    auto payment = (co_await store::find(books.transaction, operation->payment)).value();
    // Again, now that the payment's lock keeps others out.
    operation = co_await store::find_operation(books.transaction, wanted.operation);
    const bool is_making = operation->kind == store::Kind::authorize;
    if (operation->status != store::Progress::recorded ||
        (is_making && wanted.resolution == Resolution::done)) {
        co_return refuse(
            refusals::conflict, "operation {}: is {}{}", to_text(wanted.operation),
            describe::enum_text(operation->status),
            is_making ? "; what was made at the provider is found by asking again" : "");
    }
    if (wanted.resolution == Resolution::ask_again) {
        operation->recorded_at = operation->due_at.emplace(books.now);
        co_await store::save_operation(books.transaction, *operation);
        co_return Asked{std::move(payment), operation->id};
    }
    const bool done = wanted.resolution == Resolution::done;
    operation->status = done ? store::Progress::done : store::Progress::refused;
    operation->due_at.reset();
    co_await store::save_operation(books.transaction, *operation);
    co_return Asked{done ? co_await carry_out(books, std::move(payment), *operation, nullptr)
                         : co_await give_up(books, std::move(payment), *operation)};
}

Task<Payment> take_over(Books books, Payment payment, const Intent& intent) {
    const bool waits = payment.status == Status::requires_action;
    const bool held =
        intent.status == IntentStatus::authorized || intent.status == IntentStatus::captured;
    if (waits && held) {
        payment = co_await book_authorization(books, std::move(payment));
    } else if (waits && intent.status == IntentStatus::failed) {
        payment = co_await book_failure(books, std::move(payment), intent.failure);
    } else if (intent.status == IntentStatus::cancelled &&
               !(co_await store::pending(books.transaction, payment)).cancelling) {
        payment = co_await book_failure(books, std::move(payment), std::string(expired));
    } else if (waits && payment.redirect_url != intent.redirect_url) {
        payment.redirect_url = intent.redirect_url;
        payment = co_await store_change(books, std::move(payment));
    }
    co_await store::set_look(books.transaction, payment.id, next_look(payment, books.now));
    co_return payment;
}

}  // namespace kontor::payments::books
