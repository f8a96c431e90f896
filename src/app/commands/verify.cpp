#include <CLI/CLI.hpp>

#include "app/commands/command.hpp"
#include "app/commands/local.hpp"
#include "app/progress.hpp"
#include "app/verifying/verify.hpp"

namespace kontor::app {

namespace {

int tell(const verifying::Findings& findings) {
    fmt::print("{} products with {} variants in {} markets: {} facts compared, {} differ\n",
               findings.products, findings.variants, findings.markets, findings.compared,
               findings.differences);
    for (const auto& one : findings.first) {
        fmt::print("{} {} {}: recorded \"{}\", shown \"{}\"\n", one.market, one.product, one.what,
                   one.recorded, one.shown);
    }
    if (findings.differences > static_cast<std::int64_t>(findings.first.size())) {
        fmt::print("and more\n");
    }
    return findings.differences == 0 ? 0 : 1;
}

Task<int> verify_and_tell(Deployment& deployment) {
    co_await until_settled(deployment);
    const SystemClock clock;
    const auto& directory = deployment.directory();
    auto progress = std::make_unique<Progress>("products", 0);
    const auto findings = co_await verifying::verify(
        {directory.get<stores::Stores>(), directory.get<catalog::Catalog>(),
         directory.get<pricing::Pricing>(), directory.get<inventory::Inventory>(),
         directory.get<discovery::Discovery>()},
        clock, operators_context(), [&](std::int64_t products) { progress->at(products); });
    progress.reset();
    if (!findings) {
        throw std::runtime_error("verify: " + findings.error().message);
    }
    co_return tell(*findings);
}

}  // namespace

void add_verify(CLI::App& program, Chosen& chosen) {
    auto* verb = program.add_subcommand(
        "verify", "Compares what shoppers are shown with what is recorded; 1 where it differs");
    auto flags = std::make_shared<CommonFlags>();
    flags->add_to(*verb);
    verb->callback([&chosen, flags] {
        chosen = [flags] {
            return with_services(flags->load(),
                                 {"stores", "catalog", "pricing", "inventory", "discovery"},
                                 verify_and_tell);
        };
    });
}

}  // namespace kontor::app
