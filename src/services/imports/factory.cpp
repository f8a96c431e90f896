#include "services/imports/factory.hpp"

#include "services/imports/edge/rest.hpp"
#include "services/imports/service.hpp"

namespace kontor {

KONTOR_REMOTE(imports::Imports, open, append, start, import, imports, rejects, put_mapping,
              mappings)

namespace imports {

namespace {

class ImportsService final : public Service {
public:
    explicit ImportsService(const Host& host) : imports_(host) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Imports>(directory, dispatcher, imports_);
    }
    Task<void> start() override { return imports_.runner().start(); }
    Task<void> stop() override { return imports_.runner().stop(); }

private:
    LocalImports imports_;
};

}  // namespace

const ServiceEntry entry{
    .name = "imports",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<ImportsService>(host);
    },
    .connect = connect_remote<Imports>,
    .edge = edge,
};

}  // namespace imports

}  // namespace kontor
