#include "services/orders/checkouts.hpp"

#include <ranges>

#include "platform/async/loop.hpp"
#include "services/orders/checkout_rules.hpp"
#include "services/orders/facts.hpp"
#include "services/orders/holds.hpp"

namespace kontor::orders {

namespace {

using store::StoredCheckout;

constexpr std::int64_t taken_up_at_once = 64;
constexpr auto worker_time_max = std::chrono::seconds(20);

/// Calls of other services are the checkout's own: no shopper's key or secret goes with them.
Context own(const Context& context, const Checkout& checkout) {
    return {.deadline = context.deadline,
            .trace = context.trace,
            .principal = {Principal::Kind::service, 0},
            .market = checkout.market};
}

/// What will pass by itself is tried again; anything else is an answer.
bool passes(const Refusal& refusal) {
    return refusal.status >= 500;
}

bool is(const Refusal& refusal, const RefusalKind& kind) {
    return refusal.code == kind.code;
}

}  // namespace

Task<Result<StoredCheckout>> Checkouts::find(Context context, OrderId order) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<StoredCheckout>> {
            auto found = co_await store::find_checkout(transaction, order);
            if (!found) {
                co_return refuse(refusals::not_found, "there is no checkout {}", to_text(order));
            }
            co_return *std::move(found);
        });
}

Task<Result<StoredCheckout>> Checkouts::begin(Context context, StoredCheckout wanted) {
    co_return co_await host_.database.write(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<StoredCheckout>> {
            if (co_await store::claim(transaction, wanted)) {
                co_return wanted;
            }
            co_return (co_await store::find_checkout(transaction, wanted.checkout.id)).value();
        });
}

Task<Result<StoredCheckout>> Checkouts::go_on(Context context, StoredCheckout saga) {
    while (!has_ended(saga.checkout)) {
        const bool waited = saga.checkout.step == CheckoutStep::awaiting_shopper;
        auto next = co_await next_step(own(context, saga.checkout), saga);
        if (!next) {
            co_await postpone(context, std::move(saga), next.error());
            co_return std::unexpected(std::move(next).error());
        }
        const auto saved = co_await save(context, saga, *std::move(next));
        if (!saved && is(saved.error(), refusals::conflict)) {  // somebody else went on with it
            saga = TRY(co_await find(context, saga.checkout.id));
            continue;
        }
        TRY(saved);
        if (waited && saga.checkout.step == CheckoutStep::awaiting_shopper) {
            break;
        }
    }
    co_return saga;
}

Checkouts::Next Checkouts::next_step(Context context, const StoredCheckout& saga) {
    switch (saga.checkout.step) {
        case CheckoutStep::reserving:
            return reserve(std::move(context), saga);
        case CheckoutStep::authorizing:
            return authorize(std::move(context), saga);
        case CheckoutStep::awaiting_shopper:
            return await_shopper(std::move(context), saga);
        case CheckoutStep::placing:
            return place(std::move(context), saga);
        default:
            return undo(std::move(context), saga);
    }
}

Checkouts::Next Checkouts::reserve(Context context, const StoredCheckout& saga) {
    const auto& checkout = saga.checkout;
    const auto held = co_await inventory_.reserve(
        context, holds::stock_for(checkout.reservation, saga.draft.lines, holds::lasting_s));
    if (held) {
        co_return on_to(CheckoutStep::authorizing, checkout);
    }
    if (passes(held.error())) {
        co_return std::unexpected(held.error());
    }
    if (holds::has_ended(held)) {
        co_return reserving_anew(checkout);
    }
    co_return undoing(checkout, held.error().code, held.error().message);
}

Checkouts::Next Checkouts::authorize(Context context, const StoredCheckout& saga) {
    const auto& checkout = saga.checkout;
    const auto payment = co_await payments_.open(context, {.order = checkout.payment_key,
                                                           .method = saga.draft.payment.method,
                                                           .amount = saga.draft.total.gross,
                                                           .reference = saga.draft.number,
                                                           .return_url = checkout.return_url});
    if (!payment && passes(payment.error())) {
        co_return std::unexpected(payment.error());
    }
    if (!payment) {
        co_return undoing(checkout, payment.error().code, payment.error().message);
    }
    co_return judged(checkout, *payment, host_.clock.now());
}

Checkouts::Next Checkouts::await_shopper(Context context, const StoredCheckout& saga) {
    const auto& checkout = saga.checkout;
    const auto payment = TRY(co_await payments_.refresh(context, {checkout.payment_key}));
    auto next = judged(checkout, payment, host_.clock.now());
    if (next.step == CheckoutStep::awaiting_shopper) {
        // One that has ended meanwhile is held anew before the order is placed.
        co_await inventory_.extend(context, {checkout.reservation, holds::lasting_s});
    }
    co_return next;
}

Checkouts::Next Checkouts::place(Context context, const StoredCheckout& saga) {
    const auto& checkout = saga.checkout;
    const auto held = co_await inventory_.extend(context, {checkout.reservation, holds::placing_s});
    if (held) {
        co_return on_to(CheckoutStep::placed, checkout);
    }
    if (passes(held.error())) {
        co_return std::unexpected(held.error());
    }
    co_return reserving_anew(checkout);
}

Checkouts::Next Checkouts::undo(Context context, const StoredCheckout& saga) {
    for (const auto compensation : saga.checkout.to_undo | std::views::reverse) {
        if (compensation == Compensation::cancel_payment) {
            TRY(co_await cancel_payment(context, saga));
        } else {
            TRY(co_await inventory_.release(context, {.reservation = saga.checkout.reservation}));
        }
    }
    co_return on_to(CheckoutStep::failed, saga.checkout);
}

Task<Result<void>> Checkouts::cancel_payment(Context context, const StoredCheckout& saga) {
    const payments::PaymentOf key{saga.checkout.payment_key};
    const auto payment = co_await payments_.payment(context, {saga.checkout.payment_key});
    if (!payment && is(payment.error(), refusals::not_found)) {
        co_return {};
    }
    // Another method's is not this checkout's: the cart was ordered otherwise meanwhile.
    if (TRY(payment).method == saga.draft.payment.method) {
        TRY(co_await payments_.cancel(context, {saga.checkout.payment_key}));
    }
    co_return {};
}

/// Stores a step; with the last one the order and its event, the pivot.
Task<Result<void>> Checkouts::save(Context context, StoredCheckout& saga, Checkout next) {
    const auto now = host_.clock.now();
    next.version = saga.checkout.version + 1;
    next.tries = 0;
    next.last_error.reset();
    next.next_attempt_at = now + (next.step == CheckoutStep::awaiting_shopper
                                      ? std::chrono::microseconds(poll_interval)
                                      : std::chrono::microseconds(step_time_max));
    saga.checkout = TRY(co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Checkout>> {
            auto step = next;
            const store::StoredOrder order{placed(saga.draft, now), saga.secret_hash,
                                           Handles{next.reservation, next.payment_key}};
            const bool pivot = step.step == CheckoutStep::placed;
            const bool is_order = pivot && co_await store::add(transaction, order);
            if (pivot && !is_order) {
                step = undoing(step, "cart_changed", "the cart was ordered otherwise");
            }
            if (!co_await store::advance(transaction, step)) {
                co_return refuse(refusals::conflict, "checkout {} has moved on", to_text(step.id));
            }
            if (is_order) {
                for (const auto& fact : facts::placed(order)) {
                    host_.outbox.publish(transaction, context, fact);
                }
            }
            co_return step;
        }));
    co_return {};
}

Task<void> Checkouts::postpone(Context context, StoredCheckout saga, Refusal reason) {
    auto& checkout = saga.checkout;
    ++checkout.version;
    ++checkout.tries;
    checkout.last_error = reason.message;
    checkout.next_attempt_at = host_.clock.now() + backoff(checkout.tries);
    // Where this fails too, the checkout is taken up again when its step's time is over.
    co_await host_.database.write(std::move(context),
                                  [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                                      co_return co_await store::advance(transaction, checkout);
                                  });
}

Task<Result<StoredCheckout>> Checkouts::give_up(Context context, StoredCheckout saga,
                                                std::string why) {
    while (!has_ended(saga.checkout) && saga.checkout.step != CheckoutStep::undoing) {
        const auto saved =
            co_await save(context, saga, undoing(saga.checkout, "payment_failed", why));
        if (!saved && is(saved.error(), refusals::conflict)) {
            saga = TRY(co_await find(context, saga.checkout.id));
            continue;
        }
        TRY(saved);
    }
    co_return co_await go_on(std::move(context), std::move(saga));
}

Task<std::size_t> Checkouts::take_up_due() {
    const auto due = co_await host_.database.read(
        Context{}, [&](sql::Transaction& transaction) -> Task<Result<std::vector<OrderId>>> {
            co_return co_await store::due_checkouts(transaction, host_.clock.now(),
                                                    taken_up_at_once);
        });
    std::vector<Task<bool>> tasks;
    for (const auto order : due.value_or(std::vector<OrderId>{})) {
        tasks.push_back(take_up(order));
    }
    co_return (co_await when_all(std::move(tasks))).size();
}

Task<bool> Checkouts::take_up(OrderId order) {
    const Context context{.deadline = Loop::current().now() + worker_time_max,
                          .principal = {Principal::Kind::service, 0}};
    auto saga = co_await find(context, order);
    co_return saga && (co_await go_on(context, *std::move(saga))).has_value();
}

}  // namespace kontor::orders
