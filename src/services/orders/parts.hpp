#pragma once

#include "services/carts/api.hpp"

/// The ids and the smaller pieces that an order is made of.
namespace kontor::orders {

struct OrderTag {
    static constexpr std::string_view prefix = "ord";
};
using OrderId = Id<OrderTag>;
struct ShipmentTag {
    static constexpr std::string_view prefix = "shp";
};
using ShipmentId = Id<ShipmentTag>;
struct CancellationTag {
    static constexpr std::string_view prefix = "can";
};
using CancellationId = Id<CancellationTag>;
struct ReturnTag {
    static constexpr std::string_view prefix = "ret";
};
using ReturnId = Id<ReturnTag>;
struct RefundTag {
    static constexpr std::string_view prefix = "rfd";
};
using RefundId = Id<RefundTag>;
struct ExchangeTag {
    static constexpr std::string_view prefix = "exc";
};
using ExchangeId = Id<ExchangeTag>;

/// Who wanted it. system: nobody but the clock or the payment.
enum class Actor { shopper, staff, system };
BOOST_DESCRIBE_ENUM(Actor, shopper, staff, system)

/// So much of a line, with its share of what was agreed: the shares of all that is shipped and
/// cancelled of a line add up to it, to the minor unit.
struct Part {
    carts::LineId line;
    std::string sku;
    Quantity quantity;
    Money net;
    Money gross;
    static constexpr auto describe() {
        using P = Part;
        return described<P>("So much of a line, and its share of what the line costs.",
                            field<&P::line>("The order's line."), field<&P::sku>("Its variant."),
                            field<&P::quantity>("In sales units."), field<&P::net>("Without tax."),
                            field<&P::gross>("With tax."));
    }
};

enum class Happening {
    placed,
    payment_authorized,
    payment_captured,
    transfer_received,
    payment_failed,
    payment_cancelled,
    lines_cancelled,
    shipment_dispatched,
    shipment_delivered,
    shipment_lost,
    return_registered,
    return_received,
    return_withdrawn,
    refund_requested,
    refund_issued,
    exchange_agreed,
    exchange_dispatched,
    exchange_delivered,
    exchange_lost,
    exchange_cancelled
};
BOOST_DESCRIBE_ENUM(Happening, placed, payment_authorized, payment_captured, transfer_received,
                    payment_failed, payment_cancelled, lines_cancelled, shipment_dispatched,
                    shipment_delivered, shipment_lost, return_registered, return_received,
                    return_withdrawn, refund_requested, refund_issued, exchange_agreed,
                    exchange_dispatched, exchange_delivered, exchange_lost, exchange_cancelled)

struct TimelineEntry {
    Timestamp at;
    Happening what = Happening::placed;
    Actor by = Actor::system;
    std::optional<std::string> reference;
    std::optional<Money> amount;
    static constexpr auto describe() {
        using T = TimelineEntry;
        return described<T>("Something that happened to an order.", field<&T::at>("When."),
                            field<&T::what>("What."), field<&T::by>("Who wanted it."),
                            field<&T::reference>("Id of the shipment, return, ... or a reason."),
                            field<&T::amount>("How much, where it is about money."));
    }
};

}  // namespace kontor::orders
