#pragma once

#include <filesystem>
#include <memory>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/random.hpp"
#include "platform/async/task.hpp"
#include "platform/config/config.hpp"
#include "platform/events/consumer.hpp"
#include "platform/events/event_info.hpp"
#include "platform/events/log.hpp"
#include "platform/events/outbox.hpp"
#include "platform/http/client.hpp"
#include "platform/rest/table.hpp"
#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/remote.hpp"
#include "platform/service/directory.hpp"
#include "platform/sql/sql.hpp"
#include "platform/telemetry/log.hpp"

/// How a service is put together and run: what it is given, what it gives back. Which services run
/// in a process is the composition root's business (app/services.cpp), never a service's.
namespace kontor {

/// Tells operators what went wrong in the background: what Consumer and Periodic take.
using Report = std::function<void(std::string_view error)>;

/// What a service that runs here is given. All of it outlives the service.
struct Host {
    const Clock& clock;
    IdSource& ids;
    Random& random;                  ///< Thread-safe.
    sql::Database& database;         ///< The service's own, migrated.
    events::Outbox& outbox;          ///< In that database.
    events::Log& log;                ///< Every service's stream.
    const Directory& directory;      ///< The contracts of the services it depends on.
    std::filesystem::path folder;    ///< For projections; may be empty at every start.
    telemetry::Log& operators;       ///< Where operators look when something goes wrong.
    const config::Loaded& settings;  ///< With the section that the service's entry declares.
    http::Client* client = nullptr;  ///< For calls beyond this installation; null: none are made.
    Duration look_interval = std::chrono::seconds(1);  ///< Between looks for what has come due.

    /// Warns operators, and says which service it is about.
    Report report() const;
};

/// A service that runs here.
class Service {
public:
    virtual ~Service() = default;

    /// Adds its contract, for those who call it in this process and over the network.
    virtual void publish(Directory& directory, rpc::Dispatcher& dispatcher) = 0;

    /// Starts what runs in the background, on the current loop; returns once that is under way.
    virtual Task<void> start() { co_return; }
    /// Ends it, and returns once nothing of it runs any more.
    virtual Task<void> stop() { co_return; }

    /// Whether it can serve: its projections have caught up.
    virtual bool ready() const { return true; }

    /// What it follows events with: for lag metrics, and to wait for. The same from the start.
    virtual std::vector<const events::Consumer*> consumers() const { return {}; }
};

/// A service as the composition root knows it: one line in app/services.cpp.
struct ServiceEntry {
    std::string_view name;
    /// Makes the service, to run here.
    std::unique_ptr<Service> (*start)(const Host& host);
    /// Adds its contract as reached over `channel`, which outlives `directory`.
    void (*connect)(Directory& directory, rpc::Channel& channel);
    /// Its public routes, for the gateway.
    void (*edge)(rest::Table& table, const Directory& directory);
    /// The events it publishes, for their reference; null: none.
    std::vector<events::EventInfo> (*events)() = nullptr;
    /// Its section of the settings, of its own name; null: it has none.
    config::Section (*settings)() = nullptr;
};

/// Adds the contract of a service that runs here (which must outlive both), for callers in this
/// process and for those over the network; the ones see no other refusals than the others. Its
/// operations are counted and timed.
template <class Contract>
void publish_contract(Directory& directory, rpc::Dispatcher& dispatcher, Contract& here) {
    std::shared_ptr<Contract> guarded = rpc::guarded<Contract>(here, directory.metrics());
    dispatcher.expose<Contract>(*guarded);
    directory.add(std::move(guarded));
}

/// Adds the contract as reached over `channel`: what most services' `connect` is.
template <class Contract>
void connect_remote(Directory& directory, rpc::Channel& channel) {
    directory.add(std::shared_ptr<Contract>(rpc::remote<Contract>(channel)));
}

}  // namespace kontor
