#include <gmock/gmock.h>

#include "simulation/life.hpp"
#include "simulation/simulated_loop.hpp"

namespace kontor::simulation {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

struct A_simulated_loop : ::testing::Test {
    SimulatedLoop loop{1};
    Loop::Scope scope{loop};
};

TEST_F(A_simulated_loop, jumps_to_the_next_timer_without_waiting) {
    std::vector<Duration> seen;
    loop.after(1h, [&] { seen.push_back(loop.elapsed()); });
    loop.after(1s, [&] { seen.push_back(loop.elapsed()); });
    const auto cancelled = loop.after(2s, [&] { seen.push_back(loop.elapsed()); });
    loop.cancel(cancelled);
    while (loop.step()) {
    }
    EXPECT_THAT(seen, ElementsAre(1s, 1h));
}

TEST_F(A_simulated_loop, draws_the_order_of_one_moment_from_its_seed) {
    const auto order_of = [](std::uint64_t seed) {
        SimulatedLoop drawn(seed);
        std::vector<int> order;
        for (int i = 0; i < 8; ++i) {
            drawn.post([&order, i] { order.push_back(i); });
        }
        while (drawn.step()) {
        }
        return order;
    };
    EXPECT_EQ(order_of(1), order_of(1));
    EXPECT_NE(order_of(1), order_of(2));
    EXPECT_THAT(order_of(2), UnorderedElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
}

TEST_F(A_simulated_loop, runs_coroutines_that_sleep) {
    SimulatedClock clock(loop);
    const auto before = clock.now();
    EXPECT_TRUE(loop.run([]() -> Task<bool> {
        co_await sleep_for(90s);
        co_return true;
    }()));
    EXPECT_EQ(clock.now() - before, 90s);
}

TEST_F(A_simulated_loop, lets_who_waits_in_a_life_that_ends_go_at_once) {
    const auto life = std::make_shared<Life>();
    loop.after(1s, [&] { life->end(); });
    EXPECT_FALSE(loop.run(life->pause(1h)));
    EXPECT_EQ(loop.elapsed(), 1s);
    EXPECT_FALSE(loop.run(life->pause(1h)));
    EXPECT_EQ(loop.elapsed(), 1s);
    while (loop.step()) {
    }
}

}  // namespace
}  // namespace kontor::simulation
