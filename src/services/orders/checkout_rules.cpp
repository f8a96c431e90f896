#include "services/orders/checkout_rules.hpp"

#include <algorithm>

namespace kontor::orders {

namespace {

void record(std::vector<Compensation>& to_undo, Compensation compensation) {
    if (std::ranges::find(to_undo, compensation) == to_undo.end()) {
        to_undo.push_back(compensation);
    }
}

std::string reservation_key(const Checkout& checkout) {
    return fmt::format("{}.{}.{}", to_text(checkout.id), checkout.cart_version, checkout.version);
}

}  // namespace

bool needs_shopper(const carts::Cart& cart) {
    return cart.total.gross.minor_units > 0 &&
           payments::status_when_opened(cart.payment->method) == payments::Status::requires_action;
}

bool has_ended(const Checkout& checkout) {
    return checkout.step == CheckoutStep::placed || checkout.step == CheckoutStep::failed;
}

std::int64_t next_attempt(const std::optional<Checkout>& before) {
    return before ? before->attempt + 1 : 1;
}

Checkout checkout_of(const Order& draft, std::uint64_t cart_version,
                     const std::optional<Checkout>& before, std::optional<std::string> return_url,
                     Timestamp now) {
    Checkout checkout{.id = draft.id,
                      .version = before ? before->version + 1 : 1,
                      .step = CheckoutStep::reserving,
                      .market = draft.market,
                      .cart = draft.cart,
                      .cart_version = cart_version,
                      .attempt = next_attempt(before),
                      .reservation = {},
                      .payment_key = payment_key(draft.id, next_attempt(before)),
                      .return_url = std::move(return_url),
                      .redirect_url = std::nullopt,
                      .to_undo = {Compensation::release_stock},
                      .failure = std::nullopt,
                      .failure_message = std::nullopt,
                      .tries = 0,
                      .last_error = std::nullopt,
                      .started_at = now,
                      .expires_at = now + shopper_time_max,
                      .next_attempt_at = now + step_time_max};
    checkout.reservation = reservation_key(checkout);
    return checkout;
}

Checkout reserving_anew(Checkout checkout) {
    checkout.reservation = reservation_key(checkout);
    return on_to(CheckoutStep::reserving, std::move(checkout));
}

Checkout on_to(CheckoutStep step, Checkout checkout) {
    checkout.step = step;
    if (step == CheckoutStep::authorizing) {
        record(checkout.to_undo, Compensation::cancel_payment);
    }
    return checkout;
}

Checkout judged(Checkout checkout, const payments::Payment& payment, Timestamp now) {
    switch (payment.status) {
        case payments::Status::authorized:
        case payments::Status::paid:
            return on_to(CheckoutStep::placing, std::move(checkout));
        case payments::Status::cancelled:
        case payments::Status::failed:
            return undoing(std::move(checkout), "payment_failed",
                           payment.failure.value_or("it was cancelled"));
        default:
            break;
    }
    checkout.redirect_url = payment.redirect_url;
    if (payment.expires_at) {
        checkout.expires_at = std::min(checkout.expires_at, *payment.expires_at);
    }
    if (now >= checkout.expires_at) {
        return undoing(std::move(checkout), "payment_failed", "it was not confirmed in time");
    }
    return on_to(CheckoutStep::awaiting_shopper, std::move(checkout));
}

Checkout undoing(Checkout checkout, std::string_view code, std::string_view message) {
    checkout.step = CheckoutStep::undoing;
    checkout.failure = code;
    checkout.failure_message = message;
    checkout.redirect_url.reset();
    return checkout;
}

std::chrono::microseconds backoff(std::int64_t tries) {
    return std::chrono::seconds(
        std::min<std::int64_t>(60, std::int64_t{1} << std::min<std::int64_t>(tries, 6)));
}

std::string payment_key(OrderId order, std::int64_t attempt) {
    return attempt == 1 ? to_text(order) : fmt::format("{}.{}", to_text(order), attempt);
}

Order placed(Order draft, Timestamp now) {
    draft.status = OrderStatus::placed;
    draft.payment.status = payments::Status::authorized;
    draft.placed_at = now;
    draft.timeline.front().at = now;
    return draft;
}

Order not_placed(Order draft, const Checkout& checkout) {
    const bool failed =
        checkout.step == CheckoutStep::undoing || checkout.step == CheckoutStep::failed;
    draft.status = failed ? OrderStatus::failed : OrderStatus::awaiting_authorization;
    draft.payment.status = failed ? payments::Status::failed : payments::Status::requires_action;
    draft.payment.redirect_url = checkout.redirect_url;
    draft.timeline.clear();
    return draft;
}

Refusal failure_of(const Checkout& checkout) {
    const auto message = checkout.failure_message.value_or("");
    if (checkout.failure == refused::out_of_stock.code) {
        return refusal(refused::out_of_stock, "{}", message);
    }
    return refusal(refused::payment_failed, "the payment of this cart came to nothing: {}",
                   message);
}

}  // namespace kontor::orders
