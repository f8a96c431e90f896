#include "simulation/passage.hpp"

namespace kontor::simulation {

using namespace std::chrono_literals;

void send(Environment& environment, Sending sending) {
    auto& faults = environment.faults;
    auto& loop = environment.loop;
    const auto delay = faults.happens(Fault::request_late, sending.what)
                           ? environment.between(500ms, 6s)
                           : environment.between(100us, 3ms);
    if (faults.happens(Fault::connection_refused, sending.what)) {
        loop.after(delay, std::move(sending.lost));
        return;
    }
    if (faults.happens(Fault::request_lost, sending.what)) {
        loop.after(environment.between(100ms, 3s), std::move(sending.lost));
        return;
    }
    if (sending.again && faults.happens(Fault::request_repeated, sending.what)) {
        loop.after(environment.between(0ms, 8s), std::move(sending.again));
    }
    loop.after(delay, std::move(sending.arrives));
}

Passage reply_passage(Environment& environment, std::string_view what) {
    auto& faults = environment.faults;
    const auto delay = environment.between(100us, 3ms);
    if (faults.happens(Fault::reply_lost, what)) {
        return {environment.between(100ms, 3s), false};
    }
    if (faults.happens(Fault::reply_late, what)) {
        return {environment.between(1s, 10s)};
    }
    return {delay};
}

}  // namespace kontor::simulation
