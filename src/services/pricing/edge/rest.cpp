#include "services/pricing/edge/rest.hpp"

#include "services/pricing/api.hpp"

namespace kontor::pricing {

void edge(rest::Table& table, const Directory& directory) {
    using rest::Scope;
    auto& pricing = directory.get<Pricing>();
    table.route<&Pricing::prices>("GET", "/admin/prices", Scope::staff, pricing)
        .route<&Pricing::put_prices>("POST", "/admin/prices", Scope::staff, pricing)
        .route<&Pricing::tax_rates>("GET", "/admin/tax-rates", Scope::staff, pricing)
        .route<&Pricing::put_tax_rates>("POST", "/admin/tax-rates", Scope::staff, pricing);
}

}  // namespace kontor::pricing
