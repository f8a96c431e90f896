#include "services/catalog/factory.hpp"

#include "services/catalog/edge/rest.hpp"
#include "services/catalog/events.hpp"
#include "services/catalog/service.hpp"

namespace kontor {

KONTOR_REMOTE(catalog::Catalog, product, products, rename_product, put_products, put_categories,
              categories)

namespace catalog {

namespace {

class CatalogService final : public Service {
public:
    explicit CatalogService(const Host& host) : catalog_(host) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Catalog>(directory, dispatcher, catalog_);
    }

private:
    LocalCatalog catalog_;
};

}  // namespace

const ServiceEntry entry{
    .name = "catalog",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<CatalogService>(host);
    },
    .connect = connect_remote<Catalog>,
    .edge = edge,
    .events = events::event_infos<ProductChanged, CategoryChanged>,
};

}  // namespace catalog

}  // namespace kontor
