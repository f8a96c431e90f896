#include "app/seeding/load.hpp"

#include "app/seeding/records.hpp"
#include "platform/async/loop.hpp"

namespace kontor::seeding {

namespace {

// Each call is one transaction, which even a slow machine must end within its time.
constexpr std::size_t products_per_call = 500;
constexpr std::size_t prices_per_call = 2'000;
constexpr std::size_t counts_per_call = 2'000;

/// Adds what a call answered; refuses where an entry was not taken.
Result<bool> count(const Result<PutOutcome>& outcome, std::string_view what, Counts& counts) {
    if (!outcome) {
        return std::unexpected(outcome.error());
    }
    if (!outcome->rejected.empty()) {
        const auto& first = outcome->rejected.front();
        return refuse(refusals::invalid, "{} {}{}: {}", what, first.index, first.pointer,
                      first.reason);
    }
    counts.accepted += outcome->accepted;
    counts.unchanged += outcome->unchanged;
    return true;
}

/// Collects entries until a call is full, and calls then.
template <class Entry, class Call>
class Batch {
public:
    Batch(std::string_view what, std::size_t size_max, Counts& counts, Call call)
        : what_(what), size_max_(size_max), counts_(counts), call_(std::move(call)) {}

    /// Entries given together stay in one call, so that they make one event.
    Task<Result<bool>> add(std::vector<Entry> together) {
        if (entries_.size() + together.size() > size_max_) {
            TRY(co_await flush());
        }
        for (auto& entry : together) {
            entries_.push_back(std::move(entry));
        }
        co_return true;
    }

    Task<Result<bool>> flush() {
        if (entries_.empty()) {
            co_return true;
        }
        co_return count(co_await call_(std::exchange(entries_, {})), what_, counts_);
    }

private:
    std::string_view what_;
    std::size_t size_max_;
    Counts& counts_;
    Call call_;
    std::vector<Entry> entries_;
};

Task<Result<bool>> load_products(const seed::Shop& shop, catalog::Catalog& catalog, Context context,
                                 Counts& counts) {
    const auto put = [&](std::vector<catalog::ProductDraft> drafts) {
        return catalog.put_products(context, {std::move(drafts)});
    };
    Batch<catalog::ProductDraft, decltype(put)> batch("product", products_per_call, counts, put);
    for (std::int64_t number = 1; number <= shop.options().products; ++number) {
        TRY(co_await batch.add({draft_of(shop, shop.product(number))}));
    }
    co_return co_await batch.flush();
}

Task<Result<bool>> load_prices(const seed::Shop& shop, pricing::Pricing& pricing, Context context,
                               Counts& counts) {
    const auto put = [&](std::vector<pricing::Price> prices) {
        return pricing.put_prices(context, {std::move(prices)});
    };
    Batch<pricing::Price, decltype(put)> batch("price", prices_per_call, counts, put);
    for (std::int64_t number = 1; number <= shop.options().products; ++number) {
        const auto product = shop.product(number);
        for (const auto& variant : product.variants) {
            TRY(co_await batch.add(prices_of(variant)));
        }
    }
    co_return co_await batch.flush();
}

Task<Result<bool>> load_stock(const seed::Shop& shop, inventory::Inventory& inventory,
                              Context context, Counts& counts, Report report) {
    const auto put = [&](std::vector<inventory::StockCount> cells) {
        return inventory.put_stock(context, {std::move(cells)});
    };
    Batch<inventory::StockCount, decltype(put)> batch("count", counts_per_call, counts, put);
    for (std::int64_t number = 1; number <= shop.options().products; ++number) {
        const auto product = shop.product(number);
        for (const auto& variant : product.variants) {
            TRY(co_await batch.add(stock_of(shop, product, variant)));
        }
        report(number);
    }
    co_return co_await batch.flush();
}

}  // namespace

Task<Result<Loaded>> load(const seed::Shop& shop, Takers takers, Context context, Report report) {
    Loaded loaded;
    TRY(count(co_await takers.stores.put_markets(context, {markets_of(shop)}), "market",
              loaded.markets));
    TRY(count(co_await takers.stores.put_stores(context, {stores_of(shop)}), "store",
              loaded.stores));
    Counts rates;
    TRY(count(co_await takers.pricing.put_tax_rates(context, {tax_rates_of(shop)}), "tax rate",
              rates));
    TRY(count(co_await takers.catalog.put_categories(context, {categories_of(shop)}), "category",
              loaded.categories));
    std::vector<Task<Result<bool>>> lanes;
    lanes.push_back(load_products(shop, takers.catalog, context, loaded.products));
    lanes.push_back(load_prices(shop, takers.pricing, context, loaded.prices));
    lanes.push_back(load_stock(shop, takers.inventory, context, loaded.stock, report));
    for (auto& outcome : co_await when_all(std::move(lanes))) {
        TRY(std::move(outcome));
    }
    co_return loaded;
}

}  // namespace kontor::seeding
