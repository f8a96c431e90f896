#include "simulation/network.hpp"

#include <algorithm>

#include "base/accident.hpp"
#include "platform/problem.hpp"
#include "simulation/passage.hpp"

namespace kontor::simulation {

namespace {

Result<std::string> connection_lost(std::string_view service) {
    return refuse(refusals::unavailable, "{} is not reached", service);
}

}  // namespace

void Network::listen(std::string_view service, std::shared_ptr<Server> server) {
    servers_.insert_or_assign(std::string(service), std::move(server));
}

void Network::send(std::shared_ptr<const Request> request, Reply reply, bool may_repeat) {
    const auto deliver = [this, request](const Reply& to) { spawn(serve(request, to)); };
    simulation::send(
        environment_,
        {.what = request->operation,
         .arrives = [deliver, reply] { deliver(reply); },
         .again = may_repeat ? [deliver] { deliver([](const auto&) {}); } : std::function<void()>(),
         .lost = [reply, request] { reply(connection_lost(request->service)); }});
}

Task<void> Network::serve(std::shared_ptr<const Request> request, Reply reply) {
    const auto found = servers_.find(request->service);
    const auto server = found == servers_.end() ? nullptr : found->second;
    if (server == nullptr || environment_.ends_here(*server->life, request->operation)) {
        reply(connection_lost(request->service));
        co_return;
    }
    ++server->in_flight;
    auto answered = co_await dispatch(*server, *request);
    if (!server->life->goes_on() || environment_.ends_here(*server->life, request->operation)) {
        answered = connection_lost(request->service);
    }
    --server->in_flight;
    answer(std::move(answered), *request, std::move(reply));
}

/// Exceptions become answers as they do where a server handles a request.
Task<Result<std::string>> Network::dispatch(const Server& server, const Request& request) {
    const auto find = [&](std::string_view name) -> std::optional<std::string_view> {
        const auto header =
            std::ranges::find(request.headers, name, &std::pair<std::string, std::string>::first);
        return header == request.headers.end() ? std::nullopt
                                               : std::optional<std::string_view>(header->second);
    };
    std::optional<Refusal> refused;
    try {
        auto context = TRY(rpc::read_context(find, environment_.loop.now()));
        auto reply = co_await server.dispatcher->dispatch(std::move(context), request.service,
                                                          request.operation, request.body);
        if (reply) {
            co_return reply;
        }
        refused = std::move(reply).error();
    } catch (const Accident& accident) {
        refused = accident.refusal();
        if (refused->code == refusals::internal.code) {
            accidents_.push_back(fmt::format("{}: {}", request.operation, accident.what()));
        }
    } catch (const std::exception& error) {
        refused = refusal(refusals::internal, "an accident");
        accidents_.push_back(fmt::format("{}: {}", request.operation, error.what()));
    }
    co_return std::unexpected(read_problem(problem_json(*refused), refused->status));
}

void Network::answer(Result<std::string> answered, const Request& request, Reply reply) {
    const auto way = reply_passage(environment_, request.operation);
    if (!way.arrives) {
        answered = connection_lost(request.service);
    }
    environment_.loop.after(
        way.after, [reply = std::move(reply), answered = std::move(answered)] { reply(answered); });
}

Task<Result<std::string>> SimulatedChannel::call(Context context, std::string_view service,
                                                 std::string_view operation, rpc::Effect effect,
                                                 std::string request) {
    auto answer =
        co_await exchange(std::move(context), service, operation, effect, std::move(request));
    environment_.trace.note("{} answers {}", operation,
                            answer ? fmt::to_string(answer->size()) : answer.error().code);
    if (environment_.ends_here(*caller_, operation)) {
        co_return connection_lost(service);
    }
    if (!answer && mutant_ != nullptr && mutant_->defect().taken_for_done == operation) {
        co_return std::string(mutant_->defect().answer);
    }
    co_return answer;
}

Task<Result<std::string>> SimulatedChannel::exchange(Context context, std::string_view service,
                                                     std::string_view operation, rpc::Effect effect,
                                                     std::string request) {
    auto& loop = environment_.loop;
    if (environment_.ends_here(*caller_, operation)) {
        co_return connection_lost(service);
    }
    auto sent = std::make_shared<const Network::Request>(
        Network::Request{rpc::context_headers(context, loop.now()), std::string(service),
                         std::string(operation), std::move(request)});
    // A change is repeated where its caller promised that it may be: by a key.
    const bool may_repeat = effect == rpc::Effect::read || !context.idempotency_key.empty();
    co_return co_await await_reply<std::string>(
        environment_, *caller_, std::move(context),
        [&](auto reply) { network_.send(std::move(sent), reply, may_repeat); },
        connection_lost(service));
}

}  // namespace kontor::simulation
