#pragma once

#include "services/catalog/api.hpp"
#include "services/inventory/api.hpp"
#include "services/pricing/api.hpp"
#include "services/stores/api.hpp"

/// What the shop of the journeys has: one market, a cordless drill and a cable by the metre, in a
/// warehouse that serves online orders and in a store in Mannheim.
namespace kontor::journeys::assortment {

inline constexpr auto drill = "4711-01";
inline constexpr auto cable = "0815-01";

stores::PutMarkets markets();
stores::PutStores stores();
catalog::PutCategories categories();
catalog::PutProducts products();
pricing::PutTaxRates tax_rates();
pricing::PutPrices prices();
inventory::PutStock stock();

}  // namespace kontor::journeys::assortment
