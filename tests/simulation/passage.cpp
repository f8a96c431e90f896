#include "simulation/passage.hpp"

namespace kontor::simulation {

using namespace std::chrono_literals;

Passage request_passage(Environment& environment, std::string_view where) {
    auto& faults = environment.faults;
    const auto delay = faults.happens(Fault::request_late, where) ? environment.between(500ms, 6s)
                                                                  : environment.between(100us, 3ms);
    if (faults.happens(Fault::connection_refused, where)) {
        return {delay, false};
    }
    if (faults.happens(Fault::request_lost, where)) {
        return {environment.between(100ms, 3s), false};
    }
    return {delay};
}

Passage reply_passage(Environment& environment, std::string_view where) {
    auto& faults = environment.faults;
    const auto delay = environment.between(100us, 3ms);
    if (faults.happens(Fault::reply_lost, where)) {
        return {environment.between(100ms, 3s), false};
    }
    if (faults.happens(Fault::reply_late, where)) {
        return {environment.between(1s, 10s)};
    }
    return {delay};
}

}  // namespace kontor::simulation
