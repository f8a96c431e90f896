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
    std::optional<std::string> payment_key;
    static constexpr events::Type type{"orders.order-placed", 2};
    static constexpr auto describe() {
        using O = OrderPlaced;
        return described<O>(
            "An order was placed.", field<&O::order>("The order."),
            field<&O::number>("Its number."), field<&O::market>("Where."),
            field<&O::cart>("The cart that it was."), field<&O::lines>("What was ordered."),
            field<&O::gross>("What is to be paid."), field<&O::payment>("How it is paid."),
            field<&O::reservation>("What holds its stock."),
            field<&O::payment_key>("What payments knows its payment by; absent: its own id."));
    }
};

/// An order that another system took, shipped and was paid for is recorded here from now on.
struct PastOrderRecorded {
    OrderId order;
    std::string number;
    MarketCode market;
    ShipmentId shipment;
    Money gross;
    Timestamp placed_at;
    static constexpr events::Type type{"orders.past-order-recorded", 1};
    static constexpr auto describe() {
        using P = PastOrderRecorded;
        return described<P>(
            "An order of another system was recorded.", field<&P::order>("The order."),
            field<&P::number>("Its number there."), field<&P::market>("Where it was bought."),
            field<&P::shipment>("The parcel that it was."), field<&P::gross>("What was paid."),
            field<&P::placed_at>("When it was bought."));
    }
};

/// What other services do about an order goes by these.
struct Handles {
    std::string reservation;
    std::string payment_key;
    static constexpr auto describe() {
        using H = Handles;
        return described<H>("What other services know an order by.",
                            field<&H::reservation>("What holds its stock."),
                            field<&H::payment_key>("What its payment is for."));
    }
};

/// Goods have left.
struct ShipmentCreated {
    OrderId order;
    MarketCode market;
    ShipmentId shipment;
    std::string invoice;
    std::vector<OrderedLine> lines;
    Money gross;
    bool nothing_left = false;
    Handles handles;
    static constexpr events::Type type{"orders.shipment-created", 1};
    static constexpr auto describe() {
        using S = ShipmentCreated;
        return described<S>("Goods have left.", field<&S::order>("The order."),
                            field<&S::market>("Where it was bought."),
                            field<&S::shipment>("The parcel."),
                            field<&S::invoice>("Number of its invoice."),
                            field<&S::lines>("What is in it."), field<&S::gross>("What it costs."),
                            field<&S::nothing_left>("All is shipped or cancelled now."),
                            field<&S::handles>("For those who act on it."));
    }
};

/// A parcel arrived, or was lost.
struct ShipmentChanged {
    OrderId order;
    ShipmentId shipment;
    ShipmentStatus status = ShipmentStatus::delivered;
    static constexpr events::Type type{"orders.shipment-changed", 1};
    static constexpr auto describe() {
        using S = ShipmentChanged;
        return described<S>("A parcel arrived, or was lost.", field<&S::order>("The order."),
                            field<&S::shipment>("The parcel."),
                            field<&S::status>("What became of it."));
    }
};

/// Lines are not going to be shipped.
struct OrderLinesCancelled {
    OrderId order;
    MarketCode market;
    CancellationId cancellation;
    std::vector<OrderedLine> lines;
    Money gross;
    bool nothing_left = false;
    Handles handles;
    static constexpr events::Type type{"orders.order-lines-cancelled", 1};
    static constexpr auto describe() {
        using C = OrderLinesCancelled;
        return described<C>("Lines are not going to be shipped.", field<&C::order>("The order."),
                            field<&C::market>("Where it was bought."),
                            field<&C::cancellation>("The cancellation."), field<&C::lines>("What."),
                            field<&C::gross>("What it would have cost."),
                            field<&C::nothing_left>("All is shipped or cancelled now."),
                            field<&C::handles>("For those who act on it."));
    }
};

/// Nothing of an order was shipped, nor will be.
struct OrderCancelled {
    OrderId order;
    MarketCode market;
    static constexpr events::Type type{"orders.order-cancelled", 1};
    static constexpr auto describe() {
        using O = OrderCancelled;
        return described<O>("Nothing of an order was shipped, nor will be.",
                            field<&O::order>("The order."),
                            field<&O::market>("Where it was bought."));
    }
};

/// Goods are to come back.
struct ReturnRegistered {
    OrderId order;
    ReturnId return_id;
    std::vector<OrderedLine> lines;
    static constexpr events::Type type{"orders.return-registered", 1};
    static constexpr auto describe() {
        using R = ReturnRegistered;
        return described<R>("Goods are to come back.", field<&R::order>("The order."),
                            field<&R::return_id>("The return."), field<&R::lines>("What."));
    }
};

/// Goods that were announced will not come back.
struct ReturnWithdrawn {
    OrderId order;
    ReturnId return_id;
    static constexpr events::Type type{"orders.return-withdrawn", 1};
    static constexpr auto describe() {
        using R = ReturnWithdrawn;
        return described<R>("Goods that were announced will not come back.",
                            field<&R::order>("The order."), field<&R::return_id>("The return."));
    }
};

/// Goods have come back.
struct ReturnReceived {
    OrderId order;
    ReturnId return_id;
    std::string location;
    std::vector<OrderedLine> resalable;
    std::vector<OrderedLine> damaged;
    Money gross;
    static constexpr events::Type type{"orders.return-received", 1};
    static constexpr auto describe() {
        using R = ReturnReceived;
        return described<R>("Goods have come back.", field<&R::order>("The order."),
                            field<&R::return_id>("The return."),
                            field<&R::location>("The store or warehouse where they are."),
                            field<&R::resalable>("What goes on the shelf again."),
                            field<&R::damaged>("What does not."),
                            field<&R::gross>("What they cost."));
    }
};

/// Money is to be paid back.
struct RefundRequested {
    OrderId order;
    MarketCode market;
    RefundId refund;
    Money amount;
    RefundReason reason = RefundReason::goodwill;
    Handles handles;
    static constexpr events::Type type{"orders.refund-requested", 1};
    static constexpr auto describe() {
        using R = RefundRequested;
        return described<R>("Money is to be paid back.", field<&R::order>("The order."),
                            field<&R::market>("Where it was bought."),
                            field<&R::refund>("The refund."), field<&R::amount>("How much."),
                            field<&R::reason>("Why."),
                            field<&R::handles>("For those who act on it."));
    }
};

/// The goods of a return are to be sent once more.
struct ExchangeAgreed {
    OrderId order;
    MarketCode market;
    ExchangeId exchange;
    ReturnId return_id;
    std::vector<OrderedLine> lines;
    std::string reservation;
    static constexpr events::Type type{"orders.exchange-agreed", 1};
    static constexpr auto describe() {
        using E = ExchangeAgreed;
        return described<E>(
            "The goods of a return are to be sent once more.", field<&E::order>("The order."),
            field<&E::market>("Where it was bought."), field<&E::exchange>("The exchange."),
            field<&E::return_id>("The return."), field<&E::lines>("What is sent."),
            field<&E::reservation>("What holds its goods."));
    }
};

/// What became of an exchange.
struct ExchangeChanged {
    OrderId order;
    MarketCode market;
    ExchangeId exchange;
    ExchangeStatus status = ExchangeStatus::dispatched;
    std::vector<OrderedLine> lines;
    std::string reservation;
    static constexpr events::Type type{"orders.exchange-changed", 1};
    static constexpr auto describe() {
        using E = ExchangeChanged;
        return described<E>("What became of an exchange.", field<&E::order>("The order."),
                            field<&E::market>("Where it was bought."),
                            field<&E::exchange>("The exchange."),
                            field<&E::status>("How far it is."), field<&E::lines>("What is sent."),
                            field<&E::reservation>("What holds its goods."));
    }
};

}  // namespace kontor::orders
