#pragma once

#include <functional>

#include "base/clock.hpp"
#include "services/catalog/api.hpp"
#include "services/discovery/api.hpp"
#include "services/inventory/api.hpp"
#include "services/pricing/api.hpp"
#include "services/stores/api.hpp"

namespace kontor::verifying {

/// Who is asked: those who keep the records, and the one that projects them.
struct Sources {
    stores::Stores& stores;
    catalog::Catalog& catalog;
    pricing::Pricing& pricing;
    inventory::Inventory& inventory;
    discovery::Discovery& discovery;
};

/// Something that a shopper is told wrongly.
struct Difference {
    std::string market;
    std::string product;  ///< Its code; empty where it is the market as a whole.
    std::string what;     ///< `price of 4711-01`
    std::string recorded;
    std::string shown;
};

struct Findings {
    static constexpr std::size_t kept_max = 20;

    std::int64_t markets = 0;
    std::int64_t products = 0;
    std::int64_t variants = 0;
    std::int64_t compared = 0;  ///< Single facts: a name, a price, what a store has.
    std::int64_t differences = 0;
    std::vector<Difference> first;  ///< At most `kept_max`.
};

using Report = std::function<void(std::int64_t products)>;

/// Compares what shoppers of every market are shown with what is recorded, for every product: found
/// by its id, name, category path, SKU and GTIN, price and unit price now, availability online and
/// in every store, the offer that carts take, and how many products a market lists. Asks page by
/// page; memory does not grow with the catalogue. Meant for a shop at rest: a change meanwhile can
/// show as a difference.
/// Refuses: whatever a service refuses where it should not.
Task<Result<Findings>> verify(Sources sources, const Clock& clock, Context context, Report report);

}  // namespace kontor::verifying
