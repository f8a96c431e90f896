#pragma once

#include "app/front.hpp"
#include "platform/async/periodic.hpp"
#include "platform/secret.hpp"

namespace kontor::app {

/// Tells `Tokens` what the staff token is checked with: the setting where there is one, else what
/// `access` knows, which makes a token at the very first start. Where access runs elsewhere it is
/// asked again and again until it answers, and this process serves meanwhile.
class StaffToken {
public:
    /// All must outlive it.
    StaffToken(const Deployment& deployment, Secret wanted, Tokens& tokens,
               telemetry::Log& operators);

    /// Learns it, and shows a token that was made on standard output. Where access runs here it is
    /// known afterwards; throws std::runtime_error where that fails.
    Task<void> start();
    Task<void> stop() { return asking_.stop(); }

private:
    Task<void> ask();

    const Deployment& deployment_;
    Secret wanted_;
    Tokens& tokens_;
    Periodic asking_;
};

}  // namespace kontor::app
