#include "support/nats.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace kontor::testing {

using namespace std::chrono_literals;

NatsServer::NatsServer() : port_(free_port()), url_("nats://127.0.0.1:" + std::to_string(port_)) {
    start();
}

void NatsServer::kill() {
    program_.reset();
}

void NatsServer::start() {
    const auto folder = folder_.path().string();
    program_.emplace(std::vector<std::string>{"nats-server", "-js", "-a", "127.0.0.1", "-p",
                                              std::to_string(port_), "-sd", folder + "/jetstream"},
                     folder + "/log");
    for (int attempt = 0; attempt < 500; ++attempt) {
        if (answers(port_)) {
            return;
        }
        std::this_thread::sleep_for(20ms);
    }
    throw std::runtime_error("nats-server does not answer; is it installed?");
}

NatsServer& shared_nats() {
    static NatsServer one;
    return one;
}

std::string fresh_nats_prefix() {
    static std::atomic<int> made{0};
    return "test-" + std::to_string(++made);
}

}  // namespace kontor::testing
