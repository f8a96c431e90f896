#pragma once

#include <map>

#include "services/catalog/api.hpp"
#include "services/inventory/api.hpp"
#include "services/pricing/api.hpp"
#include "services/stores/api.hpp"

/// Whether projections tell what the records do, found out by a reading of its own: nothing here is
/// shared with what builds or reads the projections.
namespace kontor::verifying {

/// What everything else refers to.
struct Surroundings {
    std::vector<stores::Market> markets;
    std::map<std::string, stores::Store> places;
    std::map<std::string, catalog::Category> categories;
    std::vector<pricing::TaxRate> tax_rates;
};

/// A product with all that is recorded about its variants, by SKU.
struct Recorded {
    catalog::Product product;
    std::map<std::string, std::vector<pricing::Price>> prices;
    std::map<std::string, std::vector<inventory::StockLevel>> stock;
};

/// What a shopper of one market should see of a variant.
struct ExpectedVariant {
    std::string sku;
    std::string gtin;                         ///< Empty without one.
    std::string price;                        ///< `19.99 EUR`; empty without one.
    std::string unit_price;                   ///< `16.63 EUR LTR`; empty without one.
    bool online = false;                      ///< A place that serves the market has some.
    std::map<std::string, std::string> here;  ///< What each of the market's stores has, if any.
};

/// What a shopper of one market should see of a product, in the market's first language.
struct ExpectedProduct {
    bool sold = false;  ///< A variant has a price.
    std::string name;
    std::string category_path;  ///< Codes and names, from the root.
    std::vector<ExpectedVariant> variants;
};

ExpectedProduct expected_of(const Surroundings& surroundings, const Recorded& recorded,
                            const stores::Market& market, Timestamp now);

/// The VAT rates that a class may have in a market at `now`, in percent: one, or two where it
/// changes within a day of it, since this does not ask for the market's own midnight.
std::vector<std::string> tax_rates_of(const Surroundings& surroundings, std::string_view tax_class,
                                      const stores::Market& market, Timestamp now);

}  // namespace kontor::verifying
