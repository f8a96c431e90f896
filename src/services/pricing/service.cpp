#include "services/pricing/service.hpp"

#include <set>

#include "services/pricing/events.hpp"
#include "services/pricing/rules.hpp"
#include "services/pricing/store.hpp"

namespace kontor::pricing {

namespace {

std::string key_of(const Price& price) {
    return fmt::format("{} {} {}", price.sku, price.market.view(),
                       price.valid_from ? to_text(*price.valid_from) : "since ever");
}

std::string key_of(const TaxRate& rate) {
    return fmt::format("{} {} {}", rate.market.view(), rate.tax_class, to_text(rate.valid_from));
}

std::optional<FieldError> fault_of(const TaxRate&) {
    return std::nullopt;  // its description has checked it
}

/// What a batch changed: the keys (SKUs, markets) of the entries that did, each once, sorted.
template <class Key>
struct Changed {
    PutOutcome outcome;
    std::vector<Key> keys;
};

/// Writes the good entries; `owner_of` says which SKU or market an entry belongs to.
template <class Entry, class OwnerOf>
auto put(sql::Transaction& transaction, const std::vector<Entry>& entries, OwnerOf owner_of)
    -> Task<Changed<std::remove_cvref_t<std::invoke_result_t<OwnerOf, const Entry&>>>> {
    using Key = std::remove_cvref_t<std::invoke_result_t<OwnerOf, const Entry&>>;
    auto intake = take_in(
        entries, [](const Entry& entry) { return key_of(entry); },
        [](const Entry& entry) { return fault_of(entry); });
    std::vector<Entry> good;
    good.reserve(intake.good.size());
    for (const auto index : intake.good) {
        good.push_back(entries[index]);
    }
    const auto differs = co_await store::put(transaction, good);
    std::set<Key> keys;
    for (std::size_t i = 0; i < good.size(); ++i) {
        if (differs[i]) {
            keys.insert(owner_of(good[i]));
            ++intake.outcome.accepted;
        } else {
            ++intake.outcome.unchanged;
        }
    }
    co_return Changed<Key>{std::move(intake.outcome), {keys.begin(), keys.end()}};
}

}  // namespace

Task<Result<PutOutcome>> LocalPricing::put_prices(Context context, PutPrices wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            auto changed = co_await put(transaction, wanted.prices,
                                        [](const Price& price) { return price.sku; });
            const auto versions = co_await store::count_changes(transaction, changed.keys);
            auto windows = co_await store::windows_of(transaction, changed.keys);
            std::vector<events::Fact> facts;
            facts.reserve(changed.keys.size());
            for (std::size_t i = 0; i < changed.keys.size(); ++i) {
                const auto& sku = changed.keys[i];
                facts.push_back(
                    events::fact(PricesChanged{sku, std::move(windows[i])}, sku, versions[i]));
            }
            co_await host_.outbox.publish_all(transaction, context, facts);
            co_return std::move(changed.outcome);
        });
}

Task<Result<PriceList>> LocalPricing::prices(Context context, PricesOf wanted) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<PriceList>> {
            const auto found =
                wanted.market ? co_await store::windows_in(transaction, *wanted.market, wanted.sku)
                              : co_await store::windows_of(transaction, wanted.sku);
            PriceList list;
            for (const auto& windows : found) {
                list.items.insert(list.items.end(), windows.begin(), windows.end());
            }
            co_return list;
        });
}

Task<Result<PricePage>> LocalPricing::price_pages(Context context, ListPrices wanted) {
    const auto position = co_await host_.outbox.end();
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<PricePage>> {
            auto skus =
                co_await store::skus(transaction, wanted.cursor.value_or(""), wanted.limit + 1);
            PricePage page{.position = position};
            if (static_cast<std::int64_t>(skus.size()) > wanted.limit) {
                skus.pop_back();
                page.next = skus.back();
            }
            auto windows = co_await store::windows_of(transaction, skus);
            for (std::size_t i = 0; i < skus.size(); ++i) {
                page.items.push_back({std::move(skus[i]), std::move(windows[i])});
            }
            co_return page;
        });
}

Task<Result<QuoteList>> LocalPricing::quote(Context context, QuotePrices wanted) {
    const auto now = host_.clock.now();
    co_return co_await host_.database.read(
        context, [&](sql::Transaction& transaction) -> Task<Result<QuoteList>> {
            QuoteList list;
            list.items.reserve(wanted.skus.size());
            for (const auto& windows :
                 co_await store::windows_in(transaction, context.market, wanted.skus)) {
                list.items.push_back(quote_at(windows, now));
            }
            co_return list;
        });
}

Task<Result<PutOutcome>> LocalPricing::put_tax_rates(Context context, PutTaxRates wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            auto changed = co_await put(transaction, wanted.rates,
                                        [](const TaxRate& rate) { return rate.market; });
            const auto versions = co_await store::count_changes(transaction, changed.keys);
            std::vector<events::Fact> facts;
            for (std::size_t i = 0; i < changed.keys.size(); ++i) {
                const auto market = changed.keys[i];
                auto rates = co_await store::tax_rates(transaction, market);
                facts.push_back(events::fact(TaxRatesChanged{market, std::move(rates)},
                                             std::string(market.view()), versions[i]));
            }
            co_await host_.outbox.publish_all(transaction, context, facts);
            co_return std::move(changed.outcome);
        });
}

Task<Result<TaxRateList>> LocalPricing::tax_rates(Context context, TaxRatesOf wanted) {
    const auto position = co_await host_.outbox.end();
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<TaxRateList>> {
            co_return TaxRateList{co_await store::tax_rates(transaction, wanted.market), position};
        });
}

}  // namespace kontor::pricing
