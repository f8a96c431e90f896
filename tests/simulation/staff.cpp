#include "simulation/staff.hpp"

namespace kontor::simulation {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 5s;

}  // namespace

Context Staff::context() const {
    return {.deadline = environment_.loop.now() + patience,
            .principal = {Principal::Kind::staff, 1},
            .market = "de"};
}

template <class T>
void Staff::must(std::string_view what, const Result<T>& done) {
    if (!done) {
        ledger_.complaints.push_back(fmt::format("staff: {}: {}", what, done.error().message));
    }
}

Task<void> Staff::open_shop() {
    must("markets", co_await insist(environment_, [&] {
             return shop_.stores->put_markets(context(), Assortment::markets());
         }));
    must("stores", co_await insist(environment_, [&] {
             return shop_.stores->put_stores(context(), Assortment::stores());
         }));
    must("prices", co_await insist(environment_, [&] {
             return shop_.pricing->put_prices(context(), assortment_.prices());
         }));
    must("stock", co_await insist(environment_, [&] {
             return shop_.inventory->put_stock(context(), assortment_.stock());
         }));
}

Task<void> Staff::work(const bool& over) {
    while (!over) {
        co_await sleep_for(environment_.between(30s, 4min));
        switch (environment_.random.below(6)) {
            case 0:
                co_await change_price();
                break;
            case 1:
            case 2:
                co_await hold_for_somebody();
                break;
            default:
                co_await count_stock();
        }
    }
}

/// Counts what everybody wants; now and then less is there than was promised.
Task<void> Staff::count_stock() {
    auto& random = environment_.random;
    const auto& sku = assortment_.skus()[random.below(Assortment::hot_skus)];
    const auto levels =
        co_await insist(environment_, [&] { return shop_.inventory->stock(context(), {sku}); });
    must("stock", levels);
    if (!levels) {
        co_return;
    }
    inventory::PutStock counts;
    for (const auto& level : levels->items) {
        const auto promised = level.reserved + level.allocated;
        const auto found = environment_.one_in(8) ? promised - Quantity::of(1)
                                                  : promised + Quantity::of(random.between(4, 30));
        counts.counts.push_back({.sku = sku,
                                 .location = level.location,
                                 .on_hand = std::max(found, Quantity{}),
                                 .safety = std::nullopt});
    }
    must("counts", co_await insist(environment_,
                                   [&] { return shop_.inventory->put_stock(context(), counts); }));
}

/// Half of them are given back, the others are forgotten and must end by themselves.
Task<void> Staff::hold_for_somebody() {
    auto& random = environment_.random;
    const auto& sku = assortment_.skus()[random.below(assortment_.skus().size())];
    const auto key = random.uuid();
    const inventory::ReserveStock wanted{.reservation = key,
                                         .lines = {{.sku = sku, .quantity = Quantity::of(1)}}};
    const auto held =
        co_await insist(environment_, [&] { return shop_.inventory->reserve(context(), wanted); });
    if (!held && held.error().code == inventory::refusals::out_of_stock.code) {
        co_return;
    }
    must("a hold", held);
    if (environment_.one_in(2)) {
        co_await sleep_for(environment_.between(1s, 60s));
        must("its end", co_await insist(environment_, [&] {
                 return shop_.inventory->release(context(), {.reservation = key});
             }));
    }
}

/// Projections learn a price some time after the records do.
Task<void> Staff::change_price() {
    auto& random = environment_.random;
    const auto& sku = assortment_.skus()[random.below(assortment_.skus().size())];
    auto price = assortment_.price(sku);
    price.minor_units += random.between(-50, 50);
    const pricing::PutPrices prices{{{.sku = sku, .market = "de", .amount = price}}};
    must("prices", co_await insist(environment_,
                                   [&] { return shop_.pricing->put_prices(context(), prices); }));
    co_await sleep_for(environment_.between(0ms, 500ms));
    assortment_.set_price(sku, price);
}

}  // namespace kontor::simulation
