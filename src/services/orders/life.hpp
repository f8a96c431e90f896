#pragma once

#include <span>

#include "services/orders/changes.hpp"

/// What may become of an order once it is placed: pure decisions, each of which changes the order
/// it is given, with its timeline, or refuses and leaves it as it was.
namespace kontor::orders::life {

/// When something is decided, and who wants it.
struct Moment {
    Timestamp at;
    Actor by = Actor::system;
};

/// Whether an order, a shipment or a return may go from one status to another.
///
///     awaiting_payment -> placed -> partly_shipped -> shipped
///     awaiting_payment, placed -> cancelled
bool may_follow(OrderStatus from, OrderStatus to);
///     dispatched -> delivered, lost;  lost -> delivered (it was found)
bool may_follow(ShipmentStatus from, ShipmentStatus to);
///     registered -> received, withdrawn
bool may_follow(ReturnStatus from, ReturnStatus to);
///     agreed -> dispatched -> delivered, lost;  agreed -> cancelled
bool may_follow(ExchangeStatus from, ExchangeStatus to);

/// The status that an order has by its lines and its payment.
OrderStatus status_of(const Order& order);

/// Nothing is left to ship: all was shipped or cancelled.
bool is_settled(const Order& order);

/// A parcel with these lines; without lines, with all that is left. Its invoice is issued apart.
/// Refuses: `not_now` (the order waits for its payment, or nothing is left), `more_than_left`.
Result<Shipment> ship(Order& order, const CreateShipment& wanted, ShipmentId id, Moment now);

/// The invoice of a parcel. The sums of all invoices and cancellations are the order's.
Invoice issue(Order& order, ShipmentId shipment, std::string number, Moment now);

/// Refuses: `not_found`, `not_now`.
Result<Shipment> change(Order& order, const ChangeShipment& wanted, Moment now);

/// Gives up lines that were not shipped; without lines, all that is left. A shopper may while
/// nothing was shipped. Refuses: `not_now`, `more_than_left`.
Result<Cancellation> cancel(Order& order, std::span<const LineQuantity> lines, CancellationId id,
                            Moment now);

/// Refuses: `more_than_left` (not shipped, or announced already).
Result<Return> register_return(Order& order, const RegisterReturn& wanted, ReturnId id, Moment now);

/// What has arrived of a return; what has not may be announced again.
/// Refuses: `not_found`, `not_now`, `more_than_left`.
Result<Return> receive(Order& order, const ReceiveReturn& wanted, Moment now);
Result<Return> withdraw(Order& order, ReturnId id, Moment now);

/// What the goods of a return cost.
Money worth(const Order& order, const Return& returned);

/// Captured and not paid back yet, nor about to be.
Money refundable(const Order& order);

/// Refuses: `not_found` (the return), `not_now` (it has not arrived, or was paid back or exchanged
/// already), `more_than_left` (names what is).
Result<Refund> refund(Order& order, const RequestRefund& wanted, RefundId id, Moment now);

/// The goods of a return once more. What came back with it may, once they are dispatched, come back
/// again. Refuses: `not_found` (the return), `not_now` (as for a refund).
Result<Exchange> exchange(Order& order, const AgreeExchange& wanted, ExchangeId id, Moment now);

/// Refuses: `not_found`, `not_now`.
Result<Exchange> change(Order& order, const ChangeExchange& wanted, Moment now);

/// What holds the goods of an exchange of the order.
std::string reservation_of(const Order& order, const Exchange& exchange);

/// What payments says; `at`: when it happened there. The first answers whether it was news.
bool note_authorized(Order& order, Money amount, Timestamp at);
void note_captured(Order& order, std::string capture, Money amount, Money in_all, Timestamp at);
void note_received(Order& order, Money amount, Money in_all, Timestamp at);
void note_failed(Order& order, std::string reason, Timestamp at);
void note_cancelled(Order& order, Timestamp at);
void note_refunded(Order& order, std::string refund, Money amount, Money in_all, Timestamp at);

}  // namespace kontor::orders::life
