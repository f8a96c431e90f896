#include "app/commands/local.hpp"

#include "app/progress.hpp"
#include "app/settings.hpp"
#include "platform/async/asio_loop.hpp"

namespace kontor::app {

namespace {

/// Verbs write as the last node, so that they may run beside servers.
constexpr std::uint16_t verbs_node = 1023;

constexpr auto settled_poll = std::chrono::milliseconds(20);

Task<int> started(Deployment& deployment, const std::function<Task<int>(Deployment&)>& work) {
    co_await deployment.start();
    std::exception_ptr accident;
    int exit_code = 1;
    try {
        exit_code = co_await work(deployment);
    } catch (...) {
        accident = std::current_exception();
    }
    co_await deployment.stop();
    if (accident) {
        std::rethrow_exception(accident);
    }
    co_return exit_code;
}

}  // namespace

int with_services(const config::Loaded& settings, std::vector<std::string> services,
                  const std::function<Task<int>(Deployment&)>& work,
                  const std::filesystem::path& projections) {
    const auto serve = settings.section<ServeSettings>("serve");
    const SystemClock clock;
    SystemRandom random;
    telemetry::StreamLog log(clock, {.level = telemetry::Level::warning});
    auto remote = settings.section<RemoteSettings>("remote").urls;
    std::erase_if(services, [&](const auto& service) { return remote.contains(service); });
    AsioLoop loop;
    const auto client = http::make_client({&loop});
    Deployment deployment({.services = std::move(services),
                           .data = serve.data,
                           .projections = projections,
                           .database_url = serve.database,
                           .remote = std::move(remote),
                           .resilience = settings.section<resilience::Policy>("resilience"),
                           .events = settings.section<EventsSettings>("events"),
                           .internal_token = std::string(serve.internal_token.reveal()),
                           .node = verbs_node,
                           .settings = settings},
                          client.get(), clock, random, log);
    return loop.run_until_done(started(deployment, work));
}

Task<void> until_settled(Deployment& deployment) {
    Progress progress("seconds for the projections", 0);
    const auto begun = Loop::current().now();
    while (!co_await deployment.settled()) {
        co_await sleep_for(settled_poll);
        progress.at(std::chrono::duration_cast<std::chrono::seconds>(Loop::current().now() - begun)
                        .count());
    }
}

Context operators_context() {
    Context context;
    context.principal.kind = Principal::Kind::staff;
    return context;
}

}  // namespace kontor::app
