#pragma once

#include "app/deployment.hpp"
#include "platform/http/message.hpp"
#include "platform/rest/gateway.hpp"
#include "platform/telemetry/access_log.hpp"
#include "platform/telemetry/metrics.hpp"

namespace kontor::app {

/// Knows the staff token and what services show each other, by their hashes.
class Tokens final : public rest::Authenticator {
public:
    Tokens(std::string staff_hash, std::string internal_token);
    std::optional<Principal> principal_of(std::string_view token, rest::Scope scope) const override;

private:
    std::string staff_hash_;
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
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The OpenAPI document of every public route of a deployment.
std::string openapi_of(const Deployment& deployment);

}  // namespace kontor::app
