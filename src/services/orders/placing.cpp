#include "services/orders/service.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/sql/idempotency.hpp"
#include "services/orders/checkout_rules.hpp"
#include "services/orders/facts.hpp"
#include "services/orders/holds.hpp"
#include "services/orders/rules.hpp"

namespace kontor::orders {

static_assert(carts::lines_limit <= inventory::lines_limit, "every cart's stock can be reserved");

/// The story of a checkout. Until the order is recorded nothing is final: what was done for an
/// attempt that goes no further is undone, or comes back when its reservation expires. After it
/// everything follows from the event (subscriptions.cpp), however often that takes.
Task<Result<Order>> LocalOrders::place(Context context, PlaceOrder wanted) {
    auto known = TRY(co_await known_of(context, wanted.cart_id));
    if (auto answer = TRY(co_await answer_of(context, wanted, known))) {
        co_return *std::move(answer);
    }
    auto cart = co_await checked_cart(context, wanted);
    if (!cart) {
        // Another attempt may have come further since: what it came to is the answer then.
        known = TRY(co_await known_of(context, wanted.cart_id));
        if (auto answer = TRY(co_await answer_of(context, wanted, known))) {
            co_return *std::move(answer);
        }
        co_return std::unexpected(std::move(cart).error());
    }
    auto checkout = std::move(known.checkout);
    const bool under_way = checkout && !has_ended(checkout->checkout);
    if (under_way) {  // the shopper has changed the cart since
        checkout =
            TRY(co_await checkouts_.give_up(context, *std::move(checkout), "the cart was changed"));
    }
    if (checkout && checkout->checkout.step == CheckoutStep::placed) {
        co_return co_await go_on(std::move(context), wanted, *std::move(checkout));
    }
    const auto before = checkout ? std::optional(checkout->checkout) : std::nullopt;
    if (needs_shopper(*cart)) {
        co_return co_await place_once_paid(std::move(context), wanted, *std::move(cart), before);
    }
    co_return co_await place_at_once(std::move(context), wanted, *std::move(cart),
                                     next_attempt(before));
}

/// What has become of the cart as the shopper saw it: its order, or the checkout under way taken
/// on.
Task<Result<std::optional<Order>>> LocalOrders::answer_of(Context context, PlaceOrder wanted,
                                                          store::Known known) {
    if (known.order) {
        co_return co_await record(std::move(context), wanted, *std::move(known.order));
    }
    if (known.checkout && !has_ended(known.checkout->checkout) &&
        known.checkout->checkout.cart_version == wanted.cart_version) {
        co_return co_await go_on(std::move(context), wanted, *std::move(known.checkout));
    }
    co_return std::nullopt;
}

/// Nobody has to confirm the payment: it is opened once the order is placed.
Task<Result<Order>> LocalOrders::place_at_once(Context context, PlaceOrder wanted, carts::Cart cart,
                                               std::int64_t attempt) {
    auto reservation = TRY(co_await hold(
        context, holds::stock_for(reservation_of(cart), cart.lines, holds::placing_s)));
    store::StoredOrder order{
        order_of(cart, host_.clock.now()), crypto::sha256_hex(context.bearer),
        Handles{std::move(reservation), payment_key(order_id_of(cart.id), attempt)}};
    co_return co_await record(std::move(context), wanted, std::move(order));
}

/// The shopper has to confirm the payment, which may take minutes: step by step (checkouts.cpp).
Task<Result<Order>> LocalOrders::place_once_paid(Context context, PlaceOrder wanted,
                                                 carts::Cart cart, std::optional<Checkout> before) {
    if (!wanted.return_url) {
        co_return refuse(refusals::invalid,
                         "return_url: needed where the shopper confirms the payment elsewhere");
    }
    const auto now = host_.clock.now();
    auto draft = order_of(cart, now);
    auto checkout = checkout_of(draft, cart.version, before, wanted.return_url, now);
    auto saga = TRY(co_await checkouts_.begin(
        context, {std::move(checkout), std::move(draft), crypto::sha256_hex(context.bearer)}));
    co_return co_await go_on(std::move(context), wanted, std::move(saga));
}

/// Takes the checkout on: the answer is the order, what the shopper has to do, or why it failed.
Task<Result<Order>> LocalOrders::go_on(Context context, PlaceOrder wanted,
                                       store::StoredCheckout saga) {
    saga = TRY(co_await checkouts_.go_on(context, std::move(saga)));
    if (saga.checkout.step == CheckoutStep::placed) {
        auto order = TRY(co_await find(context, saga.checkout.id));
        co_return co_await record(std::move(context), wanted, std::move(order));
    }
    if (saga.checkout.step == CheckoutStep::failed) {
        co_return std::unexpected(failure_of(saga.checkout));
    }
    co_return not_placed(std::move(saga.draft), saga.checkout);
}

Task<Result<std::string>> LocalOrders::hold(Context context, inventory::ReserveStock wanted) {
    auto held = TRY(co_await holds::under_live_key(
        wanted.reservation, [&](std::string key) -> Task<Result<inventory::Reservation>> {
            wanted.reservation = key;
            auto reservation = TRY(co_await ask_.inventory.reserve(context, wanted));
            const auto left = reservation.expires_at - host_.clock.now();
            if (left > std::chrono::seconds(holds::placing_min_s)) {
                co_return reservation;
            }
            co_return co_await ask_.inventory.extend(context,
                                                     {std::move(key), wanted.expires_in_s});
        }));
    co_return std::move(held.reservation);
}

/// What has become of this cart so far, if its secret is the caller's.
Task<Result<store::Known>> LocalOrders::known_of(Context context, carts::CartId cart) {
    const auto hash = crypto::sha256_hex(context.bearer);
    co_return co_await host_.database.read(
        context, [&](sql::Transaction& transaction) -> Task<Result<store::Known>> {
            auto known = co_await store::known_of(transaction, order_id_of(cart));
            const auto theirs = [&](const auto& stored, const Order& order) {
                return order.market == context.market &&
                       crypto::constant_time_equal(stored.secret_hash, hash);
            };
            if ((known.order && !theirs(*known.order, known.order->order)) ||
                (known.checkout && !theirs(*known.checkout, known.checkout->draft))) {
                co_return refuse(refusals::not_found, "this secret opens no cart {}",
                                 to_text(cart));
            }
            co_return known;
        });
}

/// The cart as the shopper saw it, whole, at prices that hold.
Task<Result<carts::Cart>> LocalOrders::checked_cart(Context context, PlaceOrder wanted) {
    auto cart = TRY(co_await ask_.carts.cart(context, {wanted.cart_id}));
    if (auto fault = placing_fault(cart, wanted.cart_version)) {
        co_return std::unexpected(*std::move(fault));
    }
    std::vector<std::string> skus;
    for (const auto& line : cart.lines) {
        skus.push_back(line.sku);
    }
    const auto quotes = TRY(co_await ask_.pricing.quote(context, {skus}));
    const auto offers = TRY(co_await ask_.discovery.offers(context, {std::move(skus)}));
    if (auto fault = price_fault(cart, quotes, offers)) {
        co_return std::unexpected(*std::move(fault));
    }
    co_return cart;
}

/// The pivot: the order, its event and the reply under the idempotency key, or none of them.
Task<Result<Order>> LocalOrders::record(Context context, PlaceOrder wanted,
                                        store::StoredOrder order) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Order>> {
            co_return co_await sql::idempotent<Order>(
                transaction, context, "orders.place", to_json(wanted), host_.clock.now(),
                [&]() -> Task<Result<Order>> {
                    if (!co_await store::add(transaction, order)) {
                        auto known = co_await store::find(transaction, order.order.id);
                        co_return std::move(known->order);
                    }
                    for (const auto& fact : facts::placed(order)) {
                        host_.outbox.publish(transaction, context, fact);
                    }
                    co_return order.order;
                });
        });
}

}  // namespace kontor::orders
