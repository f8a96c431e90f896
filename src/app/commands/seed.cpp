#include "app/commands/local.hpp"
#include "app/commands/verbs.hpp"
#include "app/progress.hpp"
#include "app/seeding/load.hpp"

namespace kontor::app {

namespace {

Task<int> load_and_project(const seed::Options& options, Deployment& deployment) {
    const seed::Shop shop(options);
    const auto& directory = deployment.directory();
    auto progress = std::make_unique<Progress>("products", options.products);
    const auto loaded = co_await seeding::load(
        shop,
        {directory.get<stores::Stores>(), directory.get<catalog::Catalog>(),
         directory.get<pricing::Pricing>(), directory.get<inventory::Inventory>()},
        operators_context(), [&](std::int64_t products) { progress->at(products); });
    progress.reset();
    if (!loaded) {
        throw std::runtime_error("seed: " + loaded.error().message);
    }
    co_await until_settled(deployment);
    const auto line = [](std::string_view what, const seeding::Counts& counts) {
        fmt::print("{:>10} {} new or changed, {} as before\n", what, counts.accepted,
                   counts.unchanged);
    };
    line("markets", loaded->markets);
    line("stores", loaded->stores);
    line("categories", loaded->categories);
    line("products", loaded->products);
    line("prices", loaded->prices);
    line("stock", loaded->stock);
    co_return 0;
}

}  // namespace

int seed_shop(const config::Loaded& settings, const seed::Options& options) {
    return with_services(
        settings, {"stores", "catalog", "pricing", "inventory", "discovery"},
        [&](Deployment& deployment) { return load_and_project(options, deployment); });
}

}  // namespace kontor::app
