#include "app/about.hpp"

#include "app/version.hpp"
#include "services/discovery/api.hpp"

namespace kontor::app {

namespace {

Task<Result<About>> collect(const Deployment& deployment) {
    Context context{.deadline = Loop::current().now() + std::chrono::seconds(1)};
    const auto& directory = deployment.directory();
    About about{.name = "Kontor",
                .version = std::string(version),
                .services = deployment.running(),
                .markets = {}};
    if (!directory.knows<stores::Stores>()) {
        co_return about;
    }
    auto& stores_service = directory.get<stores::Stores>();
    about.markets = TRY(co_await stores_service.markets(context, {})).items;
    if (about.markets.empty() || !directory.knows<discovery::Discovery>()) {
        co_return about;
    }
    for (const auto& store : TRY(co_await stores_service.stores(context, {})).items) {
        about.stores += store.kind == stores::LocationKind::store ? 1 : 0;
    }
    context.market = about.markets.front().code;
    const auto page =
        TRY(co_await directory.get<discovery::Discovery>().products(context, {.limit = 1}));
    about.products = TRY(from_json<discovery::ProductPage>(page.json)).total;
    co_return about;
}

}  // namespace

Task<http::Response> about(const Deployment& deployment) {
    const auto known = co_await collect(deployment);
    co_return known ? http::Response::json(200, to_json(*known)) : http::problem(known.error());
}

}  // namespace kontor::app
