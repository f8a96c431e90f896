#include "services/stores/factory.hpp"

#include "services/stores/edge/rest.hpp"
#include "services/stores/events.hpp"
#include "services/stores/service.hpp"

namespace kontor {

KONTOR_REMOTE(stores::Stores, markets, market, put_markets, stores, put_stores)

namespace stores {

namespace {

class StoresService final : public Service {
public:
    explicit StoresService(const Host& host)
        : stores_(host, host.settings.section<StoresSettings>("stores")) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Stores>(directory, dispatcher, stores_);
    }

private:
    LocalStores stores_;
};

}  // namespace

const ServiceEntry entry{
    .name = "stores",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<StoresService>(host);
    },
    .connect = connect_remote<Stores>,
    .edge = edge,
    .events = events::event_infos<MarketChanged, StoreChanged>,
    .settings = [] { return config::section<StoresSettings>("stores"); },
};

}  // namespace stores

}  // namespace kontor
