#include "app/front.hpp"

#include <unordered_map>

#include "app/about.hpp"
#include "app/pages/pages.hpp"
#include "app/seed/shop.hpp"
#include "app/version.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/problem.hpp"
#include "platform/rest/openapi.hpp"
#include "platform/rpc/http_channel.hpp"
#include "platform/telemetry/red_metrics.hpp"

namespace kontor::app {

namespace {

constexpr rest::ApiInfo api_info{
    .title = "Kontor",
    .version = version,
    .description =
        "Commerce for a retailer with a web shop and stores in many countries. `/shop/{market}` "
        "faces shoppers, `/admin` staff and systems. Refusals are problem details (RFC 9457) with "
        "a stable `code`."};

struct Health {
    std::string status = "ok";
    static constexpr auto describe() {
        return described<Health>("Whether the process lives.",
                                 field<&Health::status>("Always `ok`."));
    }
};

struct Readiness {
    bool ready = false;
    std::vector<std::string> waiting_for;
    static constexpr auto describe() {
        return described<Readiness>(
            "Whether every service here can serve.",
            field<&Readiness::ready>("Whether all of them can."),
            field<&Readiness::waiting_for>("Services that are still catching up."));
    }
};

http::Response not_found(const http::Request& request) {
    return http::problem(
        refusal(refusals::not_found, "no resource at {}", request.path.substr(0, 200)));
}

std::uint64_t body_bytes(const http::Response& response) {
    const auto* text = std::get_if<std::string>(&response.body);
    return text == nullptr ? 0 : text->size();
}

/// The drawn pictures of the demo shop: `/media/{picture}.svg`.
std::optional<http::Response> demo_picture(std::string_view path) {
    constexpr std::string_view folder = "/media/";
    constexpr std::string_view ending = ".svg";
    if (!path.starts_with(folder) || !path.ends_with(ending)) {
        return std::nullopt;
    }
    path.remove_prefix(folder.size());
    path.remove_suffix(ending.size());
    auto picture = seed::picture_svg(path);
    if (!picture) {
        return std::nullopt;
    }
    auto response = http::Response::with(200, "image/svg+xml", *std::move(picture));
    response.headers.add("Cache-Control", "public, max-age=86400");
    return response;
}

}  // namespace

Tokens::Tokens(std::string_view internal_token)
    : internal_hash_(crypto::sha256_hex(internal_token)) {}

void Tokens::learn_staff_hash(std::string hash) {
    staff_hash_ = std::move(hash);
    knows_staff_.store(true, std::memory_order_release);
}

std::optional<Principal> Tokens::principal_of(std::string_view token, rest::Scope scope) const {
    const bool staff = scope == rest::Scope::staff;
    const auto& known = staff ? staff_hash_ : internal_hash_;
    if (token.empty() || (staff && !knows_staff()) ||
        !crypto::constant_time_equal(crypto::sha256_hex(token), known)) {
        return std::nullopt;
    }
    return Principal{staff ? Principal::Kind::staff : Principal::Kind::service, 1};
}

struct Front::Impl {
    Impl(Deployment& what, const rest::Authenticator& tokens, telemetry::Registry& registry,
         telemetry::Log& log, FrontOptions given)
        : deployment(what),
          metrics(registry),
          access_log(log, given.log),
          options(std::move(given)),
          openapi(std::make_shared<const std::string>(openapi_of(what.routes()))),
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
                                        .span = taken,
                                        .probe = request.path == "/readyz"});
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
        for (const auto& [described, answer] : fixed_answers) {
            if (request.path == described.path) {
                co_return co_await (this->*answer)(request);
            }
        }
        if (const auto page = pages::find(request.path)) {
            co_return pages::respond(*page, request.value_of("Accept-Encoding"));
        }
        if (auto picture = demo_picture(request.path)) {
            co_return *std::move(picture);
        }
        co_return not_found(request);
    }

    Task<http::Response> answer_health(const http::Request&) {
        co_return http::Response::json(200, to_json(Health{}));
    }
    Task<http::Response> answer_readiness(const http::Request&) {
        const auto waiting = deployment.not_ready();
        co_return http::Response::json(waiting.empty() ? 200 : 503,
                                       to_json(Readiness{waiting.empty(), waiting}));
    }
    Task<http::Response> answer_metrics(const http::Request& request) {
        const auto format = telemetry::exposition_for(request.value_of("Accept"));
        co_return http::Response::with(200, telemetry::content_type(format), metrics.text(format));
    }
    Task<http::Response> answer_openapi(const http::Request&) {
        co_return http::Response::json(200, openapi);
    }
    Task<http::Response> answer_about(const http::Request&) { return about(deployment); }

    struct FixedAnswer {
        rest::FixedRoute described;
        Task<http::Response> (Impl::*answer)(const http::Request&);
    };
    static const std::array<FixedAnswer, 5> fixed_answers;

    Deployment& deployment;
    telemetry::Registry& metrics;
    telemetry::AccessLog access_log;
    FrontOptions options;
    http::SharedBody openapi;
    rest::Gateway gateway;
    telemetry::RouteMetrics unrouted;
    std::unordered_map<const rest::Route*, std::unique_ptr<telemetry::RouteMetrics>> by_route;
};

const std::array<Front::Impl::FixedAnswer, 5> Front::Impl::fixed_answers = {{
    {{.path = "/healthz",
      .name = "health",
      .meaning = "Answers while the process lives.",
      .reply = describe::type_info<Health>},
     &Impl::answer_health},
    {{.path = "/readyz",
      .name = "readiness",
      .meaning = "Says whether every service here can serve.",
      .reply = describe::type_info<Readiness>,
      .unavailable = "Not yet: a projection is still catching up."},
     &Impl::answer_readiness},
    {{.path = "/metrics",
      .name = "metrics",
      .meaning =
          "Shows what is measured, for Prometheus; in OpenMetrics where Accept asks for it."},
     &Impl::answer_metrics},
    {{.path = "/openapi.json",
      .name = "openapi",
      .meaning = "Answers this document.",
      .reply = describe::type_info<AnyValue>},
     &Impl::answer_openapi},
    {{.path = "/about",
      .name = "about",
      .meaning = "Says what runs here and where it sells.",
      .reply = describe::type_info<About>},
     &Impl::answer_about},
}};

std::vector<rest::FixedRoute> fixed_routes() {
    std::vector<rest::FixedRoute> all;
    for (const auto& fixed : Front::Impl::fixed_answers) {
        all.push_back(fixed.described);
    }
    return all;
}

std::string openapi_of(const rest::Table& routes) {
    return rest::openapi(routes, fixed_routes(), api_info);
}

Front::Front(Deployment& deployment, const rest::Authenticator& tokens,
             telemetry::Registry& metrics, telemetry::Log& log, FrontOptions options)
    : impl_(std::make_unique<Impl>(deployment, tokens, metrics, log, std::move(options))) {}

Front::~Front() = default;

Task<http::Response> Front::handle(http::Request& request) {
    return impl_->gateway.handle(request);
}

}  // namespace kontor::app
