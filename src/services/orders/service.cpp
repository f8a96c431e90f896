#include "services/orders/service.hpp"

#include "platform/crypto/hash.hpp"

namespace kontor::orders {

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

}  // namespace kontor::orders
