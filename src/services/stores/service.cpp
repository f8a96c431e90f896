#include "services/stores/service.hpp"

#include "services/stores/events.hpp"
#include "services/stores/rules.hpp"
#include "services/stores/store.hpp"

namespace kontor::stores {

namespace {

/// The entries that may go on.
template <class Entry>
std::vector<Entry> good_ones(const std::vector<Entry>& entries, const Intake& intake) {
    std::vector<Entry> good;
    good.reserve(intake.good.size());
    for (const auto index : intake.good) {
        good.push_back(entries[index]);
    }
    return good;
}

/// Writes the good entries and tells of those that changed.
template <class Entry, class FactOf>
Task<PutOutcome> put(sql::Transaction& transaction, const Context& context, events::Outbox& outbox,
                     std::vector<Entry> good, PutOutcome outcome, FactOf fact_of) {
    const auto versions = co_await store::put(transaction, good);
    std::vector<events::Fact> facts;
    for (std::size_t i = 0; i < good.size(); ++i) {
        if (versions[i]) {
            facts.push_back(fact_of(std::move(good[i]), *versions[i]));
        }
    }
    outcome.accepted = static_cast<std::int64_t>(facts.size());
    outcome.unchanged = static_cast<std::int64_t>(good.size()) - outcome.accepted;
    co_await outbox.publish_all(transaction, context, facts);
    co_return outcome;
}

}  // namespace

Task<Result<MarketList>> LocalStores::markets(Context context, AllMarkets) {
    const auto position = co_await host_.outbox.end();
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<MarketList>> {
            co_return MarketList{co_await store::markets(transaction), position};
        });
}

Task<Result<Market>> LocalStores::market(Context context, MarketKey key) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<Market>> {
            auto market = co_await store::market(transaction, key.code);
            if (!market) {
                co_return refuse(refusals::not_found, "no market {}", key.code.view());
            }
            co_return *std::move(market);
        });
}

Task<Result<PutOutcome>> LocalStores::put_markets(Context context, PutMarkets wanted) {
    const auto intake = take_in(
        wanted.markets, [](const Market& market) { return std::string(market.code.view()); },
        [&](const Market& market) { return fault_of(market, settings_.markets); });
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            co_return co_await put(
                transaction, context, host_.outbox, good_ones(wanted.markets, intake),
                intake.outcome, [](Market market, std::int64_t version) {
                    const std::string code(market.code.view());
                    return events::fact(MarketChanged{std::move(market)}, code, version);
                });
        });
}

Task<Result<StoreList>> LocalStores::stores(Context context, ListStores wanted) {
    const auto position = co_await host_.outbox.end();
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<StoreList>> {
            co_return StoreList{co_await store::stores(transaction, wanted.market), position};
        });
}

Task<Result<PutOutcome>> LocalStores::put_stores(Context context, PutStores wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            const auto known = co_await store::market_codes(transaction);
            const auto intake = take_in(
                wanted.stores, [](const Store& store) { return store.id; },
                [&](const Store& store) { return fault_of(store, known); });
            co_return co_await put(
                transaction, context, host_.outbox, good_ones(wanted.stores, intake),
                intake.outcome, [](Store store, std::int64_t version) {
                    const auto id = store.id;
                    return events::fact(StoreChanged{std::move(store)}, id, version);
                });
        });
}

}  // namespace kontor::stores
