#include <CLI/CLI.hpp>

#include "app/commands/command.hpp"
#include "app/commands/local.hpp"
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

Timestamp day_of(const std::string& text) {
    const auto midnight = parse_timestamp(text + "T00:00:00Z");
    if (!midnight) {
        throw CLI::ValidationError("--today", text + ": must be a day as in 2026-11-01");
    }
    return *midnight;
}

}  // namespace

void add_seed(CLI::App& program, Chosen& chosen) {
    auto* verb = program.add_subcommand(
        "seed", "Fills the shop with a believable range; repeat it after an interruption");
    auto flags = std::make_shared<CommonFlags>();
    flags->add_to(*verb);
    auto options = std::make_shared<seed::Options>();
    verb->add_option("--products", options->products, "How many products")->capture_default_str();
    verb->add_option("--stores", options->stores, "How many stores")->capture_default_str();
    verb->add_option("--markets", options->markets, "How many markets")->capture_default_str();
    verb->add_option("--stock-per-product", options->stock_per_product,
                     "Places that have a variant, warehouses included")
        ->capture_default_str();
    verb->add_option("--seed", options->seed, "Another number makes another shop")
        ->capture_default_str();
    verb->add_option_function<std::string>(
            "--today", [options](const std::string& day) { options->today = day_of(day); },
            "The day that sales and new products lie around")
        ->default_str("2026-11-01");
    verb->callback([&chosen, flags, options] {
        chosen = [flags, options] {
            return with_services(flags->load(),
                                 {"stores", "catalog", "pricing", "inventory", "discovery"},
                                 [options](Deployment& deployment) {
                                     return load_and_project(*options, deployment);
                                 });
        };
    });
}

}  // namespace kontor::app
