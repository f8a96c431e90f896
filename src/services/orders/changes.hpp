#pragma once

#include "services/orders/order.hpp"

/// What may be wanted of an order once it is placed.
namespace kontor::orders {

struct LineQuantity {
    carts::LineId line;
    Quantity quantity;
    static constexpr auto describe() {
        return described<LineQuantity>("So much of a line.",
                                       field<&LineQuantity::line>("The order's line."),
                                       field<&LineQuantity::quantity>("In sales units."));
    }
};

struct CreateShipment {
    OrderId order;
    std::vector<LineQuantity> lines;
    std::optional<std::string> carrier;
    std::optional<std::string> tracking;
    static constexpr auto describe() {
        using C = CreateShipment;
        return described<C>(
            "Says that goods have left.", field<&C::order>("The order."),
            field<&C::lines>("What is in the parcel; all that is left where missing.",
                             {.max_length = carts::lines_limit}),
            field<&C::carrier>("Who brings it.", {.max_length = 60}),
            field<&C::tracking>("The carrier's number of it.", {.max_length = 100}));
    }
};

struct ChangeShipment {
    OrderId order;
    ShipmentId shipment;
    ShipmentStatus status = ShipmentStatus::delivered;
    static constexpr auto describe() {
        using C = ChangeShipment;
        return described<C>("Says what became of a parcel.", field<&C::order>("The order."),
                            field<&C::shipment>("The parcel."),
                            field<&C::status>("`delivered` or `lost`."));
    }
};

struct CancelLines {
    OrderId order;
    std::vector<LineQuantity> lines;
    static constexpr auto describe() {
        using C = CancelLines;
        return described<C>("Gives up what has not been shipped.", field<&C::order>("The order."),
                            field<&C::lines>("What; all that is left where missing.",
                                             {.max_length = carts::lines_limit}));
    }
};

struct ReturnLine {
    carts::LineId line;
    Quantity quantity;
    ReturnReason reason = ReturnReason::other;
    static constexpr auto describe() {
        using R = ReturnLine;
        return described<R>("What is to come back.", field<&R::line>("The order's line."),
                            field<&R::quantity>("In sales units."),
                            field<&R::reason>("Why; `other` where missing.", {.optional = true}));
    }
};

struct RegisterReturn {
    OrderId order;
    std::vector<ReturnLine> lines;
    static constexpr auto describe() {
        using R = RegisterReturn;
        return described<R>(
            "Announces that goods come back.", field<&R::order>("The order."),
            field<&R::lines>("Which.", {.min_length = 1, .max_length = carts::lines_limit}));
    }
};

struct InspectedLine {
    carts::LineId line;
    Quantity quantity;
    Condition condition = Condition::resalable;
    static constexpr auto describe() {
        using I = InspectedLine;
        return described<I>("What has come back, and what it is like.",
                            field<&I::line>("The order's line."),
                            field<&I::quantity>("In sales units."),
                            field<&I::condition>("`resalable` goes on the shelf again."));
    }
};

struct ReceiveReturn {
    OrderId order;
    ReturnId return_id;
    std::string location;
    std::vector<InspectedLine> lines;
    static constexpr auto describe() {
        using R = ReceiveReturn;
        return described<R>("Says what of a return has arrived; the rest may be announced again.",
                            field<&R::order>("The order."), field<&R::return_id>("The return."),
                            field<&R::location>("Id of the store or warehouse where it is now.",
                                                {.min_length = 1, .max_length = 64}),
                            field<&R::lines>("What; a line twice where its pieces differ.",
                                             {.min_length = 1, .max_length = carts::lines_limit}));
    }
};

struct ReturnKey {
    OrderId order;
    ReturnId return_id;
    static constexpr auto describe() {
        return described<ReturnKey>("Names a return.", field<&ReturnKey::order>("Its order."),
                                    field<&ReturnKey::return_id>("The return."));
    }
};

struct RequestRefund {
    OrderId order;
    std::optional<Money> amount;
    std::optional<ReturnId> return_id;
    RefundReason reason = RefundReason::goodwill;
    static constexpr auto describe() {
        using R = RequestRefund;
        return described<R>(
            "Pays money back.", field<&R::order>("The order."),
            field<&R::amount>("How much; where missing what the return is worth, and without a "
                              "return all that was captured and not paid back yet."),
            field<&R::return_id>("The return that it is for; once at most."),
            field<&R::reason>("Why; `goodwill` where missing, `returned` for a return.",
                              {.optional = true}));
    }
};

struct AgreeExchange {
    OrderId order;
    ReturnId return_id;
    static constexpr auto describe() {
        using A = AgreeExchange;
        return described<A>(
            "Sends the goods of a return once more, in place of paying them back.",
            field<&A::order>("The order."),
            field<&A::return_id>("The return, received and neither paid back nor exchanged. For "
                                 "another variant it is paid back, and a new order placed."));
    }
};

struct ChangeExchange {
    OrderId order;
    ExchangeId exchange;
    ExchangeStatus status = ExchangeStatus::dispatched;
    std::optional<std::string> carrier;
    std::optional<std::string> tracking;
    static constexpr auto describe() {
        using C = ChangeExchange;
        return described<C>(
            "Says what became of an exchange.", field<&C::order>("The order."),
            field<&C::exchange>("The exchange."),
            field<&C::status>("`dispatched` or `cancelled`; then `delivered` or `lost`."),
            field<&C::carrier>("Who brings it; with `dispatched`.", {.max_length = 60}),
            field<&C::tracking>("The carrier's number of it; with `dispatched`.",
                                {.max_length = 100}));
    }
};

}  // namespace kontor::orders
