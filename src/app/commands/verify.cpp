#include "app/verifying/verify.hpp"
#include "app/commands/local.hpp"
#include "app/commands/verbs.hpp"
#include "app/progress.hpp"
#include "app/verifying/rebuilt.hpp"
#include "platform/folder_lock.hpp"

namespace kontor::app {

namespace {

const std::vector<std::string> services_asked = {"stores", "catalog", "pricing", "inventory",
                                                 "discovery"};

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

int tell(const verifying::Comparison& compared) {
    fmt::print("projection as served  {}  of {} facts\nprojection rebuilt    {}  of {} facts\n",
               compared.served.sha256, compared.served.facts, compared.rebuilt.sha256,
               compared.rebuilt.facts);
    if (!compared.first_difference) {
        return 0;
    }
    fmt::print("first difference: served \"{}\", rebuilt \"{}\"\n",
               compared.first_difference->served, compared.first_difference->rebuilt);
    return 1;
}

int rebuild_and_tell(const config::Loaded& settings) {
    if (settings.section<RemoteSettings>("remote").urls.contains("discovery")) {
        throw std::runtime_error(
            "verify --rebuild compares folders, and discovery runs elsewhere "
            "(remote.urls.discovery)"
            ": run it there, with the settings of that process");
    }
    const std::filesystem::path data = settings.section<ServeSettings>("serve").data;
    const FolderLock as_it_is(data / "discovery");
    const Workplace work(data / "rebuilt");
    with_services(
        settings, services_asked,
        [](Deployment& deployment) -> Task<int> {
            co_await until_settled(deployment);
            co_return 0;
        },
        work.folder());
    return tell(verifying::compare_projections(data / "discovery", work.folder() / "discovery",
                                               work.folder() / "served"));
}

}  // namespace

int verify_shop(const config::Loaded& settings, bool rebuild) {
    const int agrees = with_services(settings, services_asked, verify_and_tell);
    return rebuild ? std::max(agrees, rebuild_and_tell(settings)) : agrees;
}

}  // namespace kontor::app
