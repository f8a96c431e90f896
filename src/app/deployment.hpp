#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/services.hpp"
#include "app/settings.hpp"
#include "platform/events/log.hpp"
#include "platform/http/client.hpp"
#include "platform/resilience/policy.hpp"

namespace kontor::app {

/// What one process of Kontor is made of: which services run here, on which storage, and where the
/// others are. The only place that knows; services cannot tell.
struct DeploymentOptions {
    std::vector<std::string> services = {"all"};
    std::filesystem::path data = "kontor-data";
    std::filesystem::path projections;          ///< Of the services that run here; empty: `data`.
    std::string database_url;                   ///< Empty: SQLite files in `data`.
    std::map<std::string, std::string> remote;  ///< Base URLs of services elsewhere, by commas.
    resilience::Policy resilience;              ///< What is done where those fail.
    EventsSettings events;
    std::string internal_token;
    std::uint16_t node = 0;
    /// Where the operations of services here are counted; outlives the deployment. Null: nowhere.
    telemetry::Registry* metrics = nullptr;
    /// Serialise every call between services, for tests.
    bool loopback = false;
    /// Of the services.
    config::Loaded settings = default_settings();
};

/// The services of this process, with their databases, outboxes and event log.
class Deployment {
public:
    /// Opens and migrates the databases and makes the services. Blocks: at start only. Throws
    /// std::runtime_error that says what to change, sql::Error where storage fails.
    /// `client` carries calls elsewhere, may be null where there are none; `operators` is told what
    /// goes wrong in the background. All outlive this.
    Deployment(DeploymentOptions options, http::Client* client, const Clock& clock, Random& random,
               telemetry::Log& operators);
    ~Deployment();
    Deployment(const Deployment&) = delete;
    Deployment& operator=(const Deployment&) = delete;

    /// Starts what runs in the background, on the current loop.
    Task<void> start();
    /// Ends it; no service runs any more afterwards.
    Task<void> stop();

    /// One round of what is otherwise done hourly: see Upkeep.
    Task<void> upkeep();

    const Directory& directory() const;
    const rpc::Dispatcher& dispatcher() const;
    /// The public routes of every service that is here or known elsewhere.
    const rest::Table& routes() const;
    /// Names of the services that run here, and of those not ready yet.
    std::vector<std::string> running() const;
    std::vector<std::string> not_ready() const;

    /// Whether every event that services here committed before this call is in the log, and all
    /// that is in the log has taken effect wherever it is followed here.
    Task<bool> settled();

    IdSource& ids();
    events::Log& log();
    sql::Database& database_of(std::string_view service);

private:
    struct Part;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kontor::app
