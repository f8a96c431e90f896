#pragma once

#include "services/carts/api.hpp"
#include "services/orders/exchange.hpp"
#include "services/orders/parts.hpp"

/// An order: what was agreed, and what has become of it.
namespace kontor::orders {

/// awaiting_authorization: not placed yet; the shopper has to confirm the payment. failed: never
/// placed, since that came to nothing.
/// placed: may ship. awaiting_payment: placed, and ships once the transfer has arrived.
/// partly_shipped: lines are left to ship. shipped: all that was not cancelled is. cancelled: all
/// was, before any of it shipped.
enum class OrderStatus {
    awaiting_authorization,
    failed,
    awaiting_payment,
    placed,
    partly_shipped,
    shipped,
    cancelled
};
BOOST_DESCRIBE_ENUM(OrderStatus, awaiting_authorization, failed, awaiting_payment, placed,
                    partly_shipped, shipped, cancelled)

struct OrderPayment {
    payments::Method method = payments::Method::invoice;
    payments::Status status = payments::Status::authorized;
    std::string reference;
    Money captured;
    Money received;
    Money refunded;
    std::optional<std::string> redirect_url;
    static constexpr auto describe() {
        using P = OrderPayment;
        return described<P>("How the order is paid.", field<&P::method>("How."),
                            field<&P::status>("How far it is."),
                            field<&P::reference>("To be written on the transfer."),
                            field<&P::captured>("Taken for good, or put on an invoice."),
                            field<&P::received>("What bank transfers brought."),
                            field<&P::refunded>("Of what was captured."),
                            field<&P::redirect_url>("Where the shopper confirms the payment, while "
                                                    "that is needed."));
    }
};

/// dispatched: on its way. delivered, lost: as the carrier says.
enum class ShipmentStatus { dispatched, delivered, lost };
BOOST_DESCRIBE_ENUM(ShipmentStatus, dispatched, delivered, lost)

struct Shipment {
    ShipmentId id;
    ShipmentStatus status = ShipmentStatus::dispatched;
    std::vector<Part> lines;
    std::optional<std::string> carrier;
    std::optional<std::string> tracking;
    std::string invoice;
    Timestamp dispatched_at;
    static constexpr auto describe() {
        using S = Shipment;
        return described<S>("A parcel on its way.", field<&S::id>("Opaque."),
                            field<&S::status>("How far it is."), field<&S::lines>("What is in it."),
                            field<&S::carrier>("Who brings it."),
                            field<&S::tracking>("The carrier's number of it."),
                            field<&S::invoice>("Number of its invoice."),
                            field<&S::dispatched_at>("When it left."));
    }
};

struct Invoice {
    std::string number;
    ShipmentId shipment;
    carts::Totals total;
    Timestamp issued_at;
    static constexpr auto describe() {
        using I = Invoice;
        return described<I>(
            "What a shipment costs.",
            field<&I::number>("Without gaps by market and year (of UTC): `DE-2026-000123`."),
            field<&I::shipment>("What it is for."),
            field<&I::total>(
                "Sums; those of all invoices and cancellations add up to the order's."),
            field<&I::issued_at>("When."));
    }
};

struct Cancellation {
    CancellationId id;
    Actor by = Actor::staff;
    std::vector<Part> lines;
    Timestamp at;
    static constexpr auto describe() {
        using C = Cancellation;
        return described<C>("What is not going to be shipped.", field<&C::id>("Opaque."),
                            field<&C::by>("Who wanted it."), field<&C::lines>("What."),
                            field<&C::at>("When."));
    }
};

enum class ReturnReason { changed_mind, defective, damaged_in_transit, wrong_item, late, other };
BOOST_DESCRIBE_ENUM(ReturnReason, changed_mind, defective, damaged_in_transit, wrong_item, late,
                    other)

/// resalable: goes on the shelf again.
enum class Condition { resalable, damaged };
BOOST_DESCRIBE_ENUM(Condition, resalable, damaged)

/// registered: announced. received: what has arrived was looked at. withdrawn: will not come.
enum class ReturnStatus { registered, received, withdrawn };
BOOST_DESCRIBE_ENUM(ReturnStatus, registered, received, withdrawn)

struct AnnouncedLine {
    carts::LineId line;
    std::string sku;
    Quantity quantity;
    ReturnReason reason = ReturnReason::other;
    static constexpr auto describe() {
        using A = AnnouncedLine;
        return described<A>("What is to come back.", field<&A::line>("The order's line."),
                            field<&A::sku>("The variant."), field<&A::quantity>("In sales units."),
                            field<&A::reason>("Why."));
    }
};

struct ReceivedLine {
    Part part;
    Condition condition = Condition::resalable;
    static constexpr auto describe() {
        return described<ReceivedLine>("What has come back.",
                                       field<&ReceivedLine::part>("How much of which line."),
                                       field<&ReceivedLine::condition>("What it is like."));
    }
};

struct Return {
    ReturnId id;
    ReturnStatus status = ReturnStatus::registered;
    std::vector<AnnouncedLine> announced;
    std::vector<ReceivedLine> received;
    std::optional<std::string> location;
    Timestamp registered_at;
    std::optional<Timestamp> received_at;
    static constexpr auto describe() {
        using R = Return;
        return described<R>(
            "Goods that come back.", field<&R::id>("Opaque."), field<&R::status>("How far it is."),
            field<&R::announced>("What is to come."), field<&R::received>("What has come."),
            field<&R::location>("The store or warehouse it came to."),
            field<&R::registered_at>("When it was announced."),
            field<&R::received_at>("When it arrived."));
    }
};

enum class RefundReason { returned, goodwill, delivery };
BOOST_DESCRIBE_ENUM(RefundReason, returned, goodwill, delivery)

/// requested: payments is asked to. issued: the money is on its way back.
enum class RefundStatus { requested, issued };
BOOST_DESCRIBE_ENUM(RefundStatus, requested, issued)

struct Refund {
    RefundId id;
    RefundStatus status = RefundStatus::requested;
    Money amount;
    RefundReason reason = RefundReason::goodwill;
    std::optional<ReturnId> return_id;
    Timestamp requested_at;
    std::optional<Timestamp> issued_at;
    static constexpr auto describe() {
        using R = Refund;
        return described<R>("Money that goes back.", field<&R::id>("Opaque."),
                            field<&R::status>("How far it is."), field<&R::amount>("How much."),
                            field<&R::reason>("Why."),
                            field<&R::return_id>("The return that it is for."),
                            field<&R::requested_at>("When it was decided."),
                            field<&R::issued_at>("When it was done."));
    }
};

/// A snapshot of what was agreed, whose prices and names never change afterwards; and beside it
/// what has become of it.
struct Order {
    OrderId id;
    std::string number;
    std::uint64_t version = 1;
    OrderStatus status = OrderStatus::placed;
    MarketCode market;
    carts::CartId cart;
    std::vector<carts::Line> lines;
    carts::Totals total;
    std::optional<carts::Addresses> addresses;
    carts::Delivery delivery;
    OrderPayment payment;
    Timestamp placed_at;
    std::vector<Shipment> shipments;
    std::vector<Invoice> invoices;
    std::vector<Cancellation> cancellations;
    std::vector<Return> returns;
    std::vector<Refund> refunds;
    std::vector<Exchange> exchanges;
    std::vector<TimelineEntry> timeline;
    static constexpr auto describe() {
        using O = Order;
        return described<O>(
            "What was agreed, as it was then, and what has become of it.", field<&O::id>("Opaque."),
            field<&O::number>("For people to read out: `482-7391-0527`."),
            field<&O::version>("Grows by one with each change."),
            field<&O::status>("How far it is."), field<&O::market>("Where it was bought."),
            field<&O::cart>("The cart that it was."), field<&O::lines>("As in the cart."),
            field<&O::total>("As in the cart."),
            field<&O::addresses>(
                "Where to ship, whom to bill; absent where another system took it."),
            field<&O::delivery>("How it is delivered."), field<&O::payment>("How it is paid."),
            field<&O::placed_at>("When."), field<&O::shipments>("Oldest first, like the others."),
            field<&O::invoices>("One for each shipment."),
            field<&O::cancellations>("What is not going to be shipped."),
            field<&O::returns>("What comes back."), field<&O::refunds>("What is paid back."),
            field<&O::exchanges>("What is sent in place of what came back."),
            field<&O::timeline>("What has happened."));
    }
};

}  // namespace kontor::orders
