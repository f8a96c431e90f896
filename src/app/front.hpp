#pragma once

#include <atomic>

#include "app/deployment.hpp"
#include "platform/http/message.hpp"
#include "platform/rest/gateway.hpp"
#include "platform/rest/openapi.hpp"
#include "platform/telemetry/access_log.hpp"
#include "platform/telemetry/metrics.hpp"

namespace kontor::app {

/// Knows the staff token and what services show each other, by their hashes. Until it is told the
/// staff token's hash, nobody is staff.
class Tokens final : public rest::Authenticator {
public:
    explicit Tokens(std::string_view internal_token);

    /// Once; from any thread.
    void learn_staff_hash(std::string hash);
    bool knows_staff() const { return knows_staff_.load(std::memory_order_acquire); }
    std::optional<Principal> principal_of(std::string_view token, rest::Scope scope) const override;

private:
    std::string staff_hash_;  ///< Read only once knows_staff_.
    std::atomic<bool> knows_staff_{false};
    std::string internal_hash_;
};

struct FrontOptions {
    std::string internal_token;
    telemetry::LogSettings log;
};

/// Everything a process answers over HTTP: the public routes, `/internal/`, `/healthz`, `/readyz`,
/// `/metrics`, `/openapi.json`, `/about` and the pages. Used from every loop at once.
class Front {
public:
    /// The collaborators outlive it.
    Front(Deployment& deployment, const rest::Authenticator& tokens, telemetry::Registry& metrics,
          telemetry::Log& log, FrontOptions options);
    ~Front();

    Task<http::Response> handle(http::Request& request);

private:
    friend std::vector<rest::FixedRoute> fixed_routes();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// What it answers beside the routes of the services: `/healthz` and the like.
std::vector<rest::FixedRoute> fixed_routes();

/// The OpenAPI document of these routes and the fixed ones: `/openapi.json`.
std::string openapi_of(const rest::Table& routes);

}  // namespace kontor::app
