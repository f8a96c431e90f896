#pragma once

#include <map>
#include <memory>

#include "services/carts/api.hpp"
#include "services/inventory/api.hpp"
#include "services/orders/api.hpp"
#include "services/payments/api.hpp"
#include "services/pricing/api.hpp"
#include "services/stores/api.hpp"

namespace kontor::simulation {

/// The contracts as people outside reach them.
struct Contracts {
    std::unique_ptr<stores::Stores> stores;
    std::unique_ptr<pricing::Pricing> pricing;
    std::unique_ptr<inventory::Inventory> inventory;
    std::unique_ptr<carts::Carts> carts;
    std::unique_ptr<payments::Payments> payments;
    std::unique_ptr<orders::Orders> orders;
};

/// An order that a shopper was told to have.
struct Acknowledged {
    std::uint64_t shopper = 0;
    std::string key;
    std::string secret;
    orders::PlaceOrder request;
    carts::Cart seen;  ///< What the shopper bought, as the cart showed it.
    orders::Order order;
    std::string bytes;  ///< As the key answers; empty where the order was seen otherwise.
};

/// What shoppers and staff have been told.
struct Ledger {
    std::vector<Acknowledged> orders;
    int purchases = 0;                   ///< Carts that somebody tried to buy.
    std::map<std::string, int> refused;  ///< How many of them were refused in the end, by code.
    std::map<std::string, int> done;     ///< What was done about orders, by what.
    std::vector<std::string> complaints;
};

}  // namespace kontor::simulation
