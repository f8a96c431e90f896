#include "services/orders/service.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"
#include "platform/sql/idempotency.hpp"
#include "services/orders/events.hpp"
#include "services/orders/rules.hpp"

namespace kontor::orders {

namespace {

OrderPlaced placed_event(const Order& order, std::string reservation) {
    OrderPlaced placed{.order = order.id,
                       .number = order.number,
                       .market = order.market,
                       .cart = order.cart,
                       .lines = {},
                       .gross = order.total.gross,
                       .payment = order.payment.method,
                       .reservation = std::move(reservation)};
    for (const auto& line : order.lines) {
        placed.lines.push_back({line.sku, line.quantity});
    }
    return placed;
}

// Placings of one cart as it is that may lie so far apart that the stock held for one has expired
// before the next.
constexpr int attempts_max = 8;

static_assert(carts::lines_limit <= inventory::lines_limit, "every cart's stock can be reserved");

inventory::ReserveStock stock_for(const carts::Cart& cart, int attempt) {
    inventory::ReserveStock wanted{.reservation = reservation_of(cart, attempt), .lines = {}};
    for (const auto& line : cart.lines) {
        wanted.lines.push_back({line.sku, line.quantity, std::nullopt});
    }
    return wanted;
}

}  // namespace

/// The story of a checkout. Until `record` nothing is final: stock that was reserved for an attempt
/// that goes no further comes back when the reservation expires. After it everything follows from
/// the event (subscriptions.cpp), however often that takes.
Task<Result<Order>> LocalOrders::place(Context context, PlaceOrder wanted) {
    if (auto known = TRY(co_await placed_before(context, wanted.cart_id))) {
        co_return co_await record(std::move(context), wanted, *std::move(known), {});
    }
    const auto cart = co_await checked_cart(context, wanted);
    if (!cart) {
        // Another attempt may have placed it since: its order is the answer then.
        if (auto known = TRY(co_await placed_before(context, wanted.cart_id))) {
            co_return co_await record(std::move(context), wanted, *std::move(known), {});
        }
        co_return std::unexpected(cart.error());
    }
    auto reservation = TRY(co_await hold(context, *cart));
    store::StoredOrder order{order_of(*cart, host_.clock.now()),
                             crypto::sha256_hex(context.bearer)};
    co_return co_await record(std::move(context), wanted, std::move(order), std::move(reservation));
}

/// Reserves the cart's stock, anew where what an earlier attempt held has expired; under which key.
Task<Result<std::string>> LocalOrders::hold(Context context, const carts::Cart& cart) {
    for (int attempt = 1;; ++attempt) {
        auto held = co_await ask_.inventory.reserve(context, stock_for(cart, attempt));
        if (held) {
            co_return std::move(held->reservation);
        }
        if (held.error().code != inventory::refusals::reservation_ended.code ||
            attempt == attempts_max) {
            co_return std::unexpected(std::move(held).error());
        }
    }
}

/// The order that this cart became already, if its secret is the caller's.
Task<Result<std::optional<store::StoredOrder>>> LocalOrders::placed_before(Context context,
                                                                           carts::CartId cart) {
    const auto hash = crypto::sha256_hex(context.bearer);
    co_return co_await host_.database.read(
        context,
        [&](sql::Transaction& transaction) -> Task<Result<std::optional<store::StoredOrder>>> {
            auto known = co_await store::find_by_cart(transaction, cart);
            const bool theirs = known && known->order.market == context.market &&
                                crypto::constant_time_equal(known->secret_hash, hash);
            if (known && !theirs) {
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
                                        store::StoredOrder order, std::string reservation) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Order>> {
            co_return co_await sql::idempotent<Order>(
                transaction, context, "orders.place", to_json(wanted), host_.clock.now(),
                [&]() -> Task<Result<Order>> {
                    if (!co_await store::add(transaction, order)) {
                        auto known = co_await store::find_by_cart(transaction, wanted.cart_id);
                        co_return std::move(known->order);
                    }
                    host_.outbox.publish(transaction, context,
                                         placed_event(order.order, reservation),
                                         to_text(order.order.id), 1);
                    co_return order.order;
                });
        });
}

Task<Result<store::StoredOrder>> LocalOrders::find(Context context, OrderId order) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<store::StoredOrder>> {
            auto found = co_await store::find(transaction, order);
            if (!found) {
                co_return refuse(refusals::not_found, "there is no order {} that you may see",
                                 to_text(order));
            }
            co_return *std::move(found);
        });
}

Task<Result<Order>> LocalOrders::order(Context context, OrderKey wanted) {
    if (context.bearer.empty()) {
        co_return refuse(refusals::unauthorized,
                         "an order opens with the secret of its cart: Authorization: Bearer ...");
    }
    auto found = TRY(co_await find(context, wanted.order));
    const bool owner =
        crypto::constant_time_equal(found.secret_hash, crypto::sha256_hex(context.bearer));
    if (!owner || found.order.market != context.market) {
        co_return refuse(refusals::not_found, "there is no order {} that you may see",
                         to_text(wanted.order));
    }
    co_return std::move(found.order);
}

Task<Result<Order>> LocalOrders::any_order(Context context, OrderKey wanted) {
    auto found = TRY(co_await find(std::move(context), wanted.order));
    co_return std::move(found.order);
}

Task<Result<OrderList>> LocalOrders::orders(Context context, ListOrders wanted) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<OrderList>> {
            OrderList list;
            if (wanted.number) {
                if (auto found = co_await store::find_by_number(transaction, *wanted.number)) {
                    list.items.push_back(std::move(found->order));
                }
                co_return list;
            }
            const auto before = wanted.before.value_or(OrderId{INT64_MAX});
            list.items = co_await store::page(transaction, before, wanted.limit + 1);
            if (std::ssize(list.items) > wanted.limit) {
                list.items.pop_back();
                list.next = list.items.back().id;
            }
            co_return list;
        });
}

}  // namespace kontor::orders
