#include "services/discovery/edge/rest.hpp"

#include "services/discovery/api.hpp"

namespace kontor::discovery {

void edge(rest::Table& table, const Directory& directory) {
    using rest::Scope;
    // Prices and stock change at any moment: kept, but asked for again; the answer is often a 304.
    const rest::Extra revalidated{.cache_control = "public, max-age=0, must-revalidate"};
    auto& discovery = directory.get<Discovery>();
    table
        .route<&Discovery::products>("GET", "/shop/{market}/products", Scope::shopper, discovery,
                                     revalidated)
        .route<&Discovery::product>("GET", "/shop/{market}/products/{product}", Scope::shopper,
                                    discovery, revalidated)
        .route<&Discovery::availability>("GET", "/shop/{market}/products/{product}/availability",
                                         Scope::shopper, discovery, revalidated)
        .route<&Discovery::suggestions>("GET", "/shop/{market}/suggestions", Scope::shopper,
                                        discovery, revalidated)
        .route<&Discovery::categories>("GET", "/shop/{market}/categories", Scope::shopper,
                                       discovery, revalidated)
        .route<&Discovery::stores>("GET", "/shop/{market}/stores", Scope::shopper, discovery,
                                   revalidated);
}

}  // namespace kontor::discovery
