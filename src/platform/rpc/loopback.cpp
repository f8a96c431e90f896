#include "platform/rpc/loopback.hpp"

#include <algorithm>

#include "platform/async/loop.hpp"
#include "platform/problem.hpp"
#include "platform/rpc/wire.hpp"

namespace kontor::rpc {

Task<Result<std::string>> LoopbackChannel::call(Context context, std::string_view service,
                                                std::string_view operation, Effect,
                                                std::string request) {
    const auto now = Loop::current().now();
    const auto headers = context_headers(context, now);
    auto received = TRY(read_context(
        [&](std::string_view name) -> std::optional<std::string_view> {
            const auto found =
                std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
            return found == headers.end() ? std::nullopt
                                          : std::optional<std::string_view>(found->second);
        },
        now));
    auto reply = co_await dispatcher_.dispatch(std::move(received), service, operation, request);
    if (!reply) {
        co_return std::unexpected(read_problem(problem_json(reply.error()), reply.error().status));
    }
    co_return reply;
}

}  // namespace kontor::rpc
