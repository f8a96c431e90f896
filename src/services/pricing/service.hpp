#pragma once

#include "platform/service/service.hpp"
#include "services/pricing/api.hpp"

namespace kontor::pricing {

/// Prices and tax rates on this service's own records.
class LocalPricing final : public Pricing {
public:
    explicit LocalPricing(const Host& host) : host_(host) {}

    Task<Result<PutOutcome>> put_prices(Context context, PutPrices wanted) override;
    Task<Result<PriceList>> prices(Context context, PricesOf wanted) override;
    Task<Result<PricePage>> price_pages(Context context, ListPrices wanted) override;
    Task<Result<QuoteList>> quote(Context context, QuotePrices wanted) override;
    Task<Result<PutOutcome>> put_tax_rates(Context context, PutTaxRates wanted) override;
    Task<Result<TaxRateList>> tax_rates(Context context, TaxRatesOf wanted) override;

private:
    Host host_;
};

}  // namespace kontor::pricing
