#include "app/deployment.hpp"

#include <algorithm>
#include <stdexcept>

#include "platform/events/outbox_log.hpp"
#include "platform/rpc/http_channel.hpp"
#include "platform/rpc/loopback.hpp"
#include "platform/sql/migration.hpp"

namespace kontor::app {

/// A service that runs here, with what is its own. Destroyed from the last member to the first.
struct Deployment::Part {
    std::string name;
    std::unique_ptr<sql::Database> database;
    std::unique_ptr<events::Outbox> outbox;
    std::unique_ptr<Host> host;
    std::unique_ptr<Service> service;
};

struct Deployment::Impl {
    Impl(DeploymentOptions wanted, const Clock& time, Random& chance)
        : options(std::move(wanted)), clock(time), random(chance), ids(time, options.node) {}

    DeploymentOptions options;
    const Clock& clock;
    Random& random;
    IdSource ids;
    events::OutboxLog log;
    Directory directory;
    rpc::Dispatcher dispatcher;
    rpc::LoopbackChannel loopback{dispatcher};
    std::vector<std::unique_ptr<rpc::HttpChannel>> channels;
    std::vector<std::unique_ptr<Part>> parts;
    rest::Table routes;

    bool runs_here(std::string_view name) const {
        return std::ranges::find(options.services, "all") != options.services.end() ||
               std::ranges::find(options.services, name) != options.services.end();
    }
    std::unique_ptr<sql::Database> open_database(std::string_view service) const;
    void add_storage(const ServiceEntry& entry);
    void start_here(const ServiceEntry& entry, Part& part);
    void connect(const ServiceEntry& entry, http::Client* client);
};

std::unique_ptr<sql::Database> Deployment::Impl::open_database(std::string_view service) const {
    auto database = options.database_url.empty()
                        ? sql::open_sqlite(options.data / (std::string(service) + ".db"))
                        : sql::open_postgres(options.database_url, std::string(service));
    database->migrate(sql::schema_of(service));
    return database;
}

void Deployment::Impl::add_storage(const ServiceEntry& entry) {
    auto part = std::make_unique<Part>();
    part->name = entry.name;
    part->database = open_database(entry.name);
    part->outbox = std::make_unique<events::Outbox>(part->name, *part->database, clock, ids);
    log.add(*part->outbox);
    parts.push_back(std::move(part));
}

void Deployment::Impl::start_here(const ServiceEntry& entry, Part& part) {
    const auto folder =
        (options.projections.empty() ? options.data : options.projections) / part.name;
    std::filesystem::create_directories(folder);
    part.host = std::make_unique<Host>(Host{.clock = clock,
                                            .ids = ids,
                                            .random = random,
                                            .database = *part.database,
                                            .outbox = *part.outbox,
                                            .log = log,
                                            .directory = directory,
                                            .folder = folder});
    part.service = entry.start(*part.host);
    part.service->publish(directory, dispatcher);
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
    channels.push_back(
        std::make_unique<rpc::HttpChannel>(*client, url->second, options.internal_token));
    entry.connect(directory, *channels.back());
}

Deployment::Deployment(DeploymentOptions options, http::Client* client, const Clock& clock,
                       Random& random)
    : impl_(std::make_unique<Impl>(std::move(options), clock, random)) {
    for (const auto& name : impl_->options.services) {
        if (name != "all" && find_service(name) == nullptr) {
            throw std::runtime_error(fmt::format("there is no service {}", name));
        }
    }
    std::filesystem::create_directories(impl_->options.data);
    for (const auto* entry : services()) {
        if (impl_->runs_here(entry->name)) {
            impl_->add_storage(*entry);
        }
    }
    auto part = impl_->parts.begin();
    for (const auto* entry : services()) {
        if (impl_->runs_here(entry->name)) {
            impl_->start_here(*entry, **part++);
        } else {
            impl_->connect(*entry, client);
        }
    }
    for (const auto* entry : services()) {
        const bool known = impl_->runs_here(entry->name) ||
                           impl_->options.remote.contains(std::string(entry->name));
        if (known && entry->edge != nullptr) {
            entry->edge(impl_->routes, impl_->directory);
        }
    }
}

Deployment::~Deployment() {
    while (!impl_->parts.empty()) {
        impl_->parts.pop_back();
    }
}

Task<void> Deployment::start() {
    for (const auto& part : impl_->parts) {
        co_await part->service->start();
    }
}

Task<void> Deployment::stop() {
    impl_->log.wake();
    for (auto part = impl_->parts.rbegin(); part != impl_->parts.rend(); ++part) {
        co_await (*part)->service->stop();
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
    return impl_->log;
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
    for (const auto& part : impl_->parts) {
        for (const auto* consumer : part->service->consumers()) {
            const auto end = co_await impl_->log.end(consumer->stream());
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
