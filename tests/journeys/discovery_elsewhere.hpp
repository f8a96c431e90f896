#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/deployment.hpp"
#include "support/nats.hpp"
#include "support/other_process.hpp"

namespace kontor::journeys {

/// Discovery in a process of its own, for a shop whose other services run here: their events reach
/// it through NATS, calls of it go over HTTP.
class DiscoveryElsewhere {
public:
    /// `folder`: its own. `database_url`: the shop's.
    DiscoveryElsewhere(const std::filesystem::path& folder, const std::string& database_url);

    /// What the shop's other services run with, here.
    app::DeploymentOptions options_of_the_rest() const;

    /// Returns once discovery has taken all events that are in NATS by now. Throws where that takes
    /// too long.
    void settle();

    /// Ends the process and starts it again on the same storage.
    void restart();
    /// The same, without its projections.
    void restart_empty();

private:
    void start();
    void finish();

    std::filesystem::path folder_;
    std::string database_url_;
    std::string prefix_ = testing::fresh_nats_prefix();
    std::string url_;
    std::unique_ptr<testing::OtherProcess> process_;
};

}  // namespace kontor::journeys
