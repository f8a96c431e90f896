#include "services/inventory/edge/rest.hpp"

#include "services/inventory/api.hpp"

namespace kontor::inventory {

void edge(rest::Table& table, const Directory& directory) {
    using rest::Scope;
    auto& inventory = directory.get<Inventory>();
    auto& follow_ups = directory.get<StockFollowUps>();
    table.route<&Inventory::stock>("GET", "/admin/stock", Scope::staff, inventory)
        .route<&Inventory::put_stock>("POST", "/admin/stock", Scope::staff, inventory)
        .route<&Inventory::adjust_stock>("POST", "/admin/stock-adjustments", Scope::staff,
                                         inventory)
        .route<&Inventory::put_policies>("POST", "/admin/stock-policies", Scope::staff, inventory)
        .route<&Inventory::put_kits>("POST", "/admin/kits", Scope::staff, inventory)
        .route<&Inventory::set_stock>("PUT", "/admin/stock/{sku}/{location}", Scope::staff,
                                      inventory)
        .route<&StockFollowUps::dead_letters>("GET", "/admin/dead-letters/inventory", Scope::staff,
                                              follow_ups)
        .route<&StockFollowUps::retry_dead_letters>("POST", "/admin/dead-letters/inventory/retry",
                                                    Scope::staff, follow_ups);
}

}  // namespace kontor::inventory
