#include "services/orders/factory.hpp"

#include "platform/async/periodic.hpp"
#include "platform/events/consumer.hpp"
#include "platform/events/sql_sink.hpp"
#include "platform/service/local_follow_ups.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/orders/edge/rest.hpp"
#include "services/orders/events.hpp"
#include "services/orders/service.hpp"
#include "services/orders/subscriptions.hpp"

namespace kontor {

KONTOR_REMOTE(orders::Orders, place, order, any_order, orders, ship, change_shipment, cancel,
              cancel_any, register_return, receive_return, withdraw_return, refund, exchange,
              change_exchange, put_past_orders, checkouts, retry_checkout, abort_checkout)
KONTOR_REMOTE(orders::OrderFollowUps, dead_letters, retry_dead_letters)

namespace orders {

namespace {

std::optional<telemetry::Gauge> age_gauge(telemetry::Registry* registry) {
    if (registry == nullptr) {
        return std::nullopt;
    }
    return registry->gauge("kontor_oldest_checkout_age_seconds",
                           "For how long the oldest checkout that has not ended is under way.");
}

class OrdersService final : public Service {
public:
    explicit OrdersService(const Host& host)
        : orders_(host, {host.directory.get<carts::Carts>(), host.directory.get<pricing::Pricing>(),
                         host.directory.get<discovery::Discovery>(),
                         host.directory.get<inventory::Inventory>(),
                         host.directory.get<payments::Payments>()}),
          own_sink_({"orders.after-placing", "orders"}, host.database, host.clock,
                    follow_up(host.directory.get<inventory::Inventory>(),
                              host.directory.get<payments::Payments>(),
                              host.directory.get<carts::Carts>())),
          own_("orders.after-placing", "orders", host.log, own_sink_, {.report = host.report()}),
          payments_sink_({"orders.payment-news", "payments"}, host.database, host.clock,
                         payment_news(host.outbox, host.ids)),
          payments_("orders.payment-news", "payments", host.log, payments_sink_,
                    {.report = host.report()}),
          follow_ups_(host.database, {&own_, &payments_}),
          oldest_(age_gauge(host.directory.metrics())),
          worker_(host.look_interval, [this] { return take_up_checkouts(); }, host.report()) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Orders>(directory, dispatcher, orders_);
        publish_contract<OrderFollowUps>(directory, dispatcher, follow_ups_);
    }

    Task<void> start() override {
        own_.start();
        payments_.start();
        worker_.start();
        co_return;
    }
    Task<void> stop() override {
        co_await worker_.stop();
        co_await payments_.stop();
        co_await own_.stop();
    }
    std::vector<const events::Consumer*> consumers() const override { return {&own_, &payments_}; }

private:
    Task<void> take_up_checkouts() {
        co_await orders_.take_up_checkouts();
        if (oldest_) {
            const auto age = co_await orders_.oldest_checkout();
            oldest_->set(std::chrono::duration_cast<std::chrono::seconds>(age).count());
        }
    }

    LocalOrders orders_;
    events::ReactionSink own_sink_;
    events::Consumer own_;
    events::TransactionSink payments_sink_;
    events::Consumer payments_;
    LocalFollowUps<FollowUpsTag> follow_ups_;
    std::optional<telemetry::Gauge> oldest_;
    Periodic worker_;
};

}  // namespace

const ServiceEntry entry{
    .name = "orders",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<OrdersService>(host);
    },
    .connect =
        [](Directory& directory, rpc::Channel& channel) {
            connect_remote<Orders>(directory, channel);
            connect_remote<OrderFollowUps>(directory, channel);
        },
    .edge = edge,
    .events =
        events::event_infos<OrderPlaced, ShipmentCreated, ShipmentChanged, OrderLinesCancelled,
                            OrderCancelled, ReturnRegistered, ReturnWithdrawn, ReturnReceived,
                            RefundRequested, PastOrderRecorded, ExchangeAgreed, ExchangeChanged>,
};

}  // namespace orders

}  // namespace kontor
