#pragma once

#include <functional>

#include "app/seed/shop.hpp"
#include "services/catalog/api.hpp"
#include "services/inventory/api.hpp"
#include "services/pricing/api.hpp"
#include "services/stores/api.hpp"

namespace kontor::seeding {

/// Who takes the shop in.
struct Takers {
    stores::Stores& stores;
    catalog::Catalog& catalog;
    pricing::Pricing& pricing;
    inventory::Inventory& inventory;
};

struct Counts {
    std::int64_t accepted = 0;
    std::int64_t unchanged = 0;
};

/// What became of a whole shop, by kind.
struct Loaded {
    Counts markets;
    Counts stores;
    Counts categories;
    Counts products;
    Counts prices;
    Counts stock;
};

/// Called now and then with how many products have their stock, which comes last.
using Report = std::function<void(std::int64_t products)>;

/// Puts a whole shop into the services, in large batches, products, prices and stock side by side.
/// What is there already is left as it is, so that one that was interrupted is just repeated.
/// Refuses: whatever a service refuses, and `invalid` where one does not take an entry: that would
/// be an error of the generator. Memory does not grow with the shop.
Task<Result<Loaded>> load(const seed::Shop& shop, Takers takers, Context context, Report report);

}  // namespace kontor::seeding
