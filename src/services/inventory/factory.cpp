#include "services/inventory/factory.hpp"

#include "platform/async/periodic.hpp"
#include "platform/events/consumer.hpp"
#include "platform/events/sql_sink.hpp"
#include "platform/service/local_follow_ups.hpp"
#include "services/inventory/edge/rest.hpp"
#include "services/inventory/events.hpp"
#include "services/inventory/service.hpp"
#include "services/inventory/subscriptions.hpp"

namespace kontor {

KONTOR_REMOTE(inventory::Inventory, put_stock, set_stock, adjust_stock, put_policies, put_kits,
              stock, stock_pages, reserve, extend, allocate, release, ship, restock)
KONTOR_REMOTE(inventory::StockFollowUps, dead_letters, retry_dead_letters)

namespace inventory {

namespace {

class InventoryService final : public Service {
public:
    explicit InventoryService(const Host& host)
        : inventory_(host),
          stores_sink_({"inventory", "stores"}, host.database, host.clock, store_handlers()),
          stores_consumer_("inventory", "stores", host.log, stores_sink_,
                           {.report = host.report()}),
          follow_ups_(host.database, {&stores_consumer_}),
          reaper_(
              host.look_interval, [this]() -> Task<void> { co_await inventory_.expire_due(); },
              host.report()) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Inventory>(directory, dispatcher, inventory_);
        publish_contract<StockFollowUps>(directory, dispatcher, follow_ups_);
    }

    Task<void> start() override {
        stores_consumer_.start();
        reaper_.start();
        co_return;
    }

    Task<void> stop() override {
        co_await reaper_.stop();
        co_await stores_consumer_.stop();
    }
    /// Which places serve which market must be known before stock can be held.
    bool ready() const override { return stores_consumer_.caught_up(); }
    std::vector<const events::Consumer*> consumers() const override { return {&stores_consumer_}; }

private:
    LocalInventory inventory_;
    events::TransactionSink stores_sink_;
    events::Consumer stores_consumer_;
    LocalFollowUps<FollowUpsTag> follow_ups_;
    Periodic reaper_;
};

}  // namespace

const ServiceEntry entry{
    .name = "inventory",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<InventoryService>(host);
    },
    .connect =
        [](Directory& directory, rpc::Channel& channel) {
            connect_remote<Inventory>(directory, channel);
            connect_remote<StockFollowUps>(directory, channel);
        },
    .edge = edge,
    .events = events::event_infos<StockChanged, ReservationExpired, StockShort>,
};

}  // namespace inventory

}  // namespace kontor
