#include "simulation/process.hpp"

#include <algorithm>

namespace kontor::simulation {

namespace {

using namespace std::chrono_literals;

// Nobody else commits to a database of the simulation: looking for it would only cost time.
constexpr auto never_polls = std::chrono::hours(24);
// Most looks for what has come due find nothing.
constexpr auto looks_every = 5s;
constexpr auto relay_lease = 3s;
constexpr auto relay_retry = 2s;

}  // namespace

/// A service that runs here, with what is its own. Destroyed from the last member to the first.
struct Instance::Part {
    std::unique_ptr<SimulatedDatabase> database;
    std::unique_ptr<events::Outbox> outbox;
    std::unique_ptr<events::Relay> relay;
    SharedSignal published;
    bool relaying = false;
    std::unique_ptr<Host> host;
    std::unique_ptr<Service> service;
};

Instance::Instance(const Deployment& deployment, const std::vector<Tenant>& tenants,
                   std::uint16_t node, std::shared_ptr<Life> life)
    : environment_(deployment.environment),
      deployment_(deployment),
      life_(std::move(life)),
      ids_(environment_.clock, node),
      random_(environment_.random.u64()),
      outboxes_({.poll_interval = never_polls}),
      shared_log_(environment_, life_, deployment.log),
      channel_(environment_, deployment.network, life_, deployment.mutant),
      provider_client_(environment_, deployment.card_provider, life_),
      server_(std::make_shared<Server>(Server{life_, &dispatcher_})) {
    for (const auto* entry : deployment.reachable) {
        if (std::ranges::find(tenants, entry, &Tenant::entry) == tenants.end()) {
            entry->connect(directory_, channel_);
        }
    }
    for (const auto& tenant : tenants) {
        add_storage(tenant);
    }
    for (std::size_t i = 0; i < tenants.size(); ++i) {
        start_here(tenants[i], *parts_[i]);
    }
}

Instance::~Instance() = default;

events::Log& Instance::log() {
    return deployment_.one_process ? static_cast<events::Log&>(outboxes_) : shared_log_;
}

void Instance::add_storage(const Tenant& tenant) {
    auto part = std::make_unique<Part>();
    part->database = std::make_unique<SimulatedDatabase>(environment_, life_, *tenant.storage,
                                                         deployment_.mutant);
    part->outbox = std::make_unique<events::Outbox>(std::string(tenant.entry->name),
                                                    *part->database, environment_.clock, ids_);
    outboxes_.add(*part->outbox);
    part->database->on_notify([&published = part->published] { published.notify_all(); });
    parts_.push_back(std::move(part));
}

void Instance::start_here(const Tenant& tenant, Part& part) {
    part.host = std::make_unique<Host>(Host{.clock = environment_.clock,
                                            .ids = ids_,
                                            .random = random_,
                                            .database = *part.database,
                                            .outbox = *part.outbox,
                                            .log = log(),
                                            .directory = directory_,
                                            .folder = {},
                                            .operators = operators_,
                                            .settings = deployment_.settings,
                                            .client = &provider_client_,
                                            .look_interval = looks_every});
    if (!deployment_.one_process) {
        part.relay = std::make_unique<events::Relay>(
            *part.outbox, outboxes_, shared_log_, environment_.clock,
            events::RelayOptions{.holder = random_.secret(), .lease_duration = relay_lease});
    }
    part.service = tenant.entry->start(*part.host);
    part.service->publish(directory_, dispatcher_);
}

Task<void> Instance::start() {
    starting_ = true;
    for (const auto& part : parts_) {
        co_await part->service->start();
        if (!life_->goes_on()) {
            break;  // it has died in its first steps
        }
        if (part->relay) {
            part->relaying = true;
            spawn(relay_until_stopped(*part));
        }
        deployment_.network.listen(part->outbox->service(), server_);
    }
    starting_ = false;
}

/// Relays when something was published, not every second as the relay's own loop does: that would
/// cost more than all the rest of a simulated hour.
Task<void> Instance::relay_until_stopped(Part& part) {
    while (!stopping_) {
        const auto seen = part.published.count();
        bool again = false;
        try {
            while (!stopping_ && co_await part.relay->relay_once() > 0) {
            }
            again = !part.relay->status().leading;
        } catch (const std::exception&) {
            again = true;
        }
        if (!stopping_) {
            co_await part.published.wait_beyond(seen, again ? Duration(relay_retry) : never_polls);
        }
    }
    part.relaying = false;
}

Task<void> Instance::stop() {
    stopping_ = true;
    while (starting_) {
        co_await sleep_for(1ms);
    }
    log().wake();
    for (auto part = parts_.rbegin(); part != parts_.rend(); ++part) {
        co_await (*part)->service->stop();
        while ((*part)->relaying) {
            (*part)->published.notify_all();
            co_await sleep_for(10ms);
        }
    }
    while (server_->in_flight > 0) {
        co_await sleep_for(1ms);
    }
    life_->end();
}

Task<bool> Instance::settled() {
    for (const auto& part : parts_) {
        const auto end = co_await log().end(part->outbox->service());
        if (!end || *end < co_await part->outbox->end()) {
            co_return false;
        }
    }
    for (const auto& part : parts_) {
        for (const auto* consumer : part->service->consumers()) {
            const auto end = co_await log().end(consumer->stream());
            if (!end || consumer->status().position < *end) {
                co_return false;
            }
        }
    }
    co_return true;
}

Process::Process(const Deployment& deployment, std::vector<Tenant> tenants, std::uint16_t node)
    : deployment_(deployment), tenants_(std::move(tenants)), node_(node) {}

Process::~Process() = default;

Task<void> Process::start() {
    auto life = std::make_shared<Life>([this] { crashed(); });
    instance_ = std::make_unique<Instance>(deployment_, tenants_, node_, std::move(life));
    co_await instance_->start();
}

/// Called in the middle of whatever the process did last, so what is left of it ends later.
void Process::crashed() {
    if (stopping_) {
        return;
    }
    auto& environment = deployment_.environment;
    for (const auto& tenant : tenants_) {
        environment.trace.note("{} dies", tenant.entry->name);
        deployment_.network.listen(tenant.entry->name, nullptr);
    }
    ++ending_;
    environment.loop.post(
        [this, dead = std::move(instance_)]() mutable { spawn(bury(std::move(dead))); });
    environment.loop.after(environment.between(100ms, 5s), [this] {
        if (!stopping_) {
            spawn(start());
        }
    });
}

Task<void> Process::bury(std::unique_ptr<Instance> dead) {
    co_await dead->stop();
    dead.reset();
    --ending_;
}

Task<void> Process::stop() {
    stopping_ = true;
    if (instance_) {
        for (const auto& tenant : tenants_) {
            deployment_.network.listen(tenant.entry->name, nullptr);
        }
        co_await instance_->stop();
        instance_.reset();
    }
    while (ending_ > 0) {
        co_await sleep_for(1ms);
    }
}

}  // namespace kontor::simulation
