#pragma once

#include <span>

#include "platform/describe/put_outcome.hpp"
#include "platform/describe/values.hpp"
#include "platform/rpc/contract.hpp"

/// What things cost: a price list per market with validity windows, and the tax rates by date.
namespace kontor::pricing {

/// One window of a SKU's price in a market. SKU, market and start name it: putting another with the
/// same three replaces it.
struct Price {
    std::string sku;
    MarketCode market;
    Money amount;
    std::optional<Timestamp> valid_from;
    std::optional<Timestamp> valid_until;

    static constexpr auto describe() {
        return described<Price>(
            "What a SKU costs in a market, for a while or for good.",
            field<&Price::sku>("What is sold.", {.min_length = 1, .max_length = 64}),
            field<&Price::market>("Where."),
            field<&Price::amount>("For one sales unit, 0 or more; gross or net as the market's "
                                  "prices stand."),
            field<&Price::valid_from>("From when; since ever where missing."),
            field<&Price::valid_until>("Until just before when; for good where missing."));
    }
};

/// What a SKU costs at a moment. A reduction is a window with an end that undercuts what would hold
/// without it; only then is there a list price, and the lowest price of the 30 days before the
/// reduction began, which must be shown beside it (Directive 98/6/EC art. 6a, as amended by
/// (EU) 2019/2161).
struct Quote {
    std::string sku;
    Money price;
    std::optional<Money> list_price;
    std::optional<Money> lowest_30_days;
    std::optional<Timestamp> valid_until;

    static constexpr auto describe() {
        return described<Quote>(
            "What a SKU costs now.", field<&Quote::sku>("What is sold."),
            field<&Quote::price>("For one sales unit."),
            field<&Quote::list_price>("What it would cost without the present reduction."),
            field<&Quote::lowest_30_days>("The lowest price of the 30 days before the present "
                                          "reduction began; absent where it had none."),
            field<&Quote::valid_until>("When this price ends by itself."));
    }
};

/// The quote that `windows`, all of one SKU in one market, give at `now`: of those valid then, the
/// one that began last holds. Nothing where none is valid. Windows in another currency than the one
/// that holds (a market may change its own) are not compared with it. Costs O(n^2) of a few
/// windows.
std::optional<Quote> quote_at(std::span<const Price> windows, Timestamp now);

/// A market's VAT rate for a class of goods, from midnight of a day in the market's time zone until
/// the class's next one.
struct TaxRate {
    MarketCode market;
    std::string tax_class;
    BasisPoints rate;
    Date valid_from;

    static constexpr auto describe() {
        return described<TaxRate>(
            "A market's VAT rate for a class of goods, from a day on.",
            field<&TaxRate::market>("Where."),
            field<&TaxRate::tax_class>(
                "Of goods.", {.min_length = 1, .max_length = 32, .example = "\"standard\""}),
            field<&TaxRate::rate>("In percent."),
            field<&TaxRate::valid_from>("Its first day, in the market's time zone."));
    }
};

/// The rate of `tax_class` in `market` on `day` (the market's own date): the one that began last.
/// Nothing where none has begun.
std::optional<BasisPoints> rate_on(std::span<const TaxRate> rates, MarketCode market,
                                   std::string_view tax_class, Date day);

struct PutPrices {
    std::vector<Price> prices;
    static constexpr auto describe() {
        return described<PutPrices>(
            "Makes or replaces price windows.",
            field<&PutPrices::prices>("1 to 5,000.", {.min_length = 1, .max_length = 5'000}));
    }
};

struct PricesOf {
    std::vector<std::string> sku;
    std::optional<MarketCode> market;
    static constexpr auto describe() {
        return described<PricesOf>(
            "Asks for every price window of some SKUs.",
            field<&PricesOf::sku>("1 to 500 SKUs.", {.min_length = 1, .max_length = 500}),
            field<&PricesOf::market>("Only in this market."));
    }
};

struct PriceList {
    std::vector<Price> items;
    static constexpr auto describe() {
        return described<PriceList>("Price windows, by SKU as asked for, market and start.",
                                    field<&PriceList::items>("The windows."));
    }
};

struct ListPrices {
    std::int64_t limit = 500;
    std::optional<std::string> cursor;
    static constexpr auto describe() {
        return described<ListPrices>(
            "One page of everything that has a price.",
            field<&ListPrices::limit>("SKUs on the page.",
                                      {.min = 1, .max = 1'000, .optional = true}),
            field<&ListPrices::cursor>("`next` of the page before.", {.max_length = 64}));
    }
};

struct SkuPrices {
    std::string sku;
    std::vector<Price> prices;
    static constexpr auto describe() {
        return described<SkuPrices>("A SKU with all its price windows.",
                                    field<&SkuPrices::sku>("What is sold."),
                                    field<&SkuPrices::prices>("In every market."));
    }
};

struct PricePage {
    std::vector<SkuPrices> items;
    std::optional<std::string> next;
    std::int64_t position = 0;
    static constexpr auto describe() {
        return described<PricePage>(
            "A page of SKUs with their prices, by SKU.", field<&PricePage::items>("The SKUs."),
            field<&PricePage::next>("Cursor of the next page; absent on the last."),
            field<&PricePage::position>("Event log position that this is at least as new as."));
    }
};

struct QuotePrices {
    std::vector<std::string> skus;
    static constexpr auto describe() {
        return described<QuotePrices>(
            "Asks what SKUs cost now in the caller's market.",
            field<&QuotePrices::skus>("1 to 1,000.", {.min_length = 1, .max_length = 1'000}));
    }
};

struct QuoteList {
    std::vector<std::optional<Quote>> items;
    static constexpr auto describe() {
        return described<QuoteList>(
            "What was asked for, in that order.",
            field<&QuoteList::items>("null for a SKU without a price in this market now."));
    }
};

struct PutTaxRates {
    std::vector<TaxRate> rates;
    static constexpr auto describe() {
        return described<PutTaxRates>(
            "Makes or replaces tax rates by market, class and first day.",
            field<&PutTaxRates::rates>("1 to 5,000.", {.min_length = 1, .max_length = 5'000}));
    }
};

struct TaxRatesOf {
    std::optional<MarketCode> market;
    static constexpr auto describe() {
        return described<TaxRatesOf>("Asks for tax rates of every day.",
                                     field<&TaxRatesOf::market>("Only of this market."));
    }
};

struct TaxRateList {
    std::vector<TaxRate> items;
    std::int64_t position = 0;
    static constexpr auto describe() {
        return described<TaxRateList>(
            "Tax rates, by market, class and first day.", field<&TaxRateList::items>("The rates."),
            field<&TaxRateList::position>("Event log position that this is at least as new as."));
    }
};

class Pricing {
public:
    virtual ~Pricing() = default;
    /// A window is refused where its amount is negative or it ends before it begins, and where the
    /// same request has it twice.
    virtual Task<Result<PutOutcome>> put_prices(Context context, PutPrices wanted) = 0;
    virtual Task<Result<PriceList>> prices(Context context, PricesOf wanted) = 0;
    virtual Task<Result<PricePage>> price_pages(Context context, ListPrices wanted) = 0;
    /// Authoritative, from records, for `context.market` at this moment; one read.
    virtual Task<Result<QuoteList>> quote(Context context, QuotePrices wanted) = 0;
    virtual Task<Result<PutOutcome>> put_tax_rates(Context context, PutTaxRates wanted) = 0;
    virtual Task<Result<TaxRateList>> tax_rates(Context context, TaxRatesOf wanted) = 0;

    static constexpr auto contract() {
        return rpc::contract<Pricing>(
            "pricing", "What things cost: prices and tax rates by market and date.",
            rpc::change<&Pricing::put_prices>(
                "Makes or replaces price windows; one at fault does not stop the others."),
            rpc::read<&Pricing::prices>("Lists every price window of some SKUs."),
            rpc::read<&Pricing::price_pages>("Lists all prices, page by page."),
            rpc::read<&Pricing::quote>("Answers what SKUs cost now in the caller's market."),
            rpc::change<&Pricing::put_tax_rates>(
                "Makes or replaces tax rates; one at fault does not stop the others."),
            rpc::read<&Pricing::tax_rates>("Lists tax rates."));
    }
};

}  // namespace kontor::pricing
