#include "platform/resilience/breaker.hpp"

#include <gmock/gmock.h>

namespace kontor::resilience {
namespace {

using namespace std::chrono_literals;

class A_breaker : public ::testing::Test {
protected:
    void calls(int count, bool succeed) {
        for (int i = 0; i < count; ++i) {
            const auto ticket = breaker_.allow(now_);
            ASSERT_TRUE(ticket);
            breaker_.record(now_, *ticket, succeed ? Verdict::succeeded : Verdict::failed);
        }
    }
    Breaker::State state() const { return breaker_.state(now_); }
    /// The breaker opened by failures in a row.
    void open() { calls(5, false); }

    Policy policy_;
    SeededRandom random_{1};
    Breaker breaker_{policy_, random_};
    TimePoint now_{1h};
};

TEST_F(A_breaker, lets_calls_pass_while_they_succeed) {
    calls(1'000, true);
    EXPECT_EQ(state(), Breaker::State::closed);
}

TEST_F(A_breaker, opens_after_five_failures_in_a_row_and_not_after_four) {
    calls(4, false);
    calls(1, true);
    calls(4, false);
    EXPECT_EQ(state(), Breaker::State::closed);
    calls(1, false);
    EXPECT_EQ(state(), Breaker::State::open);
    EXPECT_FALSE(breaker_.allow(now_));
}

TEST_F(A_breaker, opens_when_fewer_than_four_in_five_succeed_lately) {
    for (int i = 0; i < 6; ++i) {
        calls(2, true);
        calls(1, false);
    }
    EXPECT_EQ(state(), Breaker::State::closed) << "18 calls say too little";
    calls(1, true);
    calls(1, false);
    EXPECT_EQ(state(), Breaker::State::open);
}

TEST_F(A_breaker, forgets_what_is_longer_ago_than_the_window) {
    for (int i = 0; i < 6; ++i) {
        calls(2, true);
        calls(1, false);
    }
    now_ += std::chrono::seconds(policy_.window_s);
    calls(3, true);
    calls(1, false);
    EXPECT_EQ(state(), Breaker::State::closed);
}

TEST_F(A_breaker, stays_open_for_half_a_second_to_a_second_and_then_lets_three_probes_pass) {
    open();
    now_ += 499ms;
    EXPECT_FALSE(breaker_.allow(now_));
    now_ = breaker_.probes_at();
    EXPECT_EQ(state(), Breaker::State::half_open);
    std::vector<Breaker::Ticket> probes;
    for (int i = 0; i < 3; ++i) {
        probes.push_back(breaker_.allow(now_).value());
    }
    EXPECT_FALSE(breaker_.allow(now_));
    breaker_.record(now_, probes[0], Verdict::succeeded);
    breaker_.record(now_, probes[1], Verdict::succeeded);
    EXPECT_EQ(state(), Breaker::State::half_open);
    breaker_.record(now_, probes[2], Verdict::succeeded);
    EXPECT_EQ(state(), Breaker::State::closed);
}

TEST_F(A_breaker, that_opens_again_stays_open_twice_as_long_each_time_up_to_a_minute) {
    open();
    for (const auto longest : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        const auto wait = breaker_.probes_at() - now_;
        EXPECT_LE(wait, longest);
        EXPECT_GE(wait, longest / 2);
        now_ = breaker_.probes_at();
        calls(1, false);
    }
}

TEST_F(A_breaker, learns_nothing_from_calls_that_were_sent_before_it_opened) {
    const auto slow = breaker_.allow(now_).value();
    open();
    now_ = breaker_.probes_at();
    breaker_.record(now_, slow, Verdict::failed);
    EXPECT_EQ(state(), Breaker::State::half_open) << "no probe has failed";
    for (int i = 0; i < 3; ++i) {
        breaker_.record(now_, slow, Verdict::succeeded);
    }
    EXPECT_EQ(state(), Breaker::State::half_open) << "no probe has succeeded";
}

TEST_F(A_breaker, learns_nothing_from_calls_that_nobody_gave_time) {
    for (int i = 0; i < 100; ++i) {
        breaker_.record(now_, breaker_.allow(now_).value(), Verdict::nothing);
    }
    EXPECT_EQ(state(), Breaker::State::closed);
    open();
    now_ = breaker_.probes_at();
    for (int i = 0; i < 10; ++i) {
        breaker_.record(now_, breaker_.allow(now_).value(), Verdict::nothing);
    }
    calls(3, true);
    EXPECT_EQ(state(), Breaker::State::closed);
}

TEST_F(A_breaker, sends_new_probes_where_the_first_do_not_come_back) {
    open();
    const auto span = breaker_.probes_at() - now_;
    now_ = breaker_.probes_at();
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(breaker_.allow(now_));
    }
    EXPECT_FALSE(breaker_.allow(now_));
    now_ += span;
    calls(3, true);
    EXPECT_EQ(state(), Breaker::State::closed);
}

}  // namespace
}  // namespace kontor::resilience
