#include "platform/resilience/balancer.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "platform/resilience/retry_budget.hpp"

namespace kontor::resilience {
namespace {

using namespace std::chrono_literals;
using ::testing::Each;
using ::testing::Ge;

class A_balancer : public ::testing::Test {
protected:
    using Succeeds = std::function<bool(std::size_t)>;

    /// How many of `calls`, one after another, each address got.
    std::vector<int> spread(Balancer& balancer, int calls, const Succeeds& succeeds) {
        std::vector<int> got(addresses);
        for (int i = 0; i < calls; ++i) {
            const auto call = balancer.begin(now_);
            ++got[call.address];
            now_ += took_[call.address];
            balancer.end(now_, call, succeeds(call.address) ? Verdict::succeeded : Verdict::failed);
        }
        return got;
    }
    static bool always(std::size_t) { return true; }

    static constexpr std::size_t addresses = 4;
    std::vector<std::chrono::milliseconds> took_{5ms, 5ms, 5ms, 5ms};
    Policy policy_;
    SeededRandom random_{1};
    TimePoint now_{1h};
};

TEST_F(A_balancer, spreads_calls_over_addresses_that_are_alike) {
    Balancer balancer(addresses, policy_, random_);
    EXPECT_THAT(spread(balancer, 400, always), Each(Ge(60)));
}

TEST_F(A_balancer, asks_a_slow_address_less_and_again_once_it_is_fast) {
    Balancer balancer(addresses, policy_, random_);
    took_[2] = 200ms;
    EXPECT_LT(spread(balancer, 400, always)[2], 40);
    took_[2] = 5ms;
    now_ += 60s;
    EXPECT_GE(spread(balancer, 400, always)[2], 60);
}

TEST_F(A_balancer, prefers_the_address_with_fewer_calls_under_way) {
    Balancer balancer(2, policy_, random_);
    const auto held = balancer.begin(now_);
    for (int i = 0; i < 100; ++i) {
        const auto call = balancer.begin(now_);
        EXPECT_NE(call.address, held.address) << i << ", though nothing has been observed yet";
        balancer.end(now_, call, Verdict::nothing);
    }
}

TEST_F(A_balancer, gives_an_address_that_keeps_failing_few_calls_until_it_goes_again) {
    Balancer balancer(addresses, policy_, random_);
    const auto got = spread(balancer, 2'000, [](std::size_t address) { return address != 1; });
    EXPECT_LE(got[1], 6) << "in 10 s";
    now_ += 60s;
    EXPECT_GE(spread(balancer, 400, always)[1], 60);
}

TEST_F(A_balancer, ejects_an_address_whose_calls_fail_in_a_row_and_probes_it) {
    Balancer balancer(addresses, policy_, random_);
    std::vector<Balancer::Chosen> calls;
    for (int i = 0; i < 40; ++i) {
        calls.push_back(balancer.begin(now_));
    }
    for (const auto& call : calls) {
        balancer.end(now_, call, call.address == 1 ? Verdict::failed : Verdict::succeeded);
    }
    EXPECT_EQ(balancer.ejected(now_), 1U);
    EXPECT_EQ(spread(balancer, 50, always)[1], 0);
    now_ += 1s;
    const auto got = spread(balancer, 100, always);
    EXPECT_GE(got[1], 3) << "its probes, and it is back";
    EXPECT_EQ(balancer.ejected(now_), 0U);
}

TEST_F(A_balancer, does_not_take_an_address_that_refuses_at_once_for_a_fast_one) {
    Balancer balancer(2, policy_, random_);
    took_[0] = 0ms;
    const auto got = spread(balancer, 100, [](std::size_t address) { return address != 0; });
    EXPECT_LE(got[0], 10);
}

TEST_F(A_balancer, ejects_half_of_the_addresses_at_most) {
    Balancer balancer(addresses, policy_, random_);
    spread(balancer, 400, [](std::size_t) { return false; });
    EXPECT_EQ(balancer.ejected(now_), 2U);
    Balancer only(1, policy_, random_);
    for (int i = 0; i < 20; ++i) {
        only.end(now_, only.begin(now_), Verdict::failed);
    }
    EXPECT_EQ(only.ejected(now_), 0U);
}

TEST_F(A_balancer, asks_another_address_when_a_call_is_repeated) {
    Balancer balancer(2, policy_, random_);
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(balancer.begin(now_, 0).address, 1U);
    }
    Balancer only(1, policy_, random_);
    EXPECT_EQ(only.begin(now_, 0).address, 0U);
}

TEST(A_retry_budget, allows_a_fifth_of_the_calls_and_one_a_second) {
    const Policy policy;
    RetryBudget budget(policy);
    const TimePoint now{1h};
    for (int i = 0; i < 100; ++i) {
        budget.note_call(now);
    }
    int repeats = 0;
    while (budget.take(now)) {
        ++repeats;
    }
    EXPECT_EQ(repeats, 20 + 10);
    EXPECT_FALSE(budget.take(now + 9s));
    EXPECT_TRUE(budget.take(now + 10s)) << "what is longer ago than the window is forgotten";
}

}  // namespace
}  // namespace kontor::resilience
