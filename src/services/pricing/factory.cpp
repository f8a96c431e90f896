#include "services/pricing/factory.hpp"

#include "services/pricing/edge/rest.hpp"
#include "services/pricing/events.hpp"
#include "services/pricing/service.hpp"

namespace kontor {

KONTOR_REMOTE(pricing::Pricing, put_prices, prices, price_pages, quote, put_tax_rates, tax_rates)

namespace pricing {

namespace {

class PricingService final : public Service {
public:
    explicit PricingService(const Host& host) : pricing_(host) {}

    void publish(Directory& directory, rpc::Dispatcher& dispatcher) override {
        publish_contract<Pricing>(directory, dispatcher, pricing_);
    }

private:
    LocalPricing pricing_;
};

}  // namespace

const ServiceEntry entry{
    .name = "pricing",
    .start = [](const Host& host) -> std::unique_ptr<Service> {
        return std::make_unique<PricingService>(host);
    },
    .connect = connect_remote<Pricing>,
    .edge = edge,
    .events = events::event_infos<PricesChanged, TaxRatesChanged>,
};

}  // namespace pricing

}  // namespace kontor
