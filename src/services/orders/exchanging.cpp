#include "platform/sql/idempotency.hpp"
#include "services/orders/facts.hpp"
#include "services/orders/holds.hpp"
#include "services/orders/service.hpp"

namespace kontor::orders {

/// What keeps the goods from being there, in the words of this service.
Task<Result<void>> LocalOrders::hold_for_exchange(Context context, const ToHold& wanted) {
    context.market = wanted.market;
    const auto held = co_await hold(
        std::move(context), holds::stock_for(wanted.reservation, wanted.lines, holds::placing_s));
    if (!held && held.error().status < 500) {
        co_return refuse(refused::out_of_stock, "{}", held.error().message);
    }
    TRY(held);
    co_return {};
}

/// The goods are held before the exchange is recorded, under a key that follows from the order: who
/// repeats it after a crash finds the same hold. What is repeated under its key, or not allowed,
/// holds nothing, and gets its answer where it is decided for good.
Task<Result<Order>> LocalOrders::exchange(Context context, AgreeExchange wanted) {
    const auto now = now_by(Access::staff);
    const auto about_to = TRY(co_await host_.database.read(
        context, [&](sql::Transaction& transaction) -> Task<Result<std::optional<ToHold>>> {
            const bool repeated =
                co_await sql::key_is_known(transaction, context, "orders.exchange");
            auto stored = co_await store::find(transaction, wanted.order);
            if (!stored || repeated ||
                (context.if_match != 0 && context.if_match != stored->order.version)) {
                co_return std::nullopt;
            }
            auto& order = stored->order;
            const auto agreed = life::exchange(order, wanted, host_.ids.make<ExchangeId>(), now);
            if (!agreed) {
                co_return std::nullopt;
            }
            co_return ToHold{life::reservation_of(order, *agreed), agreed->lines, order.market};
        }));
    if (about_to) {
        TRY(co_await hold_for_exchange(context, *about_to));
    }
    co_return co_await change(
        std::move(context), Access::staff, "orders.exchange", wanted.order, to_json(wanted),
        [&](sql::Transaction&,
            store::StoredOrder& stored) -> Task<Result<std::vector<events::Fact>>> {
            const auto agreed =
                TRY(life::exchange(stored.order, wanted, host_.ids.make<ExchangeId>(), now));
            if (!about_to || life::reservation_of(stored.order, agreed) != about_to->reservation) {
                co_return refuse(refusals::conflict, "order {} has changed meanwhile; ask again",
                                 stored.order.number);
            }
            co_return facts::exchange_agreed(stored.order, agreed);
        });
}

Task<Result<Order>> LocalOrders::change_exchange(Context context, ChangeExchange wanted) {
    const auto now = now_by(Access::staff);
    co_return co_await change(
        std::move(context), Access::staff, "orders.change_exchange", wanted.order, to_json(wanted),
        [&](sql::Transaction&,
            store::StoredOrder& stored) -> Task<Result<std::vector<events::Fact>>> {
            const auto changed = TRY(life::change(stored.order, wanted, now));
            co_return facts::exchange_changed(stored.order, changed);
        });
}

}  // namespace kontor::orders
