#include "services/orders/edge/rest.hpp"

#include "services/orders/api.hpp"

namespace kontor::orders {

void edge(rest::Table& table, const Directory& directory) {
    using enum rest::Scope;
    auto& orders = directory.get<Orders>();
    auto& follow_ups = directory.get<OrderFollowUps>();
    constexpr rest::Extra keyed{.idempotency = rest::Idempotency::key_required};
    table
        .route<&Orders::place>("POST", "/shop/{market}/orders", shopper, orders,
                               {.status = 201, .idempotency = rest::Idempotency::key_required})
        .route<&Orders::order>("GET", "/shop/{market}/orders/{order}", shopper, orders)
        .route<&Orders::orders>("GET", "/admin/orders", staff, orders)
        .route<&Orders::any_order>("GET", "/admin/orders/{order}", staff, orders)
        .route<&Orders::cancel>("POST", "/shop/{market}/orders/{order}/cancellations", shopper,
                                orders, keyed)
        .route<&Orders::cancel_any>("POST", "/admin/orders/{order}/cancellations", staff, orders,
                                    keyed)
        .route<&Orders::ship>("POST", "/admin/orders/{order}/shipments", staff, orders, keyed)
        .route<&Orders::change_shipment>("PATCH", "/admin/orders/{order}/shipments/{shipment}",
                                         staff, orders)
        .route<&Orders::register_return>("POST", "/admin/orders/{order}/returns", staff, orders,
                                         keyed)
        .route<&Orders::receive_return>(
            "POST", "/admin/orders/{order}/returns/{return_id}/receipts", staff, orders, keyed)
        .route<&Orders::withdraw_return>("DELETE", "/admin/orders/{order}/returns/{return_id}",
                                         staff, orders)
        .route<&Orders::refund>("POST", "/admin/orders/{order}/refunds", staff, orders, keyed)
        .route<&Orders::exchange>("POST", "/admin/orders/{order}/exchanges", staff, orders, keyed)
        .route<&Orders::change_exchange>("PATCH", "/admin/orders/{order}/exchanges/{exchange}",
                                         staff, orders)
        .route<&Orders::put_past_orders>("POST", "/admin/past-orders", staff, orders)
        .route<&Orders::checkouts>("GET", "/admin/checkouts", staff, orders)
        .route<&Orders::retry_checkout>("POST", "/admin/checkouts/{checkout}/retry", staff, orders)
        .route<&Orders::abort_checkout>("POST", "/admin/checkouts/{checkout}/abort", staff, orders)
        .route<&OrderFollowUps::dead_letters>("GET", "/admin/dead-letters/orders", staff,
                                              follow_ups)
        .route<&OrderFollowUps::retry_dead_letters>("POST", "/admin/dead-letters/orders/retry",
                                                    staff, follow_ups);
}

}  // namespace kontor::orders
