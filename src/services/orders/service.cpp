#include "services/orders/service.hpp"

#include "platform/crypto/hash.hpp"
#include "services/orders/checkout_rules.hpp"

namespace kontor::orders {

/// The order, or while it is not placed what it is to become.
Task<Result<store::StoredOrder>> LocalOrders::find(Context context, OrderId order) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<store::StoredOrder>> {
            auto [placed, waiting] = co_await store::known_of(transaction, order);
            if (placed) {
                co_return *std::move(placed);
            }
            if (waiting) {
                auto& [checkout, draft, secret_hash] = *waiting;
                co_return store::StoredOrder{not_placed(std::move(draft), checkout),
                                             std::move(secret_hash), Handles{}};
            }
            co_return refuse(refusals::not_found, "there is no order {} that you may see",
                             to_text(order));
        });
}

Result<void> LocalOrders::with_secret(const Context& context) {
    if (context.bearer.empty()) {
        return refuse(refusals::unauthorized,
                      "an order opens with the secret of its cart: Authorization: Bearer ...");
    }
    return {};
}

bool LocalOrders::owned(const Context& context, const store::StoredOrder& stored) {
    return stored.order.market == context.market &&
           crypto::constant_time_equal(stored.secret_hash, crypto::sha256_hex(context.bearer));
}

Task<Result<Order>> LocalOrders::order(Context context, OrderKey wanted) {
    TRY(with_secret(context));
    auto found = TRY(co_await find(context, wanted.order));
    if (!owned(context, found)) {
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

Task<Result<CheckoutList>> LocalOrders::checkouts(Context context, ListCheckouts wanted) {
    const auto now = host_.clock.now();
    const auto began_before = wanted.stuck ? now + -shopper_time_max : Timestamp{INT64_MAX};
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<CheckoutList>> {
            co_return CheckoutList{
                co_await store::open_checkouts(transaction, began_before, wanted.limit)};
        });
}

Task<Result<Checkout>> LocalOrders::retry_checkout(Context context, CheckoutKey wanted) {
    auto saga = TRY(co_await checkouts_.find(context, wanted.checkout));
    co_return TRY(co_await checkouts_.go_on(std::move(context), std::move(saga))).checkout;
}

Task<Result<Checkout>> LocalOrders::abort_checkout(Context context, CheckoutKey wanted) {
    auto saga = TRY(co_await checkouts_.find(context, wanted.checkout));
    co_return TRY(
        co_await checkouts_.give_up(std::move(context), std::move(saga), "staff gave it up"))
        .checkout;
}

Task<std::chrono::microseconds> LocalOrders::oldest_checkout() {
    const auto oldest = co_await checkouts({}, {.limit = 1});
    co_return oldest && !oldest->items.empty()
        ? host_.clock.now() - oldest->items.front().started_at
        : std::chrono::microseconds{};
}

}  // namespace kontor::orders
