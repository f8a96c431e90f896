#include "services/inventory/edge/rest.hpp"

#include "services/inventory/api.hpp"

namespace kontor::inventory {

void edge(rest::Table& table, const Directory& directory) {
    using rest::Scope;
    auto& inventory = directory.get<Inventory>();
    table.route<&Inventory::stock>("GET", "/admin/stock", Scope::staff, inventory)
        .route<&Inventory::put_stock>("POST", "/admin/stock", Scope::staff, inventory)
        .route<&Inventory::set_stock>("PUT", "/admin/stock/{sku}/{location}", Scope::staff,
                                      inventory);
}

}  // namespace kontor::inventory
