#include "platform/sql/idempotency.hpp"
#include "services/orders/facts.hpp"
#include "services/orders/service.hpp"

/// How an order changes once it is placed: what each change decides stands in life.hpp, what other
/// services then do in subscriptions.cpp.
namespace kontor::orders {

namespace {

std::unexpected<Refusal> no_such(OrderId order) {
    return refuse(refusals::not_found, "there is no order {} that you may see", to_text(order));
}

}  // namespace

life::Moment LocalOrders::now_by(Access access) const {
    return {host_.clock.now(), access == Access::owner ? Actor::shopper : Actor::staff};
}

Task<Result<Order>> LocalOrders::change(Context context, Access access, std::string_view operation,
                                        OrderId order, std::string request, Decide decide) {
    const auto effect = [&](sql::Transaction& transaction) -> Task<Result<Order>> {
        auto stored = co_await store::find_for_change(transaction, order);
        if (!stored || (access == Access::owner && !owned(context, *stored))) {
            co_return no_such(order);
        }
        if (context.if_match != 0 && context.if_match != stored->order.version) {
            co_return refuse(refusals::precondition_failed,
                             "If-Match \"{}\": the order's version is {}; read it again",
                             context.if_match, stored->order.version);
        }
        ++stored->order.version;
        const auto facts = TRY(co_await decide(transaction, *stored));
        co_await store::update(transaction, stored->order);
        for (const auto& fact : facts) {
            host_.outbox.publish(transaction, context, fact);
        }
        co_return std::move(stored->order);
    };
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Order>> {
            co_return co_await sql::idempotent<Order>(
                transaction, context, operation, request, host_.clock.now(),
                [&]() -> Task<Result<Order>> { return effect(transaction); });
        });
}

Task<Result<Order>> LocalOrders::ship(Context context, CreateShipment wanted) {
    const auto now = now_by(Access::staff);
    co_return co_await change(
        std::move(context), Access::staff, "orders.ship", wanted.order, to_json(wanted),
        [&](sql::Transaction& transaction,
            store::StoredOrder& stored) -> Task<Result<std::vector<events::Fact>>> {
            auto& order = stored.order;
            const auto shipment = TRY(life::ship(order, wanted, host_.ids.make<ShipmentId>(), now));
            auto number = co_await store::next_invoice_number(transaction, order, now.at);
            const auto invoice = life::issue(order, shipment.id, std::move(number), now);
            co_return facts::shipped(stored, shipment, invoice);
        });
}

Task<Result<Order>> LocalOrders::change_shipment(Context context, ChangeShipment wanted) {
    const auto now = now_by(Access::staff);
    co_return co_await change(
        std::move(context), Access::staff, "orders.change_shipment", wanted.order, to_json(wanted),
        [&](sql::Transaction&,
            store::StoredOrder& stored) -> Task<Result<std::vector<events::Fact>>> {
            const auto shipment = TRY(life::change(stored.order, wanted, now));
            co_return facts::shipment_changed(stored, shipment);
        });
}

Task<Result<Order>> LocalOrders::cancel(Context context, CancelLines wanted) {
    TRY(with_secret(context));
    co_return co_await cancel_as(std::move(context), Access::owner, std::move(wanted));
}

Task<Result<Order>> LocalOrders::cancel_any(Context context, CancelLines wanted) {
    return cancel_as(std::move(context), Access::staff, std::move(wanted));
}

Task<Result<Order>> LocalOrders::cancel_as(Context context, Access access, CancelLines wanted) {
    const auto now = now_by(access);
    co_return co_await change(
        std::move(context), access, "orders.cancel", wanted.order, to_json(wanted),
        [&](sql::Transaction&,
            store::StoredOrder& stored) -> Task<Result<std::vector<events::Fact>>> {
            const auto cancellation = TRY(
                life::cancel(stored.order, wanted.lines, host_.ids.make<CancellationId>(), now));
            co_return facts::cancelled(stored, cancellation);
        });
}

Task<Result<Order>> LocalOrders::register_return(Context context, RegisterReturn wanted) {
    const auto now = now_by(Access::staff);
    co_return co_await change(
        std::move(context), Access::staff, "orders.register_return", wanted.order, to_json(wanted),
        [&](sql::Transaction&,
            store::StoredOrder& stored) -> Task<Result<std::vector<events::Fact>>> {
            const auto announced =
                TRY(life::register_return(stored.order, wanted, host_.ids.make<ReturnId>(), now));
            co_return facts::return_registered(stored, announced);
        });
}

Task<Result<Order>> LocalOrders::receive_return(Context context, ReceiveReturn wanted) {
    const auto now = now_by(Access::staff);
    co_return co_await change(
        std::move(context), Access::staff, "orders.receive_return", wanted.order, to_json(wanted),
        [&](sql::Transaction&,
            store::StoredOrder& stored) -> Task<Result<std::vector<events::Fact>>> {
            const auto returned = TRY(life::receive(stored.order, wanted, now));
            co_return facts::return_received(stored, returned);
        });
}

Task<Result<Order>> LocalOrders::withdraw_return(Context context, ReturnKey wanted) {
    const auto now = now_by(Access::staff);
    co_return co_await change(
        std::move(context), Access::staff, "orders.withdraw_return", wanted.order, to_json(wanted),
        [&](sql::Transaction&,
            store::StoredOrder& stored) -> Task<Result<std::vector<events::Fact>>> {
            const auto withdrawn = TRY(life::withdraw(stored.order, wanted.return_id, now));
            co_return facts::return_withdrawn(stored, withdrawn);
        });
}

Task<Result<Order>> LocalOrders::refund(Context context, RequestRefund wanted) {
    const auto now = now_by(Access::staff);
    co_return co_await change(
        std::move(context), Access::staff, "orders.refund", wanted.order, to_json(wanted),
        [&](sql::Transaction&,
            store::StoredOrder& stored) -> Task<Result<std::vector<events::Fact>>> {
            const auto refund =
                TRY(life::refund(stored.order, wanted, host_.ids.make<RefundId>(), now));
            co_return facts::refund_requested(stored, refund);
        });
}

}  // namespace kontor::orders
