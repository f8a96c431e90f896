#pragma once

#include <functional>
#include <memory>

#include "platform/async/loop.hpp"
#include "platform/http/message.hpp"
#include "platform/rest/router.hpp"

namespace kontor::rest {

/// Who a bearer is. Thread-safe.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    /// The staff member or service this token belongs to, or none.
    virtual std::optional<Principal> principal_of(std::string_view token, Scope scope) const = 0;
};

struct GatewayOptions {
    std::size_t body_bytes_max = 1 << 20;
    std::chrono::milliseconds read_deadline{1000};
    std::chrono::milliseconds change_deadline{5000};
};

/// Turns HTTP requests into calls: finds the route, makes the Context (deadline, trace, caller,
/// market, locale, idempotency key, version), checks the scope, binds, runs and renders. The one
/// place where an accident becomes a 500. Used from every loop at once.
class Gateway {
public:
    /// `fallback` answers what no route does; its own not-found is the final word.
    Gateway(const Table& table, const Authenticator& authenticator, http::Handler fallback,
            GatewayOptions options = {});
    ~Gateway();

    Task<http::Response> handle(http::Request& request) const;

    /// Told of each answer before it is sent; `route` is null where none was found. For metrics and
    /// access logs.
    using Observer =
        std::function<void(const http::Request& request, const Route* route,
                           const http::Response& response, Duration taken, const Trace& trace)>;
    void observe(Observer observer);

private:
    Task<http::Response> run(http::Request& request, const Router::Match& match,
                             Context& context) const;
    Result<Context> make_context(const http::Request& request, const Router::Match& match) const;

    Router router_;
    const Authenticator& authenticator_;
    http::Handler fallback_;
    GatewayOptions options_;
    Observer observer_;
};

/// A guest's stable id: the first 8 bytes of the SHA-256 of the secret, so that the secret itself
/// never scopes, logs or stores anything.
std::uint64_t guest_subject(std::string_view secret);

}  // namespace kontor::rest
