#pragma once

#include <map>
#include <string>

#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/remote.hpp"
#include "platform/rpc/wire.hpp"
#include "simulation/environment.hpp"
#include "simulation/mutant.hpp"

namespace kontor::simulation {

/// What serves calls that come over the network, for as long as its life goes on.
struct Server {
    std::shared_ptr<Life> life;
    const rpc::Dispatcher* dispatcher = nullptr;
    int in_flight = 0;  ///< Calls that it works on.
};

/// Where services are reached. Calls take time, come late, twice or not at all.
class Network {
public:
    explicit Network(Environment& environment) : environment_(environment) {}

    /// From now on `service` is reached at `server`; null: nobody listens.
    void listen(std::string_view service, std::shared_ptr<Server> server);

    /// Accidents that no fault explains: a service answered with an exception of its own.
    const std::vector<std::string>& accidents() const { return accidents_; }

private:
    friend class SimulatedChannel;

    struct Request {
        rpc::Headers headers;
        std::string service;
        std::string operation;
        std::string body;
    };
    using Reply = std::function<void(Result<std::string>)>;

    void send(std::shared_ptr<const Request> request, Reply reply, bool may_repeat);
    Task<void> serve(std::shared_ptr<const Request> request, Reply reply);
    Task<Result<std::string>> dispatch(const Server& server, const Request& request);
    void answer(Result<std::string> answered, const Request& request, Reply reply);

    Environment& environment_;
    std::map<std::string, std::shared_ptr<Server>, std::less<>> servers_;
    std::vector<std::string> accidents_;
};

/// The network as one life of a process sees it.
class SimulatedChannel final : public rpc::Channel {
public:
    SimulatedChannel(Environment& environment, Network& network, std::shared_ptr<Life> caller,
                     Mutant* mutant)
        : environment_(environment),
          network_(network),
          caller_(std::move(caller)),
          mutant_(mutant) {}

    Task<Result<std::string>> call(Context context, std::string_view service,
                                   std::string_view operation, rpc::Effect effect,
                                   std::string request) override;

private:
    Task<Result<std::string>> exchange(Context context, std::string_view service,
                                       std::string_view operation, rpc::Effect effect,
                                       std::string request);

    Environment& environment_;
    Network& network_;
    std::shared_ptr<Life> caller_;
    Mutant* mutant_;
};

}  // namespace kontor::simulation
