#include "simulation/simulation.hpp"

#include <numeric>

#include "platform/describe/describe.hpp"
#include "simulation/world.hpp"

namespace kontor::simulation {

int History::fault_count() const {
    return std::accumulate(faults.begin(), faults.end(), 0,
                           [](int sum, const auto& count) { return sum + count.second; });
}

History simulate(const Plan& plan) {
    World world(plan);
    world.open();
    world.live();
    world.settle();
    return world.close();
}

std::string report(const History& history) {
    auto text =
        fmt::format("seed {} ({}): {} purchases, {} orders, {} faults:", history.seed,
                    history.shape, history.purchases, history.orders, history.fault_count());
    for (const auto& [fault, count] : history.faults) {
        text += fmt::format(" {} {},", count, describe::enum_text(fault));
    }
    text.back() = '\n';
    for (const auto& violation : history.violations) {
        text += "    " + violation + "\n";
    }
    return text + fmt::format(
                      "replay: KONTOR_SIMULATION_FIRST={} KONTOR_SIMULATION_SEEDS=1 "
                      "KONTOR_SIMULATION_TRACE=1 kontor_simulation_tests "
                      "--gtest_filter='*promises*'",
                      history.seed);
}

}  // namespace kontor::simulation
