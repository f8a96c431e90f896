#include <map>
#include <stdexcept>

#include "services/orders/life_parts.hpp"
#include "services/orders/standings.hpp"

namespace kontor::orders::life {

namespace {

/// Brings the status up to what has become of the lines.
void settle(Order& order) {
    const auto next = status_of(order);
    if (next != order.status && !may_follow(order.status, next)) {
        throw std::logic_error(fmt::format("order {} cannot go from {} to {}", to_text(order.id),
                                           describe::enum_text(order.status),
                                           describe::enum_text(next)));
    }
    order.status = next;
}

Money gross_of(std::span<const Part> parts, Currency currency) {
    Money sum{0, currency};
    for (const auto& part : parts) {
        sum += part.gross;
    }
    return sum;
}

/// The lines wanted, or all that is left.
Result<std::vector<LineQuantity>> wanted_or_all(const Standings& standings,
                                                std::span<const LineQuantity> lines) {
    if (!lines.empty()) {
        return std::vector<LineQuantity>(lines.begin(), lines.end());
    }
    auto all = standings.left_to_ship();
    if (all.empty()) {
        return refuse(refused::not_now, "all lines are shipped or cancelled: nothing is left");
    }
    return all;
}

Result<void> may_ship(const Order& order) {
    using enum payments::Status;
    const auto payment = order.payment.status;
    if (payment != authorized && payment != paid) {
        return refuse(refused::not_now,
                      "order {}: its payment is {}; it ships once it is authorized", order.number,
                      describe::enum_text(payment));
    }
    return {};
}

}  // namespace

bool may_follow(OrderStatus from, OrderStatus to) {
    using enum OrderStatus;
    switch (from) {
        case awaiting_payment:
            return to == placed || to == cancelled;
        case placed:
            return to == partly_shipped || to == shipped || to == cancelled;
        case partly_shipped:
            return to == shipped;
        default:
            return false;
    }
}

bool may_follow(ShipmentStatus from, ShipmentStatus to) {
    using enum ShipmentStatus;
    return (from == dispatched && to != dispatched) || (from == lost && to == delivered);
}

bool may_follow(ReturnStatus from, ReturnStatus to) {
    return from == ReturnStatus::registered && to != ReturnStatus::registered;
}

OrderStatus status_of(const Order& order) {
    using enum OrderStatus;
    const bool left = !is_settled(order);
    if (!order.shipments.empty()) {
        return left ? partly_shipped : shipped;
    }
    if (!left) {
        return cancelled;
    }
    return order.payment.status == payments::Status::awaiting_transfer ? awaiting_payment : placed;
}

bool is_settled(const Order& order) {
    return Standings(order).left_to_ship().empty();
}

Result<Shipment> ship(Order& order, const CreateShipment& wanted, ShipmentId id, Moment now) {
    TRY_NOW(may_ship(order));
    Standings standings(order);
    const auto lines = TRY_NOW(wanted_or_all(standings, wanted.lines));
    Shipment shipment{.id = id,
                      .status = ShipmentStatus::dispatched,
                      .lines = TRY_NOW(standings.ship(lines)),
                      .carrier = wanted.carrier,
                      .tracking = wanted.tracking,
                      .invoice = {},
                      .dispatched_at = now.at};
    order.shipments.push_back(shipment);
    tell(order, now, Happening::shipment_dispatched, to_text(id),
         gross_of(shipment.lines, order.total.gross.currency));
    settle(order);
    return shipment;
}

Invoice issue(Order& order, ShipmentId shipment, std::string number, Moment now) {
    auto& shipped = *std::ranges::find(order.shipments, shipment, &Shipment::id);
    const Money zero{0, order.total.gross.currency};
    std::map<BasisPoints, Amounts> by_rate;
    Invoice invoice{.number = std::move(number),
                    .shipment = shipment,
                    .total = {.net = zero, .gross = zero, .taxes = {}},
                    .issued_at = now.at};
    for (const auto& part : shipped.lines) {
        const auto rate = std::ranges::find(order.lines, part.line, &carts::Line::id)->tax_rate;
        auto& sum = by_rate.try_emplace(rate, Amounts{zero, zero}).first->second;
        sum.net += part.net;
        sum.gross += part.gross;
    }
    for (const auto& [rate, sum] : by_rate) {
        invoice.total.net += sum.net;
        invoice.total.gross += sum.gross;
        invoice.total.taxes.push_back({rate, sum.net, sum.gross - sum.net});
    }
    shipped.invoice = invoice.number;
    order.invoices.push_back(invoice);
    return invoice;
}

Result<Shipment> change(Order& order, const ChangeShipment& wanted, Moment now) {
    auto& shipment = *TRY_NOW(find_in(order.shipments, wanted.shipment, "shipment"));
    TRY_NOW(move_on(shipment, wanted.status));
    tell(order, now,
         wanted.status == ShipmentStatus::lost ? Happening::shipment_lost
                                               : Happening::shipment_delivered,
         to_text(shipment.id));
    return shipment;
}

Result<Cancellation> cancel(Order& order, std::span<const LineQuantity> lines, CancellationId id,
                            Moment now) {
    if (now.by == Actor::shopper && !order.shipments.empty()) {
        return refuse(refused::not_now,
                      "order {}: a part of it was shipped; return what you do not want",
                      order.number);
    }
    Standings standings(order);
    const auto wanted = TRY_NOW(wanted_or_all(standings, lines));
    Cancellation cancellation{id, now.by, TRY_NOW(standings.cancel(wanted)), now.at};
    order.cancellations.push_back(cancellation);
    tell(order, now, Happening::lines_cancelled, to_text(id),
         gross_of(cancellation.lines, order.total.gross.currency));
    settle(order);
    return cancellation;
}

Result<Return> register_return(Order& order, const RegisterReturn& wanted, ReturnId id,
                               Moment now) {
    Standings standings(order);
    TRY_NOW(standings.announce(wanted.lines));
    Return announced{.id = id,
                     .status = ReturnStatus::registered,
                     .announced = {},
                     .received = {},
                     .location = std::nullopt,
                     .registered_at = now.at,
                     .received_at = std::nullopt};
    for (const auto& [line, quantity, reason] : wanted.lines) {
        announced.announced.push_back({line, standings.find(line)->sku, quantity, reason});
    }
    order.returns.push_back(announced);
    tell(order, now, Happening::return_registered, to_text(id));
    return announced;
}

Result<Return> receive(Order& order, const ReceiveReturn& wanted, Moment now) {
    auto& returned = *TRY_NOW(find_in(order.returns, wanted.return_id, "return"));
    auto next = returned;
    TRY_NOW(move_on(next, ReturnStatus::received));
    next.received = TRY_NOW(Standings(order).take_back(wanted.lines, returned.announced));
    next.location = wanted.location;
    next.received_at = now.at;
    returned = next;
    tell(order, now, Happening::return_received, to_text(next.id), worth(order, next));
    return next;
}

Result<Return> withdraw(Order& order, ReturnId id, Moment now) {
    auto& returned = *TRY_NOW(find_in(order.returns, id, "return"));
    TRY_NOW(move_on(returned, ReturnStatus::withdrawn));
    tell(order, now, Happening::return_withdrawn, to_text(id));
    return returned;
}

}  // namespace kontor::orders::life
