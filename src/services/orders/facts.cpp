#include "services/orders/facts.hpp"

#include <algorithm>

#include "services/orders/life.hpp"

namespace kontor::orders::facts {

namespace {

template <class E>
events::Fact fact_of(const Order& order, const E& event) {
    return events::fact(event, to_text(order.id), static_cast<std::int64_t>(order.version));
}

/// Adds so much of a SKU, which stands there once at most.
void add(std::vector<OrderedLine>& lines, const std::string& sku, Quantity quantity) {
    const auto known = std::ranges::find(lines, sku, &OrderedLine::sku);
    if (known == lines.end()) {
        lines.push_back({sku, quantity});
    } else {
        known->quantity += quantity;
    }
}

template <class Lines>
std::vector<OrderedLine> ordered(const Lines& lines) {
    std::vector<OrderedLine> all;
    for (const auto& line : lines) {
        add(all, line.sku, line.quantity);
    }
    return all;
}

std::vector<OrderedLine> of_condition(const Return& returned, Condition condition) {
    std::vector<OrderedLine> lines;
    for (const auto& received : returned.received) {
        if (received.condition == condition) {
            add(lines, received.part.sku, received.part.quantity);
        }
    }
    return lines;
}

Money gross_of(const Order& order, const std::vector<Part>& parts) {
    Money sum{0, order.total.gross.currency};
    for (const auto& part : parts) {
        sum += part.gross;
    }
    return sum;
}

}  // namespace

Facts placed(const store::StoredOrder& stored) {
    const auto& order = stored.order;
    return {fact_of(order, OrderPlaced{.order = order.id,
                                       .number = order.number,
                                       .market = order.market,
                                       .cart = order.cart,
                                       .lines = ordered(order.lines),
                                       .gross = order.total.gross,
                                       .payment = order.payment.method,
                                       .reservation = stored.handles.reservation,
                                       .payment_key = stored.handles.payment_key})};
}

Facts shipped(const store::StoredOrder& stored, const Shipment& shipment, const Invoice& invoice) {
    const auto& order = stored.order;
    return {fact_of(order, ShipmentCreated{.order = order.id,
                                           .market = order.market,
                                           .shipment = shipment.id,
                                           .invoice = invoice.number,
                                           .lines = ordered(shipment.lines),
                                           .gross = invoice.total.gross,
                                           .nothing_left = life::is_settled(order),
                                           .handles = stored.handles})};
}

Facts shipment_changed(const store::StoredOrder& stored, const Shipment& shipment) {
    return {fact_of(stored.order, ShipmentChanged{stored.order.id, shipment.id, shipment.status})};
}

Facts cancelled(const store::StoredOrder& stored, const Cancellation& cancellation) {
    const auto& order = stored.order;
    Facts facts{fact_of(order, OrderLinesCancelled{.order = order.id,
                                                   .market = order.market,
                                                   .cancellation = cancellation.id,
                                                   .lines = ordered(cancellation.lines),
                                                   .gross = gross_of(order, cancellation.lines),
                                                   .nothing_left = life::is_settled(order),
                                                   .handles = stored.handles})};
    if (order.status == OrderStatus::cancelled) {
        facts.push_back(fact_of(order, OrderCancelled{order.id, order.market}));
    }
    return facts;
}

Facts return_registered(const store::StoredOrder& stored, const Return& announced) {
    return {fact_of(stored.order,
                    ReturnRegistered{stored.order.id, announced.id, ordered(announced.announced)})};
}

Facts return_received(const store::StoredOrder& stored, const Return& returned) {
    const auto& order = stored.order;
    return {fact_of(order, ReturnReceived{.order = order.id,
                                          .return_id = returned.id,
                                          .location = returned.location.value_or(""),
                                          .resalable = of_condition(returned, Condition::resalable),
                                          .damaged = of_condition(returned, Condition::damaged),
                                          .gross = life::worth(order, returned)})};
}

Facts return_withdrawn(const store::StoredOrder& stored, const Return& withdrawn) {
    return {fact_of(stored.order, ReturnWithdrawn{stored.order.id, withdrawn.id})};
}

Facts refund_requested(const store::StoredOrder& stored, const Refund& refund) {
    const auto& order = stored.order;
    return {fact_of(order, RefundRequested{.order = order.id,
                                           .market = order.market,
                                           .refund = refund.id,
                                           .amount = refund.amount,
                                           .reason = refund.reason,
                                           .handles = stored.handles})};
}

Facts exchange_agreed(const Order& order, const Exchange& exchange) {
    return {fact_of(order, ExchangeAgreed{.order = order.id,
                                          .market = order.market,
                                          .exchange = exchange.id,
                                          .return_id = exchange.return_id,
                                          .lines = ordered(exchange.lines),
                                          .reservation = life::reservation_of(order, exchange)})};
}

Facts exchange_changed(const Order& order, const Exchange& exchange) {
    return {fact_of(order, ExchangeChanged{.order = order.id,
                                           .market = order.market,
                                           .exchange = exchange.id,
                                           .status = exchange.status,
                                           .lines = ordered(exchange.lines),
                                           .reservation = life::reservation_of(order, exchange)})};
}

}  // namespace kontor::orders::facts
