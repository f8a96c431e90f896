#pragma once

#include <vector>

#include "app/seed/shop.hpp"
#include "services/catalog/api.hpp"
#include "services/inventory/api.hpp"
#include "services/pricing/api.hpp"
#include "services/stores/api.hpp"

/// The made-up shop as the services take it.
namespace kontor::seeding {

std::vector<stores::Market> markets_of(const seed::Shop& shop);
std::vector<stores::Store> stores_of(const seed::Shop& shop);
std::vector<pricing::TaxRate> tax_rates_of(const seed::Shop& shop);
std::vector<catalog::Category> categories_of(const seed::Shop& shop);

/// `product` of `shop`. Pictures are paths that the page server draws: `/media/hammer-b4552d.svg`.
catalog::ProductDraft draft_of(const seed::Shop& shop, const seed::Product& product);
std::vector<pricing::Price> prices_of(const seed::Variant& variant);
std::vector<inventory::StockCount> stock_of(const seed::Shop& shop, const seed::Product& product,
                                            const seed::Variant& variant);

}  // namespace kontor::seeding
