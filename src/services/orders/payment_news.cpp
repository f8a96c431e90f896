#include "services/orders/checkout_store.hpp"
#include "services/orders/facts.hpp"
#include "services/orders/life.hpp"
#include "services/orders/subscriptions.hpp"
#include "services/payments/events.hpp"

namespace kontor::orders {

namespace {

using events::Envelope;

/// The order that a payment is for. Its key is the order's id, with a number behind it where an
/// earlier attempt to pay came to nothing.
std::optional<OrderId> order_of(std::string_view payment_key) {
    const auto id = parse_id(OrderTag::prefix, payment_key.substr(0, payment_key.find('.')));
    return id ? std::optional(OrderId{*id}) : std::nullopt;
}

/// The order that is paid by this payment, held until the transaction ends.
Task<std::optional<store::StoredOrder>> paid_by(sql::Transaction& transaction, std::string key) {
    const auto id = order_of(key);
    auto stored = id ? co_await store::find_for_change(transaction, *id) : std::nullopt;
    if (stored && stored->handles.payment_key != key) {
        stored.reset();
    }
    co_return stored;
}

/// Whoever waits for this payment goes on at once.
void wake_checkout(sql::Transaction& transaction, const std::string& key, Timestamp now) {
    if (const auto order = order_of(key)) {
        store::make_due(transaction, *order, now);
    }
}

/// Writes down what `note` makes of the order that is paid by this payment.
template <class Note>
Task<void> note_down(sql::Transaction& transaction, std::string key, Note note) {
    auto stored = co_await paid_by(transaction, std::move(key));
    if (stored && note(stored->order)) {
        ++stored->order.version;
        co_await store::update(transaction, stored->order);
    }
}

}  // namespace

events::Handlers<sql::Transaction&> payment_news(events::Outbox& outbox, IdSource& ids) {
    return events::Handlers<sql::Transaction&>{}
        .on<payments::PaymentAuthorized>([](sql::Transaction& transaction,
                                            const payments::PaymentAuthorized& event,
                                            const Envelope& envelope) -> Task<void> {
            if (event.method == payments::Method::invoice) {
                co_return;  // it was when the order was placed
            }
            wake_checkout(transaction, event.order, envelope.time);
            co_await note_down(transaction, event.order, [&](Order& order) {
                return life::note_authorized(order, event.amount, envelope.time);
            });
        })
        .on<payments::PaymentCaptured>([](sql::Transaction& transaction,
                                          const payments::PaymentCaptured& event,
                                          const Envelope& envelope) -> Task<void> {
            co_await note_down(transaction, event.order, [&](Order& order) {
                life::note_captured(order, event.capture, event.amount, event.captured,
                                    envelope.time);
                return true;
            });
        })
        .on<payments::TransferReceived>([](sql::Transaction& transaction,
                                           const payments::TransferReceived& event,
                                           const Envelope& envelope) -> Task<void> {
            co_await note_down(transaction, event.order, [&](Order& order) {
                life::note_received(order, event.amount, event.received, envelope.time);
                return true;
            });
        })
        .on<payments::RefundIssued>([](sql::Transaction& transaction,
                                       const payments::RefundIssued& event,
                                       const Envelope& envelope) -> Task<void> {
            co_await note_down(transaction, event.order, [&](Order& order) {
                life::note_refunded(order, event.refund, event.amount, event.refunded,
                                    envelope.time);
                return true;
            });
        })
        .on<payments::PaymentCancelled>([](sql::Transaction& transaction,
                                           const payments::PaymentCancelled& event,
                                           const Envelope& envelope) -> Task<void> {
            co_await note_down(transaction, event.order, [&](Order& order) {
                life::note_cancelled(order, envelope.time);
                return true;
            });
        })
        .on<payments::PaymentFailed>([&outbox, &ids](sql::Transaction& transaction,
                                                     const payments::PaymentFailed& event,
                                                     const Envelope& envelope) -> Task<void> {
            wake_checkout(transaction, event.order, envelope.time);
            auto stored = co_await paid_by(transaction, event.order);
            if (!stored) {
                co_return;
            }
            auto& order = stored->order;
            ++order.version;
            const bool waited = order.status == OrderStatus::awaiting_payment;
            life::note_failed(order, event.reason, envelope.time);
            facts::Facts facts;
            if (waited) {  // the money never came: nobody waits for the goods
                const auto cancelled =
                    life::cancel(order, {}, ids.make<CancellationId>(), {envelope.time}).value();
                facts = facts::cancelled(*stored, cancelled);
            }
            co_await store::update(transaction, order);
            for (const auto& fact : facts) {
                outbox.publish(transaction, Context{.trace = envelope.trace}, fact);
            }
        });
}

}  // namespace kontor::orders
