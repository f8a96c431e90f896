#pragma once

#include "platform/events/event.hpp"
#include "services/pricing/api.hpp"

namespace kontor::pricing {

/// A SKU's prices changed. Aggregate: the SKU.
struct PricesChanged {
    std::string sku;
    std::vector<Price> prices;
    static constexpr events::Type type{"pricing.prices-changed", 1};
    static constexpr auto describe() {
        return described<PricesChanged>(
            "A SKU's prices changed.", field<&PricesChanged::sku>("What is sold."),
            field<&PricesChanged::prices>("All its windows in every market, as they are now."));
    }
};

/// A market's tax rates changed. Aggregate: the market's code.
struct TaxRatesChanged {
    MarketCode market;
    std::vector<TaxRate> rates;
    static constexpr events::Type type{"pricing.tax-rates-changed", 1};
    static constexpr auto describe() {
        return described<TaxRatesChanged>(
            "A market's tax rates changed.", field<&TaxRatesChanged::market>("Which market."),
            field<&TaxRatesChanged::rates>("All its rates, as they are now."));
    }
};

}  // namespace kontor::pricing
