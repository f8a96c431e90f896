#include "services/orders/past_rules.hpp"

#include <algorithm>
#include <map>

#include "services/orders/life.hpp"

namespace kontor::orders {

namespace {

carts::Line line_of(const PastLine& past, carts::LineId id) {
    const auto each = decimal::divide(decimal::multiply(past.gross.minor_units, Quantity::scale),
                                      past.quantity.thousandths, Rounding::half_up);
    return {.id = id,
            .sku = past.sku,
            .product = {},
            .slug = past.sku,
            .name = past.name.value_or(past.sku),
            .picture = std::nullopt,
            .quantity = past.quantity,
            .unit = units::piece,
            .unit_price = {each, past.gross.currency},
            .total = past.gross,
            .tax_rate = past.tax_rate};
}

/// Of what the lines cost, the tax of each rate, rounded half up over the rate.
carts::Totals totals_of(const std::vector<PastLine>& lines) {
    const Money none{0, lines.front().gross.currency};
    std::map<BasisPoints, Money> by_rate;
    carts::Totals total{.net = none, .gross = none, .taxes = {}};
    for (const auto& line : lines) {
        by_rate.try_emplace(line.tax_rate, none).first->second += line.gross;
        total.gross += line.gross;
    }
    for (const auto& [rate, gross] : by_rate) {
        const auto net = net_of_gross(gross, rate, Rounding::half_up);
        total.taxes.push_back({rate, net, gross - net});
        total.net += net;
    }
    return total;
}

}  // namespace

std::optional<FieldError> fault_of(const PastOrder& past) {
    for (std::size_t i = 0; i < past.lines.size(); ++i) {
        const auto& line = past.lines[i];
        const auto at = [i](std::string_view member) {
            return fmt::format("/lines/{}/{}", i, member);
        };
        if (line.quantity.thousandths <= 0) {
            return FieldError{at("quantity"),
                              fmt::format("{}: must be more than 0", to_text(line.quantity))};
        }
        if (line.gross.minor_units < 0) {
            return FieldError{at("gross"),
                              fmt::format("{}: must be 0 or more", to_text(line.gross))};
        }
        if (line.gross.currency != past.lines.front().gross.currency) {
            return FieldError{at("gross"),
                              fmt::format("{}: an order is in one currency", to_text(line.gross))};
        }
    }
    return std::nullopt;
}

Order order_of(const PastOrder& past, const std::function<std::uint64_t()>& next_id) {
    const OrderId id{next_id()};
    const auto total = totals_of(past.lines);
    const Money none{0, total.gross.currency};
    Order order{.id = id,
                .number = past.number,
                .version = 1,
                .status = OrderStatus::placed,
                .market = past.market,
                .cart = {id.value},
                .lines = {},
                .total = total,
                .addresses = std::nullopt,
                .delivery = {},
                .payment = {payments::Method::invoice, payments::Status::authorized, past.number,
                            none, none, none, std::nullopt},
                .placed_at = past.placed_at,
                .shipments = {},
                .invoices = {},
                .cancellations = {},
                .returns = {},
                .refunds = {},
                .timeline = {{past.placed_at, Happening::placed, Actor::shopper, std::nullopt,
                              total.gross}}};
    for (const auto& line : past.lines) {
        order.lines.push_back(line_of(line, {next_id()}));
    }
    const life::Moment then{past.placed_at, Actor::system};
    const auto shipment = life::ship(order, {.order = id, .lines = {}}, {next_id()}, then).value();
    life::issue(order, shipment.id, past.number, then);
    return order;
}

bool is_same(const Order& order, const PastOrder& past) {
    return order.market == past.market && order.placed_at == past.placed_at &&
           std::ranges::equal(
               order.lines, past.lines, [](const carts::Line& line, const PastLine& other) {
                   return line.sku == other.sku && line.quantity == other.quantity &&
                          line.total == other.gross && line.tax_rate == other.tax_rate;
               });
}

}  // namespace kontor::orders
