#include "services/orders/facts.hpp"
#include "services/orders/holds.hpp"
#include "services/orders/service.hpp"

namespace kontor::orders {

/// The goods are held before the exchange is recorded, under a key that follows from the order: who
/// repeats it after a crash finds the same hold. What the order's state does not allow holds
/// nothing, and gets its refusal, or its earlier answer, where it is decided for good.
Task<Result<Order>> LocalOrders::exchange(Context context, AgreeExchange wanted) {
    const auto now = now_by(Access::staff);
    auto seen = TRY(co_await find(context, wanted.order));
    std::string reservation;
    if (const auto agreed = life::exchange(seen.order, wanted, host_.ids.make<ExchangeId>(), now)) {
        reservation = life::reservation_of(seen.order, *agreed);
        auto in_market = context;
        in_market.market = seen.order.market;
        TRY(co_await hold(std::move(in_market),
                          holds::stock_for(reservation, agreed->lines, holds::placing_s)));
    }
    co_return co_await change(
        std::move(context), Access::staff, "orders.exchange", wanted.order, to_json(wanted),
        [&](sql::Transaction&,
            store::StoredOrder& stored) -> Task<Result<std::vector<events::Fact>>> {
            const auto agreed =
                TRY(life::exchange(stored.order, wanted, host_.ids.make<ExchangeId>(), now));
            if (life::reservation_of(stored.order, agreed) != reservation) {
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
