#include "services/carts/factory.hpp"

#include "services/carts/edge/rest.hpp"
#include "services/carts/service.hpp"

namespace kontor {

KONTOR_REMOTE(carts::Carts, create, cart, add_line, change_line, remove_line, merge, set_addresses,
              set_delivery, set_payment, close)

namespace carts {

namespace {

class CartsService final : public Service {
public:
    explicit CartsService(const Host& host)
        : carts_(host, host.directory.get<discovery::Discovery>(),
                 host.settings.section<CartsSettings>("carts")) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Carts>(directory, dispatcher, carts_);
    }

private:
    LocalCarts carts_;
};

}  // namespace

const ServiceEntry entry{
    .name = "carts",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<CartsService>(host);
    },
    .connect = connect_remote<Carts>,
    .edge = edge,
    .settings = [] { return config::section<CartsSettings>("carts"); },
};

}  // namespace carts

}  // namespace kontor
