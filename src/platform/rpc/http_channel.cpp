#include "platform/rpc/http_channel.hpp"

#include "platform/async/loop.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/problem.hpp"
#include "platform/rpc/wire.hpp"

namespace kontor::rpc {

namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::size_t request_bytes_max = 64 << 20;

}  // namespace

HttpChannel::HttpChannel(http::Client& client, std::string base_url, std::string token)
    : client_(client), base_url_(std::move(base_url)), token_(std::move(token)) {}

Task<Result<std::string>> HttpChannel::call(Context context, std::string_view service,
                                            std::string_view operation, Effect effect,
                                            std::string request) {
    http::Call call{.method = "POST",
                    .url = fmt::format("{}{}{}/{}", base_url_, internal_path, service, operation),
                    .body = std::move(request),
                    .safe = effect == Effect::read};
    call.headers.add("Authorization", std::string(bearer) + token_);
    call.headers.add("Content-Type", "application/json");
    for (const auto& [name, value] : context_headers(context, Loop::current().now())) {
        call.headers.add(name, value);
    }
    auto answer = TRY(co_await client_.send(std::move(context), std::move(call)));
    if (answer.status != 200) {
        co_return std::unexpected(read_problem(answer.body, answer.status));
    }
    co_return std::move(answer.body);
}

Task<http::Response> serve_internal(const Dispatcher& dispatcher, std::string_view token,
                                    http::Request& request) {
    const auto given = request.value_of("Authorization");
    if (!given.starts_with(bearer) ||
        !crypto::constant_time_equal(given.substr(bearer.size()), token)) {
        co_return http::problem(
            refusal(refusals::unauthorized, "{} is for services of this deployment", request.path));
    }
    const auto path = request.path.substr(internal_path.size());
    const auto slash = path.find('/');
    auto context = read_context([&](std::string_view name) { return request.find(name); },
                                Loop::current().now());
    if (!context || slash == path.npos) {
        co_return http::problem(context ? refusal(refusals::not_found, "no operation at {}", path)
                                        : context.error());
    }
    const auto body = co_await request.read_body(request_bytes_max);
    if (!body) {
        co_return http::problem(body.error());
    }
    auto reply = co_await dispatcher.dispatch(*std::move(context), path.substr(0, slash),
                                              path.substr(slash + 1), *body);
    co_return reply ? http::Response::json(200, *std::move(reply)) : http::problem(reply.error());
}

}  // namespace kontor::rpc
