#include "app/deployment.hpp"

#include <algorithm>
#include <future>
#include <limits>
#include <ranges>
#include <stdexcept>

#include "platform/events/nats_log.hpp"
#include "platform/events/outbox_log.hpp"
#include "platform/events/relay.hpp"
#include "platform/http/grammar.hpp"
#include "platform/rpc/http_channel.hpp"
#include "platform/rpc/loopback.hpp"
#include "platform/rpc/resilient_channel.hpp"
#include "platform/service/upkeep.hpp"
#include "platform/sql/migration.hpp"

namespace kontor::app {

namespace {

/// How long events wait at most when the process that relayed them has died.
constexpr auto relay_lease = std::chrono::seconds(3);

std::unique_ptr<events::StoringLog> open_nats(const EventsSettings& settings) {
    if (settings.nats.empty()) {
        return nullptr;
    }
    return events::open_nats({.urls = settings.nats,
                              .prefix = settings.prefix,
                              .replicas = static_cast<int>(settings.replicas)});
}

/// The URLs that stand in `urls` with commas between. Throws where one is none.
std::vector<std::string> addresses_of(std::string_view service, std::string_view urls) {
    std::vector<std::string> addresses;
    for (const auto part : std::views::split(urls, ',')) {
        auto url = http::grammar::trim(std::string_view(part));
        url = url.substr(0, url.find_last_not_of('/') + 1);
        if (!url.starts_with("http://") && !url.starts_with("https://")) {
            throw std::runtime_error(
                fmt::format("remote.urls.{}: \"{}\" is no address; write it as http://{}:8080, "
                            "several with commas between",
                            service, url, service));
        }
        addresses.emplace_back(url);
    }
    return addresses;
}

/// Makes what services start with; says which setting helps where a contract is missing.
template <class Make>
void needing_contracts(const ServiceEntry& entry, Make make) {
    try {
        make();
    } catch (const NotInDirectory& missing) {
        throw std::runtime_error(
            fmt::format("{0} calls {1}, and {1} does not run here: set remote.urls.{1} to where it "
                        "does, or add it to serve.services",
                        entry.name, missing.contract));
    }
}

}  // namespace

/// A service that runs here, with what is its own. Destroyed from the last member to the first.
struct Deployment::Part {
    std::string name;
    std::unique_ptr<sql::Database> database;
    std::unique_ptr<events::Outbox> outbox;
    std::unique_ptr<events::Relay> relay;  ///< Where events leave this process.
    std::unique_ptr<Host> host;
    std::unique_ptr<Service> service;
    std::unique_ptr<Upkeep> upkeep;
};

struct Deployment::Impl {
    Impl(DeploymentOptions wanted, const Clock& time, Random& chance, telemetry::Log& told)
        : options(std::move(wanted)),
          clock(time),
          random(chance),
          operators(told),
          ids(time, options.node),
          nats(open_nats(options.events)) {}

    DeploymentOptions options;
    const Clock& clock;
    Random& random;
    telemetry::Log& operators;
    IdSource ids;
    events::OutboxLog outboxes;
    std::unique_ptr<events::StoringLog> nats;  ///< None: events stay in this process.
    Directory directory{options.metrics};
    rpc::Dispatcher dispatcher;
    rpc::LoopbackChannel loopback{dispatcher};
    std::vector<std::unique_ptr<rpc::ResilientChannel>> channels;
    std::vector<std::unique_ptr<Part>> parts;
    rest::Table routes;

    bool runs_here(std::string_view name) const {
        return std::ranges::find(options.services, "all") != options.services.end() ||
               std::ranges::find(options.services, name) != options.services.end();
    }
    bool all_run_here() const {
        return std::ranges::all_of(services(), [&](auto* entry) { return runs_here(entry->name); });
    }
    /// What services read.
    events::Log& log() {
        return nats ? static_cast<events::Log&>(*nats) : static_cast<events::Log&>(outboxes);
    }
    std::unique_ptr<sql::Database> open_database(std::string_view service) const;
    void add_storages();
    void start_here(const ServiceEntry& entry, Part& part, http::Client* client);
    void connect(const ServiceEntry& entry, http::Client* client);
    void make_services(http::Client* client);
    void require_streams() const;
    events::Position passed_by_all(std::string_view stream) const;
    Upkeep::Passed trimmed_here(std::string_view stream) const;
};

std::unique_ptr<sql::Database> Deployment::Impl::open_database(std::string_view service) const {
    auto database = options.database_url.empty()
                        ? sql::open_sqlite(options.data / (std::string(service) + ".db"))
                        : sql::open_postgres(options.database_url, std::string(service));
    database->migrate(sql::schema_of(service));
    return database;
}

/// The databases are opened side by side: a connection to PostgreSQL takes as long as its server
/// needs to fork.
void Deployment::Impl::add_storages() {
    std::vector<std::future<std::unique_ptr<sql::Database>>> databases;
    for (const auto* entry : services()) {
        if (runs_here(entry->name)) {
            parts.push_back(std::make_unique<Part>());
            parts.back()->name = entry->name;
            databases.push_back(std::async(std::launch::async,
                                           [this, entry] { return open_database(entry->name); }));
        }
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto& part = *parts[i];
        part.database = databases[i].get();
        part.outbox = std::make_unique<events::Outbox>(part.name, *part.database, clock, ids);
        outboxes.add(*part.outbox);
    }
}

void Deployment::Impl::start_here(const ServiceEntry& entry, Part& part, http::Client* client) {
    const auto folder =
        (options.projections.empty() ? options.data : options.projections) / part.name;
    std::filesystem::create_directories(folder);
    part.host = std::make_unique<Host>(Host{.clock = clock,
                                            .ids = ids,
                                            .random = random,
                                            .database = *part.database,
                                            .outbox = *part.outbox,
                                            .log = log(),
                                            .directory = directory,
                                            .folder = folder,
                                            .operators = operators,
                                            .settings = options.settings,
                                            .client = client});
    if (nats) {
        part.relay =
            std::make_unique<events::Relay>(*part.outbox, outboxes, *nats, clock,
                                            events::RelayOptions{.holder = random.secret(),
                                                                 .keep = options.events.keep,
                                                                 .lease_duration = relay_lease,
                                                                 .report = part.host->report()});
    }
    part.service = entry.start(*part.host);
    part.service->publish(directory, dispatcher);
    part.upkeep =
        std::make_unique<Upkeep>(*part.host, options.events.keep, trimmed_here(entry.name));
    if (options.loopback) {
        entry.connect(directory, loopback);
    }
}

void Deployment::Impl::connect(const ServiceEntry& entry, http::Client* client) {
    const auto url = options.remote.find(std::string(entry.name));
    if (url == options.remote.end()) {
        return;
    }
    if (client == nullptr || options.internal_token.empty()) {
        throw std::runtime_error(
            fmt::format("{} is at {}: set serve.internal_token, the same for every process",
                        entry.name, url->second));
    }
    std::vector<std::unique_ptr<rpc::Channel>> addresses;
    for (auto& address : addresses_of(entry.name, url->second)) {
        addresses.push_back(std::make_unique<rpc::HttpChannel>(*client, std::move(address),
                                                               options.internal_token));
    }
    channels.push_back(
        std::make_unique<rpc::ResilientChannel>(std::string(entry.name), std::move(addresses),
                                                options.resilience, random, options.metrics));
    entry.connect(directory, *channels.back());
}

/// Without a relay the outbox is trimmed where it is sure who follows: where all services are. What
/// comes to follow later begins with the producer's snapshot.
Upkeep::Passed Deployment::Impl::trimmed_here(std::string_view stream) const {
    if (nats || !all_run_here()) {
        return {};
    }
    return [this, stream] { return passed_by_all(stream); };
}

events::Position Deployment::Impl::passed_by_all(std::string_view stream) const {
    auto passed = std::numeric_limits<events::Position>::max();
    for (const auto& part : parts) {
        for (const auto* consumer : part->service->consumers()) {
            if (consumer->stream() == stream) {
                passed = std::min(passed, consumer->status().position);
            }
        }
    }
    return passed;
}

void Deployment::Impl::require_streams() const {
    for (const auto& part : parts) {
        for (const auto* consumer : part->service->consumers()) {
            if (!nats && !runs_here(consumer->stream())) {
                throw std::runtime_error(fmt::format(
                    "{0} follows the events of {1}, and {1} does not run here: set events.nats to "
                    "the NATS that both find, or add {1} to serve.services",
                    part->name, consumer->stream()));
            }
        }
    }
}

void Deployment::Impl::make_services(http::Client* client) {
    auto part = parts.begin();
    for (const auto* entry : services()) {
        needing_contracts(*entry, [&] {
            if (runs_here(entry->name)) {
                start_here(*entry, **part++, client);
            } else {
                connect(*entry, client);
            }
        });
    }
    for (const auto* entry : services()) {
        const bool known =
            runs_here(entry->name) || options.remote.contains(std::string(entry->name));
        if (known && entry->edge != nullptr) {
            needing_contracts(*entry, [&] { entry->edge(routes, directory); });
        }
    }
}

Deployment::Deployment(DeploymentOptions options, http::Client* client, const Clock& clock,
                       Random& random, telemetry::Log& operators)
    : impl_(std::make_unique<Impl>(std::move(options), clock, random, operators)) {
    for (const auto& name : impl_->options.services) {
        if (name != "all" && find_service(name) == nullptr) {
            throw std::runtime_error(fmt::format("there is no service {}", name));
        }
    }
    std::filesystem::create_directories(impl_->options.data);
    impl_->add_storages();
    impl_->make_services(client);
    impl_->require_streams();
}

Deployment::~Deployment() {
    while (!impl_->parts.empty()) {
        impl_->parts.pop_back();
    }
}

Task<void> Deployment::start() {
    for (const auto& part : impl_->parts) {
        co_await part->service->start();
        part->upkeep->start();
        if (part->relay) {
            part->relay->start();
        }
    }
}

Task<void> Deployment::stop() {
    impl_->log().wake();
    for (auto part = impl_->parts.rbegin(); part != impl_->parts.rend(); ++part) {
        co_await (*part)->service->stop();
        co_await (*part)->upkeep->stop();
    }
    for (const auto& part : impl_->parts) {
        if (part->relay) {
            co_await part->relay->stop();
        }
    }
}

Task<void> Deployment::upkeep() {
    for (const auto& part : impl_->parts) {
        co_await part->upkeep->once();
    }
}

const Directory& Deployment::directory() const {
    return impl_->directory;
}
const rpc::Dispatcher& Deployment::dispatcher() const {
    return impl_->dispatcher;
}
const rest::Table& Deployment::routes() const {
    return impl_->routes;
}
IdSource& Deployment::ids() {
    return impl_->ids;
}
events::Log& Deployment::log() {
    return impl_->log();
}

std::vector<std::string> Deployment::running() const {
    std::vector<std::string> names;
    for (const auto& part : impl_->parts) {
        names.push_back(part->name);
    }
    return names;
}

std::vector<std::string> Deployment::not_ready() const {
    std::vector<std::string> names;
    for (const auto& part : impl_->parts) {
        if (!part->service->ready()) {
            names.push_back(part->name);
        }
    }
    return names;
}

Task<bool> Deployment::settled() {
    auto& log = impl_->log();
    for (const auto& part : impl_->parts) {
        const auto end = co_await log.end(part->name);
        if (!end || *end < co_await part->outbox->end()) {
            co_return false;
        }
    }
    for (const auto& part : impl_->parts) {
        for (const auto* consumer : part->service->consumers()) {
            const auto end = co_await log.end(consumer->stream());
            if (!end || consumer->status().position < *end) {
                co_return false;
            }
        }
    }
    co_return true;
}

sql::Database& Deployment::database_of(std::string_view service) {
    const auto found =
        std::ranges::find(impl_->parts, service, [](const auto& part) { return part->name; });
    if (found == impl_->parts.end()) {
        throw std::logic_error("no service " + std::string(service) + " runs here");
    }
    return *(*found)->database;
}

}  // namespace kontor::app
