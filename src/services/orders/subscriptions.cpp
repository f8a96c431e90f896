#include "services/orders/subscriptions.hpp"

#include "platform/events/sink.hpp"
#include "services/orders/events.hpp"
#include "services/orders/holds.hpp"

namespace kontor::orders {

namespace {

/// What will pass by itself is waited for; anything else is for people to see (a dead letter).
template <class T>
void must_succeed(const Result<T>& step, std::string_view what, OrderId order) {
    if (step) {
        return;
    }
    const auto message = fmt::format("order {}: {}: {}: {}", to_text(order), what,
                                     step.error().code, step.error().message);
    if (step.error().status >= 500) {
        throw events::TransientFailure(message);
    }
    throw std::runtime_error(message);
}

template <class Line>
std::vector<Line> lines_of(const std::vector<OrderedLine>& ordered) {
    std::vector<Line> lines;
    for (const auto& line : ordered) {
        lines.push_back({line.sku, line.quantity});
    }
    return lines;
}

/// The stock of orders, under the key that `holds` finds from the one they were placed with.
class Stock {
public:
    explicit Stock(inventory::Inventory& inventory) : inventory_(inventory) {}

    Task<void> allocate(Context context, OrderPlaced placed) const {
        co_await allocate(std::move(context), placed.order, placed.reservation, placed.lines);
    }

    Task<void> allocate(Context context, ExchangeAgreed agreed) const {
        co_await allocate(std::move(context), agreed.order, agreed.reservation, agreed.lines);
    }

    /// The goods of an exchange leave, or are free again; nothing else of it is about stock.
    Task<void> follow(Context context, ExchangeChanged changed) const {
        const auto id = to_text(changed.exchange);
        const auto done = co_await holds::under_live_key(
            changed.reservation, [&](std::string key) -> Task<Result<inventory::Reservation>> {
                if (changed.status == ExchangeStatus::dispatched) {
                    return inventory_.ship(
                        context,
                        {std::move(key), id, lines_of<inventory::ShippedLine>(changed.lines)});
                }
                return inventory_.release(
                    context,
                    {std::move(key), lines_of<inventory::ReleasedLine>(changed.lines), id});
            });
        must_succeed(done, "the goods of its exchange cannot be moved", changed.order);
    }

    Task<void> ship(Context context, ShipmentCreated created) const {
        const auto shipped =
            co_await holds::under_live_key(created.handles.reservation, [&](std::string key) {
                return inventory_.ship(context, {std::move(key), to_text(created.shipment),
                                                 lines_of<inventory::ShippedLine>(created.lines)});
            });
        must_succeed(shipped, "its goods cannot be taken out of stock", created.order);
    }

    Task<void> release(Context context, OrderLinesCancelled cancelled) const {
        const auto released =
            co_await holds::under_live_key(cancelled.handles.reservation, [&](std::string key) {
                return inventory_.release(
                    context, {std::move(key), lines_of<inventory::ReleasedLine>(cancelled.lines),
                              to_text(cancelled.cancellation)});
            });
        must_succeed(released, "its stock cannot be given back", cancelled.order);
    }

    Task<void> restock(Context context, ReturnReceived returned) const {
        inventory::RestockGoods goods{to_text(returned.return_id), {}};
        for (const auto& line : returned.resalable) {
            goods.lines.push_back({line.sku, line.quantity, returned.location});
        }
        if (!goods.lines.empty()) {
            must_succeed(co_await inventory_.restock(context, goods),
                         "its returned goods cannot be put on the shelf", returned.order);
        }
    }

private:
    Task<void> allocate(Context context, OrderId order, std::string reservation,
                        std::vector<OrderedLine> lines) const {
        const auto allocated = co_await holds::under_live_key(
            reservation, [&](std::string key) -> Task<Result<inventory::Reservation>> {
                if (key != reservation) {
                    TRY(co_await inventory_.reserve(
                        context, holds::stock_for(key, lines, holds::placing_s)));
                }
                co_return co_await inventory_.allocate(context, {std::move(key), to_text(order)});
            });
        must_succeed(allocated, "its stock cannot be allocated", order);
    }

    inventory::Inventory& inventory_;
};

/// The money of orders; those that cost nothing have none.
class Till {
public:
    explicit Till(payments::Payments& payments) : payments_(payments) {}

    Task<void> open(Context context, OrderPlaced placed) const {
        const bool opened_before =
            payments::status_when_opened(placed.payment) == payments::Status::requires_action;
        if (placed.gross.minor_units > 0 && !opened_before) {
            must_succeed(co_await payments_.open(context, {.order = key_of(placed),
                                                           .method = placed.payment,
                                                           .amount = placed.gross,
                                                           .reference = placed.number}),
                         "its payment cannot be opened", placed.order);
        }
    }

    Task<void> capture(Context context, ShipmentCreated created) const {
        if (created.gross.minor_units > 0) {
            must_succeed(
                co_await payments_.capture(context, {created.handles.payment_key,
                                                     to_text(created.shipment), created.gross}),
                "its shipment cannot be captured", created.order);
        }
    }

    /// Once nothing is left to ship, what was not captured never will be.
    Task<void> give_up_rest(Context context, OrderId order, std::string payment_key) const {
        const auto given_up = co_await payments_.cancel(context, {std::move(payment_key)});
        if (given_up || given_up.error().code != kontor::refusals::not_found.code) {
            must_succeed(given_up, "the rest of its payment cannot be given up", order);
        }
    }

    /// What another system invoiced and was paid for goes through the books as it went there.
    Task<void> book(Context context, PastOrderRecorded past) const {
        if (past.gross.minor_units == 0) {
            co_return;
        }
        const auto key = to_text(past.order);
        must_succeed(co_await payments_.open(context, {.order = key,
                                                       .method = payments::Method::invoice,
                                                       .amount = past.gross,
                                                       .reference = past.number}),
                     "its payment cannot be opened", past.order);
        must_succeed(co_await payments_.capture(context, {key, to_text(past.shipment), past.gross}),
                     "its invoice cannot be captured", past.order);
        // Without a reference it is nobody's, and then this order's, whatever its number is like.
        const auto received = co_await payments_.receive(context, {"past-" + key, {}, past.gross});
        must_succeed(received, "its transfer cannot be booked", past.order);
        must_succeed(co_await payments_.assign(context, {received->id, key}),
                     "its transfer cannot be assigned", past.order);
    }

    Task<void> refund(Context context, RefundRequested wanted) const {
        must_succeed(co_await payments_.refund(
                         context, {wanted.handles.payment_key, to_text(wanted.refund),
                                   wanted.amount, std::string(describe::enum_text(wanted.reason))}),
                     "its money cannot be paid back", wanted.order);
    }

private:
    static std::string key_of(const OrderPlaced& placed) {
        return placed.payment_key.value_or(to_text(placed.order));
    }

    payments::Payments& payments_;
};

}  // namespace

events::Handlers<Context> follow_up(inventory::Inventory& inventory, payments::Payments& payments,
                                    carts::Carts& carts) {
    const Stock stock(inventory);
    const Till till(payments);
    return events::Handlers<Context>{}
        .on<OrderPlaced>([stock, till, &carts](Context context, const OrderPlaced& placed,
                                               const events::Envelope&) -> Task<void> {
            context.market = placed.market;
            co_await stock.allocate(context, placed);
            co_await till.open(context, placed);
            must_succeed(co_await carts.close(context, {placed.cart, to_text(placed.order)}),
                         "its cart cannot be closed", placed.order);
        })
        .on<PastOrderRecorded>([till](Context context, const PastOrderRecorded& past,
                                      const events::Envelope&) -> Task<void> {
            context.market = past.market;
            co_await till.book(std::move(context), past);
        })
        .on<ShipmentCreated>([stock, till](Context context, const ShipmentCreated& created,
                                           const events::Envelope&) -> Task<void> {
            context.market = created.market;
            co_await stock.ship(context, created);
            co_await till.capture(context, created);
            if (created.nothing_left) {
                co_await till.give_up_rest(context, created.order, created.handles.payment_key);
            }
        })
        .on<OrderLinesCancelled>([stock, till](Context context, const OrderLinesCancelled& gone,
                                               const events::Envelope&) -> Task<void> {
            context.market = gone.market;
            co_await stock.release(context, gone);
            if (gone.nothing_left) {
                co_await till.give_up_rest(context, gone.order, gone.handles.payment_key);
            }
        })
        .on<ReturnReceived>([stock](Context context, const ReturnReceived& returned,
                                    const events::Envelope&) -> Task<void> {
            co_await stock.restock(std::move(context), returned);
        })
        .on<ExchangeAgreed>([stock](Context context, const ExchangeAgreed& agreed,
                                    const events::Envelope&) -> Task<void> {
            context.market = agreed.market;
            co_await stock.allocate(std::move(context), agreed);
        })
        .on<ExchangeChanged>([stock](Context context, const ExchangeChanged& changed,
                                     const events::Envelope&) -> Task<void> {
            context.market = changed.market;
            if (changed.status == ExchangeStatus::dispatched ||
                changed.status == ExchangeStatus::cancelled) {
                co_await stock.follow(std::move(context), changed);
            }
        })
        .on<RefundRequested>([till](Context context, const RefundRequested& wanted,
                                    const events::Envelope&) -> Task<void> {
            context.market = wanted.market;
            co_await till.refund(std::move(context), wanted);
        });
}

}  // namespace kontor::orders
