#include "services/orders/factory.hpp"

#include "services/orders/edge/rest.hpp"
#include "services/orders/events.hpp"
#include "services/orders/service.hpp"
#include "services/orders/subscriptions.hpp"

namespace kontor {

KONTOR_REMOTE(orders::Orders, place, order, any_order, orders)

namespace orders {

namespace {

class OrdersService final : public Service {
public:
    explicit OrdersService(const Host& host)
        : orders_(host, {host.directory.get<carts::Carts>(), host.directory.get<pricing::Pricing>(),
                         host.directory.get<discovery::Discovery>(),
                         host.directory.get<inventory::Inventory>()}),
          sink_({.consumer = "orders.after-placing", .stream = "orders"}, host.database, host.clock,
                after_placing(host.directory.get<inventory::Inventory>(),
                              host.directory.get<payments::Payments>(),
                              host.directory.get<carts::Carts>())),
          consumer_("orders.after-placing", "orders", host.log, sink_, {.report = host.report()}) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Orders>(directory, dispatcher, orders_);
    }

    Task<void> start() override {
        consumer_.start();
        co_return;
    }
    Task<void> stop() override { return consumer_.stop(); }
    std::vector<const events::Consumer*> consumers() const override { return {&consumer_}; }

private:
    LocalOrders orders_;
    events::ReactionSink sink_;
    events::Consumer consumer_;
};

}  // namespace

const ServiceEntry entry{
    .name = "orders",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<OrdersService>(host);
    },
    .connect = connect_remote<Orders>,
    .edge = edge,
    .events = events::event_infos<OrderPlaced>,
};

}  // namespace orders

}  // namespace kontor
