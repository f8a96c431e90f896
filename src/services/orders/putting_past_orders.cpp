#include "services/orders/events.hpp"
#include "services/orders/past_rules.hpp"
#include "services/orders/service.hpp"

namespace kontor::orders {

/// Each order that is not here yet, with the event that its payment follows from.
Task<Result<PutOutcome>> LocalOrders::put_past_orders(Context context, PutPastOrders wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            auto intake = take_in(
                wanted.orders, [](const PastOrder& past) { return past.number; },
                [](const PastOrder& past) { return fault_of(past); });
            for (const auto index : intake.good) {
                const auto& past = wanted.orders[index];
                const auto known = co_await store::find_by_number(transaction, past.number);
                if (!known) {
                    co_await add_past(transaction, context, past);
                    ++intake.outcome.accepted;
                } else if (is_same(known->order, past)) {
                    ++intake.outcome.unchanged;
                } else {
                    intake.reject(
                        index, {"/number", fmt::format("{}: is another order here", past.number)});
                }
            }
            co_return std::move(intake.outcome);
        });
}

Task<void> LocalOrders::add_past(sql::Transaction& transaction, Context context, PastOrder past) {
    const auto order = order_of(past, [this] { return host_.ids.next(); });
    const auto key = to_text(order.id);
    co_await store::add(transaction, {order, {}, Handles{{}, key}});
    host_.outbox.publish(transaction, context,
                         PastOrderRecorded{.order = order.id,
                                           .number = order.number,
                                           .market = order.market,
                                           .shipment = order.shipments.front().id,
                                           .gross = order.total.gross,
                                           .placed_at = order.placed_at},
                         key, static_cast<std::int64_t>(order.version));
}

}  // namespace kontor::orders
