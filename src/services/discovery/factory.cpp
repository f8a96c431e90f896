#include "services/discovery/factory.hpp"

#include "platform/folder_lock.hpp"
#include "services/discovery/edge/rest.hpp"
#include "services/discovery/following.hpp"
#include "services/discovery/service.hpp"

namespace kontor {

KONTOR_REMOTE(discovery::Discovery, product, products, suggestions, categories, stores,
              availability, offers)

namespace discovery {

namespace {

// Room for the pages and items of 10,000 products in the market that is asked most.
constexpr std::size_t rendered_bytes_max = std::size_t{64} << 20;

class DiscoveryService final : public Service {
public:
    explicit DiscoveryService(const Host& host)
        : lock_(host.folder),
          projection_(documents_folder(host.folder), host.ids.next()),
          index_(host.folder / "index", projection_, host.clock),
          writer_(projection_, index_, rendered_),
          discovery_(projection_, index_, rendered_, host.clock),
          following_(host, projection_, index_, writer_) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Discovery>(directory, dispatcher, discovery_);
    }

    Task<void> start() override {
        following_.start();
        co_return;
    }
    Task<void> stop() override { co_await following_.stop(); }
    bool ready() const override { return following_.caught_up(); }
    std::vector<const events::Consumer*> consumers() const override {
        return following_.consumers();
    }

private:
    FolderLock lock_;  ///< Two that follow would undo each other's progress.
    Projection projection_;
    IndexFeed index_;
    Rendered rendered_{rendered_bytes_max};
    ProjectionWriter writer_;
    LocalDiscovery discovery_;
    Following following_;
};

}  // namespace

const ServiceEntry entry{
    .name = "discovery",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<DiscoveryService>(host);
    },
    .connect = connect_remote<Discovery>,
    .edge = edge,
};

}  // namespace discovery

}  // namespace kontor
