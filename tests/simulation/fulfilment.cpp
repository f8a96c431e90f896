#include "simulation/fulfilment.hpp"

#include "services/orders/life_parts.hpp"
#include "services/orders/standings.hpp"

namespace kontor::simulation {

namespace {

using namespace std::chrono_literals;
using orders::Order;
using orders::OrderStatus;

constexpr auto patience = 5s;

/// One unit of a line that has something left to ship.
std::vector<orders::LineQuantity> one_unit_left(const Order& order) {
    const auto left = orders::Standings(order).left_to_ship();
    if (left.empty()) {
        return {};
    }
    return {{left.front().line, Quantity::of(1)}};
}

}  // namespace

Context Fulfilment::context(std::string key) const {
    return {.deadline = environment_.loop.now() + patience,
            .principal = {Principal::Kind::staff, 2},
            .market = "de",
            .idempotency_key = std::move(key)};
}

/// Done once, however often it has to be asked for. What the order's state does not allow (any
/// more) is no complaint.
template <class Request, class Operation>
Task<void> Fulfilment::change(std::string_view what, Operation operation, Request wanted) {
    const auto done = co_await insist(environment_, [&, key = environment_.random.uuid()] {
        return (shop_.orders.get()->*operation)(context(key), wanted);
    });
    if (done) {
        ++ledger_.done[std::string(what)];
    } else if (done.error().code != orders::refused::not_now.code &&
               done.error().code != orders::refused::more_than_left.code &&
               done.error().code != orders::refused::out_of_stock.code) {
        ledger_.complaints.push_back(
            fmt::format("{}: {}: {}", what, done.error().code, done.error().message));
    }
}

Task<void> Fulfilment::work(const bool& over) {
    while (!over) {
        co_await sleep_for(environment_.between(3s, 30s));
        if (!ledger_.orders.empty()) {
            co_await take_up(
                ledger_.orders[environment_.random.below(ledger_.orders.size())].order.id);
        }
    }
}

Task<void> Fulfilment::take_up(orders::OrderId id) {
    auto order =
        co_await insist(environment_, [&] { return shop_.orders->any_order(context({}), {id}); });
    if (!order) {
        ledger_.complaints.push_back(
            fmt::format("order {} is not shown: {}", to_text(id), order.error().message));
        co_return;
    }
    switch (order->status) {
        case OrderStatus::awaiting_payment:
            co_return co_await await_transfer(*std::move(order));
        case OrderStatus::placed:
        case OrderStatus::partly_shipped:
            co_return co_await ship_or_cancel(*std::move(order));
        case OrderStatus::shipped:
            co_return environment_.one_in(2) ? co_await deliver(*std::move(order))
                                             : co_await take_back(*std::move(order));
        default:
            co_return;
    }
}

Task<void> Fulfilment::await_transfer(Order order) {
    if (environment_.one_in(4)) {
        co_await change("cancelled", &orders::Orders::cancel_any,
                        orders::CancelLines{order.id, {}});
        co_return;
    }
    const payments::ReceiveTransfer transfer{.transfer = environment_.random.uuid(),
                                             .reference = "Order " + order.number,
                                             .amount = order.total.gross};
    const auto received = co_await insist(
        environment_, [&] { return shop_.payments->receive(context({}), transfer); });
    if (!received) {
        ledger_.complaints.push_back("a transfer: " + received.error().message);
        co_return;
    }
    ++ledger_.done["transferred"];
}

Task<void> Fulfilment::ship_or_cancel(Order order) {
    auto some = environment_.one_in(2) ? one_unit_left(order) : std::vector<orders::LineQuantity>{};
    if (environment_.one_in(5)) {
        co_await change("cancelled", &orders::Orders::cancel_any,
                        orders::CancelLines{order.id, std::move(some)});
    } else {
        co_await change("shipped", &orders::Orders::ship,
                        orders::CreateShipment{.order = order.id, .lines = std::move(some)});
    }
}

Task<void> Fulfilment::deliver(Order order) {
    for (const auto& shipment : order.shipments) {
        if (shipment.status == orders::ShipmentStatus::dispatched) {
            co_await change("delivered", &orders::Orders::change_shipment,
                            orders::ChangeShipment{.order = order.id, .shipment = shipment.id});
            co_return;
        }
    }
    if (environment_.one_in(4)) {
        co_await pay_back(std::move(order), std::nullopt);
    }
}

/// Of a return the goods are announced, come, go on the shelf, and are paid back: one step each
/// time.
Task<void> Fulfilment::take_back(Order order) {
    for (const auto& announced : order.returns) {
        if (announced.status == orders::ReturnStatus::registered) {
            const auto& line = announced.announced.front();
            co_await change("taken back", &orders::Orders::receive_return,
                            orders::ReceiveReturn{.order = order.id,
                                                  .return_id = announced.id,
                                                  .location = "north",
                                                  .lines = {{line.line, line.quantity}}});
            co_return;
        }
        if (orders::life::open_return(order, announced.id)) {
            co_return environment_.one_in(2) ? co_await pay_back(std::move(order), announced.id)
                                             : co_await exchange(std::move(order), announced.id);
        }
    }
    for (const auto& exchange : order.exchanges) {
        if (exchange.status == orders::ExchangeStatus::agreed ||
            exchange.status == orders::ExchangeStatus::dispatched) {
            co_return co_await take_exchange_on(std::move(order), exchange);
        }
    }
    const auto& part = order.shipments.front().lines.front();
    co_await change(
        "announced to come back", &orders::Orders::register_return,
        orders::RegisterReturn{.order = order.id,
                               .lines = {{.line = part.line, .quantity = Quantity::of(1)}}});
}

/// Where nothing is left to send, it is paid back at another time.
Task<void> Fulfilment::exchange(Order order, orders::ReturnId for_return) {
    co_await change("exchanged", &orders::Orders::exchange,
                    orders::AgreeExchange{.order = order.id, .return_id = for_return});
}

Task<void> Fulfilment::take_exchange_on(Order order, orders::Exchange exchange) {
    using enum orders::ExchangeStatus;
    const bool fails = environment_.one_in(3);
    const auto next =
        exchange.status == agreed ? (fails ? cancelled : dispatched) : (fails ? lost : delivered);
    co_await change("took an exchange on", &orders::Orders::change_exchange,
                    orders::ChangeExchange{.order = order.id,
                                           .exchange = exchange.id,
                                           .status = next,
                                           .carrier = {},
                                           .tracking = {}});
}

Task<void> Fulfilment::pay_back(Order order, std::optional<orders::ReturnId> for_return) {
    const auto amount =
        for_return ? std::optional<Money>() : std::optional(Money{100, order.total.gross.currency});
    co_await change(
        "paid back", &orders::Orders::refund,
        orders::RequestRefund{.order = order.id, .amount = amount, .return_id = for_return});
}

}  // namespace kontor::simulation
