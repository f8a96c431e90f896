#pragma once

#include "platform/service/service.hpp"
#include "services/discovery/api.hpp"
#include "services/inventory/api.hpp"
#include "services/orders/api.hpp"
#include "services/orders/store.hpp"
#include "services/pricing/api.hpp"

namespace kontor::orders {

/// Whom orders asks.
struct Collaborators {
    carts::Carts& carts;
    pricing::Pricing& pricing;
    discovery::Discovery& discovery;
    inventory::Inventory& inventory;
};

/// Orders on this service's own records.
class LocalOrders final : public Orders {
public:
    LocalOrders(const Host& host, Collaborators ask) : host_(host), ask_(ask) {}

    Task<Result<Order>> place(Context context, PlaceOrder wanted) override;
    Task<Result<Order>> order(Context context, OrderKey wanted) override;
    Task<Result<Order>> any_order(Context context, OrderKey wanted) override;
    Task<Result<OrderList>> orders(Context context, ListOrders wanted) override;

private:
    Task<Result<std::optional<store::StoredOrder>>> placed_before(Context context,
                                                                  carts::CartId cart);
    Task<Result<carts::Cart>> checked_cart(Context context, PlaceOrder wanted);
    Task<Result<std::string>> hold(Context context, const carts::Cart& cart);
    Task<Result<Order>> record(Context context, PlaceOrder wanted, store::StoredOrder order,
                               std::string reservation);
    Task<Result<store::StoredOrder>> find(Context context, OrderId order);

    Host host_;
    Collaborators ask_;
};

}  // namespace kontor::orders
