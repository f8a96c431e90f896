// What an answer of discovery costs in its process, without HTTP: 10,000 products in 3 languages
// with 10 properties each, prices in 19 markets, stock in 80 of 270 stores.

#include <benchmark/benchmark.h>

#include "platform/async/asio_loop.hpp"
#include "services/discovery/projection_writer.hpp"
#include "services/discovery/service.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::discovery {
namespace {

constexpr std::uint64_t products = 10'000;
constexpr int markets = 19;
constexpr int stores_all = 270;
constexpr int stores_with_stock = 80;
constexpr std::uint64_t products_in_a_transaction = 500;

std::string market_code(int number) {
    return {'m', static_cast<char>('a' + number)};
}

catalog::Product product(std::uint64_t id) {
    const auto text = [&](std::string_view words) {
        return LocalizedText{{"de", fmt::format("{} {}", words, id)},
                             {"en", fmt::format("{} {} in English", words, id)},
                             {"fr", fmt::format("{} {} en francais", words, id)}};
    };
    catalog::Product made{.id = {id},
                          .version = 1,
                          .code = fmt::format("p{}", id),
                          .slug = fmt::format("produkt-{}", id),
                          .name = text("Akku-Bohrschrauber"),
                          .description = text("Ein Bohrschrauber fuer Haus und Werkstatt, der"),
                          .brand = fmt::format("Marke {}", id % 40),
                          .category = fmt::format("c{}", id % 100),
                          .tax_class = "standard"};
    for (int i = 0; i < 10; ++i) {
        made.attributes.push_back({.name = fmt::format("property_{}", i),
                                   .number = Quantity::of(static_cast<std::int64_t>(id % 7)),
                                   .unit = "V",
                                   .label = text("Eigenschaft")});
    }
    made.variants.push_back({.sku = fmt::format("{:07}-01", id),
                             .content = Measure{Quantity::of(500), units::gram},
                             .picture = "/pictures/drill.svg"});
    return made;
}

void fill(Changes& changes, std::uint64_t id) {
    const auto made = product(id);
    const auto& sku = made.variants.front().sku;
    changes.put(made);
    std::vector<pricing::Price> prices;
    for (int market = 0; market < markets; ++market) {
        prices.push_back({.sku = sku,
                          .market = market_code(market),
                          .amount = {static_cast<std::int64_t>(1'000 + id), Currency("EUR")}});
    }
    changes.put_prices(sku, prices);
    std::vector<inventory::StockCell> cells;
    for (int i = 0; i < stores_with_stock; ++i) {
        const auto store = (static_cast<int>(id) + 3 * i) % stores_all;
        cells.push_back(
            {.location = fmt::format("store-{:03}", store), .available = Quantity::of(i % 5)});
    }
    changes.put_stock(sku, cells);
}

void fill_world(Changes& changes) {
    for (int market = 0; market < markets; ++market) {
        changes.put(stores::Market{.code = market_code(market),
                                   .country = "DE",
                                   .name = {{"en", "Market"}},
                                   .currency = Currency("EUR"),
                                   .languages = {"de", "en"},
                                   .time_zone = "Europe/Berlin",
                                   .legal_entity = "Kontor"});
    }
    for (int store = 0; store < stores_all; ++store) {
        const auto market = MarketCode(market_code(store % markets));
        changes.put(stores::Store{.id = fmt::format("store-{:03}", store),
                                  .market = market,
                                  .name = "Kontor",
                                  .address = {"Weg 1", "1", "Stadt", "DE"},
                                  .serves_online = {market}});
    }
    for (int category = 0; category < 100; ++category) {
        changes.put(catalog::Category{
            .code = fmt::format("c{}", category),
            .parent =
                category < 10 ? std::nullopt : std::optional(fmt::format("c{}", category % 10)),
            .name = {{"de", fmt::format("Kategorie {}", category)}, {"en", "Category"}}});
    }
}

/// A filled shop, made once.
struct Shop {
    Shop() {
        ProjectionWriter writer(projection, index, rendered);
        AsioLoop loop;
        loop.run_until_done(filled(writer));
    }

    static Task<bool> filled(ProjectionWriter& writer) {
        co_await writer.change(fill_world);
        for (std::uint64_t first = 1; first <= products; first += products_in_a_transaction) {
            co_await writer.change([&](Changes& changes) {
                for (auto id = first; id < first + products_in_a_transaction; ++id) {
                    fill(changes, id);
                }
            });
        }
        co_await writer.merge();
        co_return true;
    }

    kontor::testing::TemporaryFolder folder;
    ManualClock clock;
    Projection projection{folder.path() / "documents", 1};
    IndexFeed index{folder.path() / "index", projection, clock};
    Rendered rendered{std::size_t{64} << 20};
    LocalDiscovery discovery{projection, index, rendered, clock};
};

Shop& shop() {
    static Shop made;
    return made;
}

void a_product_page(benchmark::State& state) {
    auto& discovery = shop().discovery;
    std::uint64_t id = 1;
    std::size_t bytes = 0;
    for (auto _ : state) {
        id = id * 7'919 % products + 1;
        const auto page =
            run_to_completion(discovery.product({.market = "mc"}, {fmt::format("produkt-{}", id)}));
        bytes += page.value().json.size();
    }
    state.counters["bytes"] =
        benchmark::Counter(static_cast<double>(bytes), benchmark::Counter::kAvgIterations);
}
BENCHMARK(a_product_page);

void a_list_of_24_with_4_facets(benchmark::State& state) {
    auto& discovery = shop().discovery;
    int category = 0;
    for (auto _ : state) {
        category = (category + 1) % 100;
        ProductsWanted wanted{.category = fmt::format("c{}", category),
                              .facets = {"brand", "price", "category", "attr[property_1]"}};
        benchmark::DoNotOptimize(
            run_to_completion(discovery.products({.market = "mc"}, std::move(wanted))).value());
    }
}
BENCHMARK(a_list_of_24_with_4_facets);

void the_engine_s_part_of_it(benchmark::State& state) {
    const auto reader = shop().index.reader();
    const auto world = shop().projection.world();
    int category = 0;
    using Of = engine::FacetWanted::Of;
    for (auto _ : state) {
        category = (category + 1) % 100;
        benchmark::DoNotOptimize(
            reader
                .find({.market = "mc",
                       .languages = {"de", "en"},
                       .category = world->category(fmt::format("c{}", category))->id,
                       .facets = {{.of = Of::brand},
                                  {.of = Of::price},
                                  {.of = Of::category},
                                  {.of = Of::attribute, .attribute = "property_1"}},
                       .limit = 24})
                .value());
    }
}
BENCHMARK(the_engine_s_part_of_it);

void offers_of_a_cart(benchmark::State& state) {
    auto& discovery = shop().discovery;
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            run_to_completion(discovery.offers({.market = "mc"}, {{"0000001-01", "0000002-01"}}))
                .value());
    }
}
BENCHMARK(offers_of_a_cart);

void a_stock_event(benchmark::State& state) {
    auto& all = shop();
    std::int64_t available = 1;
    for (auto _ : state) {
        available = 1 - available;  // sells out and comes back: the index follows each time
        TouchedProducts touched;
        {
            Changes changes(all.projection);
            changes.put_stock("0000001-01",
                              {{.location = "store-001", .available = Quantity::of(available)}});
            touched = changes.commit();
        }
        all.index.follow(touched);
    }
}
BENCHMARK(a_stock_event);

/// Last, since the filled shop is opened again on a copy of its folder.
void a_start(benchmark::State& state) {
    auto& all = shop();
    const kontor::testing::TemporaryFolder copy;
    std::filesystem::copy(all.folder.path(), copy.path(), std::filesystem::copy_options::recursive);
    for (auto _ : state) {
        Projection projection(copy.path() / "documents", 2);
        const IndexFeed index(copy.path() / "index", projection, all.clock);
        benchmark::DoNotOptimize(index.reader().size());
    }
}
BENCHMARK(a_start)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kontor::discovery

BENCHMARK_MAIN();
