#include "journeys/discovery_elsewhere.hpp"

#include "platform/async/asio_loop.hpp"
#include "platform/async/loop_pool.hpp"
#include "platform/async/run_on.hpp"
#include "platform/http/server.hpp"
#include "platform/rpc/http_channel.hpp"

namespace kontor::journeys {

namespace {

using namespace std::chrono_literals;

constexpr auto token = "what services of this deployment show each other";
/// Discovery asks the others only where the log no longer has all events, which it has here.
constexpr auto nowhere = "http://127.0.0.1:9";

Task<bool> settled(app::Deployment& deployment) {
    for (int tries = 0; tries < 4'000; ++tries) {
        if (co_await deployment.settled()) {
            co_return true;
        }
        co_await sleep_for(5ms);
    }
    co_return false;
}

app::EventsSettings events_at(const std::string& nats, const std::string& prefix) {
    return {.nats = {nats}, .prefix = prefix};
}

/// Arguments: folder, PostgreSQL URL, NATS URL, prefix. Tells its URL; then, whenever it is told
/// anything, whether it has settled.
const testing::OtherProcessBody serve_discovery{
    "serve_discovery", [](testing::ParentProcess& parent, const auto& arguments) {
        const ManualClock clock;
        SystemRandom random;
        telemetry::SilentLog silent;
        LoopPool loops(1);
        const auto client = http::make_client(loops.all());
        app::Deployment deployment({.services = {"discovery"},
                                    .data = arguments.at(0),
                                    .database_url = arguments.at(1),
                                    .remote = {{"stores", nowhere},
                                               {"catalog", nowhere},
                                               {"pricing", nowhere},
                                               {"inventory", nowhere}},
                                    .events = events_at(arguments.at(2), arguments.at(3)),
                                    .internal_token = token,
                                    .node = 1},
                                   client.get(), clock, random, silent);
        run_on(loops.at(0), deployment.start());
        http::Server server(loops.all(), [&](http::Request& request) {
            return rpc::serve_internal(deployment.dispatcher(), token, request);
        });
        parent.tell("http://127.0.0.1:" + std::to_string(server.port()));
        while (parent.read_line()) {
            parent.tell(run_on(loops.at(0), settled(deployment)) ? "settled" : "not settled");
        }
        run_on(loops.at(0), server.drain(1s));
        run_on(loops.at(0), deployment.stop());
    }};

}  // namespace

DiscoveryElsewhere::DiscoveryElsewhere(const std::filesystem::path& folder,
                                       const std::string& database_url)
    : folder_(folder), database_url_(database_url) {
    start();
}

void DiscoveryElsewhere::start() {
    process_ = std::make_unique<testing::OtherProcess>(
        "serve_discovery", std::vector<std::string>{folder_.string(), database_url_,
                                                    testing::shared_nats().url(), prefix_});
    url_ = process_->read_line();
}

void DiscoveryElsewhere::finish() {
    if (const int status = process_->finish(); status != 0) {
        throw std::runtime_error("discovery ended with " + std::to_string(status));
    }
}

void DiscoveryElsewhere::restart() {
    finish();
    start();
}

void DiscoveryElsewhere::restart_empty() {
    finish();
    std::filesystem::remove_all(folder_);
    start();
}

app::DeploymentOptions DiscoveryElsewhere::options_of_the_rest() const {
    app::DeploymentOptions options{.services = {},
                                   .remote = {{"discovery", url_}},
                                   .events = events_at(testing::shared_nats().url(), prefix_),
                                   .internal_token = token};
    for (const auto* entry : app::services()) {
        if (entry->name != "discovery") {
            options.services.emplace_back(entry->name);
        }
    }
    return options;
}

void DiscoveryElsewhere::settle() {
    process_->tell("settle");
    if (const auto answer = process_->read_line(); answer != "settled") {
        throw std::runtime_error("discovery in its own process has " + answer);
    }
}

}  // namespace kontor::journeys
