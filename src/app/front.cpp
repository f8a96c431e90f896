#include "app/front.hpp"

#include <unordered_map>

#include "app/version.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/rest/openapi.hpp"
#include "platform/rpc/http_channel.hpp"
#include "platform/telemetry/red_metrics.hpp"
#include "services/stores/api.hpp"

namespace kontor::app {

namespace {

constexpr rest::ApiInfo api_info{
    .title = "Kontor",
    .version = version,
    .description =
        "Commerce for a retailer with a web shop and stores in many countries. `/shop/{market}` "
        "faces shoppers, `/admin` staff and systems. Refusals are problem details (RFC 9457) with "
        "a stable `code`."};

http::Response not_found(const http::Request& request) {
    return http::problem(
        refusal(refusals::not_found, "no resource at {}", request.path.substr(0, 200)));
}

std::uint64_t body_bytes(const http::Response& response) {
    const auto* text = std::get_if<std::string>(&response.body);
    return text == nullptr ? 0 : text->size();
}

}  // namespace

Tokens::Tokens(std::string staff_hash, std::string internal_token)
    : staff_hash_(std::move(staff_hash)), internal_hash_(crypto::sha256_hex(internal_token)) {}

std::optional<Principal> Tokens::principal_of(std::string_view token, rest::Scope scope) const {
    const bool staff = scope == rest::Scope::staff;
    const auto& known = staff ? staff_hash_ : internal_hash_;
    if (token.empty() || !crypto::constant_time_equal(crypto::sha256_hex(token), known)) {
        return std::nullopt;
    }
    return Principal{staff ? Principal::Kind::staff : Principal::Kind::service, 1};
}

std::string openapi_of(const Deployment& deployment) {
    return rest::openapi(deployment.routes(), api_info);
}

struct Front::Impl {
    Impl(Deployment& what, const rest::Authenticator& tokens, telemetry::Registry& registry,
         telemetry::Log& log, FrontOptions given)
        : deployment(what),
          metrics(registry),
          access_log(log, given.log),
          options(std::move(given)),
          openapi(std::make_shared<const std::string>(openapi_of(what))),
          gateway(what.routes(), tokens,
                  [this](http::Request& request) { return fallback(request); }),
          unrouted(registry, "none", "any") {
        for (const auto& route : what.routes().routes()) {
            by_route.try_emplace(&route, std::make_unique<telemetry::RouteMetrics>(
                                             registry, route.path, route.method));
        }
        gateway.observe([this](const http::Request& request, const rest::Route* route,
                               const http::Response& response, Duration taken, const Trace& trace) {
            auto& red = route == nullptr ? unrouted : *by_route.at(route);
            red.observe(response.status, taken);
            access_log.answered(trace, {.method = request.method,
                                        .target = request.path,
                                        .client = request.peer,
                                        .status = response.status,
                                        .body_bytes = body_bytes(response),
                                        .span = taken});
        });
    }

    Task<http::Response> fallback(http::Request& request) {
        if (request.path.starts_with(rpc::internal_path) && !options.internal_token.empty()) {
            co_return co_await rpc::serve_internal(deployment.dispatcher(), options.internal_token,
                                                   request);
        }
        if (request.path.starts_with("/admin") || request.path.starts_with(rpc::internal_path)) {
            co_return http::problem(refusal(refusals::unauthorized, "{} needs a valid token",
                                            request.path.substr(0, 200)));
        }
        if (request.method != "GET" && request.method != "HEAD") {
            co_return not_found(request);
        }
        if (request.path == "/about") {
            co_return co_await about();
        }
        co_return answer_get(request);
    }

    http::Response answer_get(const http::Request& request) {
        if (request.path == "/healthz") {
            return http::Response::json(200, std::string(R"({"status":"ok"})"));
        }
        if (request.path == "/readyz") {
            return readiness();
        }
        if (request.path == "/openapi.json") {
            return http::Response::json(200, openapi);
        }
        if (request.path == "/metrics") {
            const auto format = telemetry::exposition_for(request.value_of("Accept"));
            return http::Response::with(200, telemetry::content_type(format), metrics.text(format));
        }
        return not_found(request);
    }

    http::Response readiness() const {
        const auto waiting = deployment.not_ready();
        return http::Response::json(
            waiting.empty() ? 200 : 503,
            fmt::format(R"({{"ready":{},"waiting_for":{}}})", waiting.empty(), to_json(waiting)));
    }

    Task<http::Response> about() const {
        struct About {
            std::string name;
            std::string version;
            std::vector<std::string> services;
            std::vector<stores::Market> markets;
            static constexpr auto describe() {
                return described<About>("This program.", field<&About::name>("Its name."),
                                        field<&About::version>("Its version."),
                                        field<&About::services>("What runs here."),
                                        field<&About::markets>("Where it sells."));
            }
        };
        const Context context{.deadline = Loop::current().now() + std::chrono::seconds(1)};
        auto markets = co_await deployment.directory().get<stores::Stores>().markets(context, {});
        if (!markets) {
            co_return http::problem(markets.error());
        }
        co_return http::Response::json(200, to_json(About{.name = "Kontor",
                                                          .version = std::string(version),
                                                          .services = deployment.running(),
                                                          .markets = std::move(markets->items)}));
    }

    Deployment& deployment;
    telemetry::Registry& metrics;
    telemetry::AccessLog access_log;
    FrontOptions options;
    http::SharedBody openapi;
    rest::Gateway gateway;
    telemetry::RouteMetrics unrouted;
    std::unordered_map<const rest::Route*, std::unique_ptr<telemetry::RouteMetrics>> by_route;
};

Front::Front(Deployment& deployment, const rest::Authenticator& tokens,
             telemetry::Registry& metrics, telemetry::Log& log, FrontOptions options)
    : impl_(std::make_unique<Impl>(deployment, tokens, metrics, log, std::move(options))) {}

Front::~Front() = default;

Task<http::Response> Front::handle(http::Request& request) {
    return impl_->gateway.handle(request);
}

}  // namespace kontor::app
