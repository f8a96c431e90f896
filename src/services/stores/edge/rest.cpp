#include "services/stores/edge/rest.hpp"

#include "services/stores/api.hpp"

namespace kontor::stores {

void edge(rest::Table& table, const Directory& directory) {
    using rest::Scope;
    auto& stores = directory.get<Stores>();
    table.route<&Stores::markets>("GET", "/admin/markets", Scope::staff, stores)
        .route<&Stores::put_markets>("POST", "/admin/markets", Scope::staff, stores)
        .route<&Stores::market>("GET", "/admin/markets/{code}", Scope::staff, stores)
        .route<&Stores::stores>("GET", "/admin/stores", Scope::staff, stores)
        .route<&Stores::put_stores>("POST", "/admin/stores", Scope::staff, stores);
}

}  // namespace kontor::stores
