#include "platform/rest/gateway.hpp"

#include <charconv>

#include "base/random.hpp"
#include "platform/async/loop.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/rpc/wire.hpp"
#include "platform/telemetry/trace.hpp"

namespace kontor::rest {

namespace {

constexpr std::string_view bearer_prefix = "Bearer ";

std::string_view bearer_of(const http::Request& request) {
    const auto value = request.value_of("Authorization");
    return value.starts_with(bearer_prefix) ? value.substr(bearer_prefix.size())
                                            : std::string_view();
}

/// The version an If-Match names; the ETags of resources are their versions. `*` matches any.
Result<std::uint64_t> if_match(std::string_view value) {
    if (value.empty() || value == "*") {
        return 0;
    }
    std::uint64_t version = 0;
    const auto inner = value.size() > 2 ? value.substr(1, value.size() - 2) : std::string_view();
    const auto [end, error] = std::from_chars(inner.data(), inner.data() + inner.size(), version);
    if (value.front() != '"' || error != std::errc{} || end != inner.data() + inner.size()) {
        return refuse(refusals::precondition_failed,
                      "If-Match {}: name the ETag of the version you read, as in \"7\"", value);
    }
    return version;
}

/// The first language of Accept-Language (RFC 9110, 12.5.4); shops order theirs by preference.
LocaleCode first_language(std::string_view accepted) {
    const auto first = accepted.substr(0, accepted.find_first_of(",; "));
    return first == "*" ? LocaleCode() : LocaleCode(first);
}

void add_validators(http::Response& response, const Route& route, const Outbound& outbound,
                    std::string_view path) {
    if (outbound.version != 0) {
        response.headers.add("ETag", fmt::format("\"{}\"", outbound.version));
    } else if (route.extra.cache_control != "no-store") {
        response.headers.add("ETag", fmt::format("\"{:016x}\"", crypto::fast_hash(outbound.json)));
    }
    if (response.status == 201 && !outbound.id.empty()) {
        response.headers.add("Location", fmt::format("{}/{}", path, outbound.id));
    }
}

http::Response answer_of(const Route& route, std::string_view path, Result<Outbound> outbound) {
    if (!outbound) {
        return http::problem(outbound.error());
    }
    auto response = http::Response::json(route.extra.status, std::string());
    response.headers.add("Cache-Control", route.extra.cache_control);
    add_validators(response, route, *outbound, path);
    response.body = std::move(outbound->json);
    return response;
}

/// The body of a request, up to a limit.
class RequestPieces final : public BodyPieces {
public:
    RequestPieces(http::Request& request, std::size_t bytes_max)
        : request_(request), left_(bytes_max), bytes_max_(bytes_max) {}

    Task<Result<std::optional<std::string>>> next() override {
        if (!request_.has_body()) {
            co_return std::optional<std::string>();
        }
        if (request_.content_length.value_or(0) > bytes_max_) {
            co_return over_limit();
        }
        auto piece = TRY(co_await request_.read_some());
        if (piece && piece->size() > left_) {
            co_return over_limit();
        }
        left_ -= piece ? piece->size() : 0;
        co_return piece;
    }

private:
    std::unexpected<Refusal> over_limit() const {
        return refuse(refusals::too_large, "the body is longer than {} bytes: send it in parts",
                      bytes_max_);
    }

    http::Request& request_;
    std::size_t left_;
    std::size_t bytes_max_;
};

}  // namespace

std::uint64_t guest_subject(std::string_view secret) {
    std::uint64_t subject = 0;
    const auto digest = crypto::sha256(secret);
    for (std::size_t i = 0; i < sizeof subject; ++i) {
        subject = subject << 8 | digest[i];
    }
    return subject;
}

Gateway::Gateway(const Table& table, const Authenticator& authenticator, http::Handler fallback,
                 GatewayOptions options)
    : router_(table),
      authenticator_(authenticator),
      fallback_(std::move(fallback)),
      options_(options) {}

Gateway::~Gateway() = default;

void Gateway::observe(Observer observer) {
    observer_ = std::move(observer);
}

Result<Context> Gateway::make_context(const http::Request& request,
                                      const Router::Match& match) const {
    const auto now = Loop::current().now();
    Context context = TRY_NOW(rpc::read_context(
        [&](std::string_view name) {
            const bool public_header = name == "Kontor-Deadline-Ms" || name == "traceparent" ||
                                       name == "Kontor-Dry-Run" || name == "Idempotency-Key";
            const bool preference =
                name == "Prefer" && match.route->extra.preference == Preference::return_minimal;
            const bool readable =
                public_header || preference || match.route->scope == Scope::internal;
            return readable ? request.find(name) : std::nullopt;
        },
        now));
    const bool change = match.route->operation.effect == rpc::Effect::change;
    context.deadline = std::min(context.deadline,
                                now + (change ? options_.change_deadline : options_.read_deadline));
    if (context.trace == Trace{}) {
        // No secret, so it need not be the kernel's.
        thread_local SeededRandom random(SystemRandom().u64());
        context.trace = telemetry::new_trace(random, false);
    }
    context.if_match = TRY_NOW(if_match(request.value_of("If-Match")));
    context.locale = first_language(request.value_of("Accept-Language"));
    for (const auto& [name, value] : match.variables) {
        if (name == "market") {
            context.market = value;
        }
    }
    const auto bearer = bearer_of(request);
    if (match.route->scope == Scope::shopper) {
        if (!bearer.empty()) {
            context.bearer = bearer;
            context.principal = {Principal::Kind::guest, guest_subject(bearer)};
        }
        return context;
    }
    const auto principal = authenticator_.principal_of(bearer, match.route->scope);
    if (!principal) {
        return refuse(refusals::unauthorized, "{} needs a valid token: Authorization: Bearer ...",
                      request.path.substr(0, 200));
    }
    context.principal = *principal;
    return context;
}

Task<http::Response> Gateway::run(http::Request& request, const Router::Match& match,
                                  Context& context) const {
    const auto& route = *match.route;
    auto made = make_context(request, match);
    if (!made) {
        co_return http::problem(made.error());
    }
    context = *std::move(made);
    const auto& key = context.idempotency_key;
    if (key.size() > 255 || (key.empty() && route.extra.idempotency == Idempotency::key_required)) {
        co_return http::problem(refusal(
            refusals::idempotency_key_missing,
            "{} {} needs an Idempotency-Key header of 1 to 255 characters, a new one for each "
            "attempt that is to count",
            route.method, route.path));
    }
    Inbound inbound{.path = match.variables, .query = {}, .body = {}};
    auto query = parse_query(request.query);
    if (!query) {
        co_return http::problem(query.error());
    }
    inbound.query = *std::move(query);
    if (route.upload) {
        for (const auto& [header, member] : route.upload->headers) {
            inbound.query.emplace_back(member, request.value_of(header));
        }
        RequestPieces pieces(request, route.upload->bytes_max);
        co_return answer_of(route, request.path,
                            co_await route.upload->run(context, inbound, pieces));
    }
    std::string body;
    if (request.has_body()) {
        auto whole = co_await request.read_body(options_.body_bytes_max);
        if (!whole) {
            co_return http::problem(whole.error());
        }
        body = *std::move(whole);
        inbound.body = body;
    }
    auto response = answer_of(route, request.path, co_await route.run(context, inbound));
    if (context.answer == Answer::minimal && response.status < 300) {
        response.headers.add("Preference-Applied", "return=minimal");
    }
    co_return response;
}

Task<http::Response> Gateway::handle(http::Request& request) const {
    const auto began = Loop::current().now();
    Context context;
    const auto match = router_.find(request.method, request.path);
    const Route* route = match ? match->route : nullptr;
    http::Response response;
    if (match) {
        response = co_await run(request, *match, context);
    } else if (match.error().code == refusals::not_found.code) {
        response = co_await fallback_(request);
    } else {
        response = http::problem(match.error());
    }
    if (observer_) {
        observer_(request, route, response, Loop::current().now() - began, context.trace);
    }
    co_return response;
}

}  // namespace kontor::rest
