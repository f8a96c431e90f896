#pragma once

#include "platform/events/event.hpp"
#include "services/orders/api.hpp"

namespace kontor::orders {

struct OrderedLine {
    std::string sku;
    Quantity quantity;
    static constexpr auto describe() {
        return described<OrderedLine>("What was ordered.", field<&OrderedLine::sku>("The variant."),
                                      field<&OrderedLine::quantity>("In sales units."));
    }
};

/// An order was placed. Names no person: who may know more asks for the order.
struct OrderPlaced {
    OrderId order;
    std::string number;
    MarketCode market;
    carts::CartId cart;
    std::vector<OrderedLine> lines;
    Money gross;
    payments::Method payment = payments::Method::invoice;
    std::string reservation;
    static constexpr events::Type type{"orders.order-placed", 1};
    static constexpr auto describe() {
        using O = OrderPlaced;
        return described<O>(
            "An order was placed.", field<&O::order>("The order."),
            field<&O::number>("Its number."), field<&O::market>("Where."),
            field<&O::cart>("The cart that it was."), field<&O::lines>("What was ordered."),
            field<&O::gross>("What is to be paid."), field<&O::payment>("How it is paid."),
            field<&O::reservation>("What holds its stock."));
    }
};

}  // namespace kontor::orders
