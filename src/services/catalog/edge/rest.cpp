#include "services/catalog/edge/rest.hpp"

#include "services/catalog/api.hpp"

namespace kontor::catalog {

void edge(rest::Table& table, const Directory& directory) {
    using rest::Scope;
    auto& catalog = directory.get<Catalog>();
    table.route<&Catalog::products>("GET", "/admin/products", Scope::staff, catalog)
        .route<&Catalog::put_products>("POST", "/admin/products", Scope::staff, catalog)
        .route<&Catalog::product>("GET", "/admin/products/{product}", Scope::staff, catalog)
        .route<&Catalog::rename_product>("PUT", "/admin/products/{product}/name", Scope::staff,
                                         catalog)
        .route<&Catalog::categories>("GET", "/admin/categories", Scope::staff, catalog)
        .route<&Catalog::put_categories>("POST", "/admin/categories", Scope::staff, catalog);
}

}  // namespace kontor::catalog
