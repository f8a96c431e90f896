#pragma once

#include "base/id.hpp"
#include "platform/events/outbox_log.hpp"
#include "platform/events/relay.hpp"
#include "platform/service/service.hpp"
#include "simulation/card_provider.hpp"
#include "simulation/event_log.hpp"
#include "simulation/network.hpp"
#include "simulation/simulated_database.hpp"

namespace kontor::simulation {

/// A service with what outlives the crashes of its process.
struct Tenant {
    const ServiceEntry* entry;
    Storage* storage;
};

/// What processes have in common.
struct Deployment {
    Environment& environment;
    Network& network;
    Streams& log;
    CardProvider& card_provider;
    Mutant* mutant;
    config::Loaded settings;
    /// Every service of the product that runs, wherever, and what else is reached by the network.
    std::vector<const ServiceEntry*> reachable;
    /// Whether events stay in the process, which then runs all services.
    bool one_process;
};

/// A process from its start to its end: services with databases, outboxes and relays, put together
/// as the program does it.
class Instance {
public:
    Instance(const Deployment& deployment, const std::vector<Tenant>& tenants, std::uint16_t node,
             std::shared_ptr<Life> life);
    /// Must have been stopped.
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// Starts what runs in the background, and listens.
    Task<void> start();
    /// Ends it; returns once nothing of it runs any more.
    Task<void> stop();

    Life& life() { return *life_; }
    /// Whether all that was committed here has taken effect wherever it is followed here.
    Task<bool> settled();

private:
    struct Part;

    events::Log& log();
    void add_storage(const Tenant& tenant);
    void start_here(const Tenant& tenant, Part& part);
    Task<void> relay_until_stopped(Part& part);

    Environment& environment_;
    const Deployment& deployment_;
    std::shared_ptr<Life> life_;
    IdSource ids_;
    SeededRandom random_;
    telemetry::SilentLog operators_;
    events::OutboxLog outboxes_;
    SimulatedLog shared_log_;
    SimulatedChannel channel_;
    ProviderClient provider_client_;
    Directory directory_;
    rpc::Dispatcher dispatcher_;
    std::shared_ptr<Server> server_;
    std::vector<std::unique_ptr<Part>> parts_;
    bool starting_ = false;
    bool stopping_ = false;
};

/// A process that is started again after each crash, on what it has committed.
class Process {
public:
    Process(const Deployment& deployment, std::vector<Tenant> tenants, std::uint16_t node);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    Task<void> start();
    /// Ends it in order, with what is still ending after crashes.
    Task<void> stop();

    /// Null while it is down.
    Instance* running() { return instance_.get(); }

private:
    void crashed();
    Task<void> bury(std::unique_ptr<Instance> dead);

    const Deployment& deployment_;
    std::vector<Tenant> tenants_;
    std::uint16_t node_;
    std::unique_ptr<Instance> instance_;
    int ending_ = 0;
    bool stopping_ = false;
};

}  // namespace kontor::simulation
