#include <gmock/gmock.h>

#include <cstdlib>

#include "platform/describe/describe.hpp"

#include "simulation/simulation.hpp"

namespace kontor::simulation {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int blocks = 20;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const auto* value = std::getenv(name);
    return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

/// The seeds, KONTOR_SIMULATION_SEEDS from KONTOR_SIMULATION_FIRST on, in blocks that are tests of
/// their own.
class A_simulated_hour : public ::testing::TestWithParam<int> {};

TEST_P(A_simulated_hour, keeps_all_promises_whatever_goes_wrong) {
    const auto first = from_environment("KONTOR_SIMULATION_FIRST", 1);
    const auto seeds = from_environment("KONTOR_SIMULATION_SEEDS", 200);
    std::map<Fault, int> faults;
    std::map<std::string, int> done;
    int purchases = 0;
    int orders = 0;
    for (auto i = static_cast<std::uint64_t>(GetParam()); i < seeds; i += blocks) {
        const auto history = simulate({.seed = first + i});
        EXPECT_THAT(history.violations, IsEmpty()) << report(history);
        EXPECT_GE(history.purchases, 100) << report(history);
        EXPECT_GE(history.orders, 50) << report(history);
        EXPECT_GE(history.fault_count(), 20) << report(history);
        for (const auto& [fault, count] : history.faults) {
            faults[fault] += count;
        }
        for (const auto& [what, count] : history.done) {
            done[what] += count;
        }
        purchases += history.purchases;
        orders += history.orders;
    }
    std::string counts = fmt::format("{} purchases, {} orders", purchases, orders);
    for (const auto& [what, count] : done) {
        counts += fmt::format(", {} {}", count, what);
    }
    for (const auto& [fault, count] : faults) {
        counts += fmt::format(", {} {}", count, describe::enum_text(fault));
    }
    fmt::print("{}\n", counts);
}

INSTANTIATE_TEST_SUITE_P(Block, A_simulated_hour, ::testing::Range(0, blocks));

TEST(A_few_hours, see_all_that_becomes_of_orders) {
    std::map<std::string, int> done;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        done.merge(simulate({.seed = seed}).done);
    }
    std::vector<std::string> seen;
    for (const auto& [what, count] : done) {
        seen.push_back(what);
    }
    EXPECT_THAT(seen,
                ElementsAre("announced to come back", "cancelled", "declined", "delivered",
                            "exchanged", "left the provider's page", "paid back", "paid by card",
                            "shipped", "taken back", "took an exchange on", "transferred"));
}

TEST(A_seed, is_one_history) {
    const auto once = simulate({.seed = 1});
    const auto again = simulate({.seed = 1});
    EXPECT_EQ(once.trace, again.trace) << report(once);
    EXPECT_EQ(once.orders, again.orders);
    EXPECT_EQ(once.faults, again.faults);
    EXPECT_NE(once.trace, simulate({.seed = 2}).trace);
}

}  // namespace
}  // namespace kontor::simulation
