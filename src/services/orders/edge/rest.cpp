#include "services/orders/edge/rest.hpp"

#include "services/orders/api.hpp"

namespace kontor::orders {

void edge(rest::Table& table, const Directory& directory) {
    using enum rest::Scope;
    auto& orders = directory.get<Orders>();
    table
        .route<&Orders::place>("POST", "/shop/{market}/orders", shopper, orders,
                               {.status = 201, .idempotency = rest::Idempotency::key_required})
        .route<&Orders::order>("GET", "/shop/{market}/orders/{order}", shopper, orders)
        .route<&Orders::orders>("GET", "/admin/orders", staff, orders)
        .route<&Orders::any_order>("GET", "/admin/orders/{order}", staff, orders);
}

}  // namespace kontor::orders
