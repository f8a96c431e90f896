#include "platform/rpc/resilient_channel.hpp"

#include <gmock/gmock.h>

#include <deque>

#include "platform/async/asio_loop.hpp"

namespace kontor::rpc {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr RefusalKind out_of_stock{"out_of_stock", 409, "Too few."};

/// An address that answers what it is told to, in order, and then `fine`.
class Scripted final : public Channel {
public:
    explicit Scripted(std::deque<Result<std::string>> answers) : answers_(std::move(answers)) {}

    Task<Result<std::string>> call(Context, std::string_view, std::string_view, Effect,
                                   std::string) override {
        ++calls;
        if (takes > Duration::zero()) {
            co_await sleep_for(takes);
        }
        if (answers_.empty()) {
            co_return "fine";
        }
        auto answer = std::move(answers_.front());
        answers_.pop_front();
        co_return answer;
    }

    int calls = 0;
    Duration takes{};

private:
    std::deque<Result<std::string>> answers_;
};

std::unexpected<Refusal> away() {
    return refuse(refusals::unavailable, "cannot connect");
}

class A_channel : public ::testing::Test {
protected:
    Scripted& answering(std::deque<Result<std::string>> answers) {
        auto address = std::make_unique<Scripted>(std::move(answers));
        auto& added = *address;
        addresses_.push_back(std::move(address));
        return added;
    }

    ResilientChannel& channel() {
        if (!channel_) {
            channel_ = std::make_unique<ResilientChannel>("orders", std::move(addresses_), policy_,
                                                          random_, &metrics_);
        }
        return *channel_;
    }
    Result<std::string> call(Effect effect, std::string key = {}, Duration within = 10s) {
        Context context{.deadline = loop_.now() + within, .idempotency_key = std::move(key)};
        return loop_.run_until_done(
            channel().call(std::move(context), "orders", "order", effect, "{}"));
    }
    void pass(Duration span) {
        loop_.run_until_done([](Duration wait) -> Task<bool> {
            co_await sleep_for(wait);
            co_return true;
        }(span));
    }
    std::string metrics() const { return metrics_.text(telemetry::Exposition::prometheus); }

    resilience::Policy policy_{.retry_pause = 1ms};
    SeededRandom random_{1};
    telemetry::Registry metrics_;
    AsioLoop loop_;
    std::vector<std::unique_ptr<Channel>> addresses_;
    std::unique_ptr<ResilientChannel> channel_;
};

TEST_F(A_channel, repeats_a_read_that_got_no_answer_elsewhere) {
    auto& first = answering({away(), away(), away()});
    auto& second = answering({});
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(call(Effect::read), "fine");
    }
    EXPECT_GE(first.calls, 1);
    EXPECT_GE(second.calls, 19);
    EXPECT_THAT(metrics(), HasSubstr("kontor_dependency_repeats_total{dependency=\"orders\"} "));
}

TEST_F(A_channel, sends_a_change_once) {
    auto& address = answering({away()});
    EXPECT_FALSE(call(Effect::change, "a key"));
    EXPECT_EQ(address.calls, 1);
}

TEST_F(A_channel, goes_on_when_one_of_two_addresses_is_gone_under_many_calls_at_once) {
    std::deque<Result<std::string>> gone;
    for (int i = 0; i < 10'000; ++i) {
        gone.push_back(away());
    }
    auto& dead = answering(std::move(gone));
    answering({}).takes = 2ms;
    policy_.retry_percent = 100;
    int fine = 0;
    for (int round = 0; round < 10; ++round) {
        std::vector<Task<Result<std::string>>> calls;
        for (int i = 0; i < 64; ++i) {
            calls.push_back(channel().call({}, "orders", "order", Effect::read, "{}"));
        }
        for (const auto& answer : loop_.run_until_done(when_all(std::move(calls)))) {
            fine += answer ? 1 : 0;
        }
    }
    EXPECT_EQ(fine, 640);
    EXPECT_LE(dead.calls, 64 + 10);
}

TEST_F(A_channel, blames_nobody_for_calls_that_were_given_no_time) {
    auto& address = answering({});
    address.takes = 5ms;
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(call(Effect::read, {}, -1ms).error().code, "deadline_exceeded");
    }
    EXPECT_EQ(address.calls, 0) << "nobody waits for them";
    EXPECT_EQ(call(Effect::read), "fine");
}

TEST_F(A_channel, does_not_repeat_what_says_when_to_come_back) {
    auto busy = refusal(refusals::unavailable, "the disk is full");
    busy.retry_after_s = 5;
    auto& address = answering({std::unexpected(std::move(busy))});
    EXPECT_EQ(call(Effect::read).error().retry_after_s, 5);
    EXPECT_EQ(address.calls, 1);
}

TEST_F(A_channel, sends_a_call_three_times_at_most) {
    auto& address = answering({away(), away(), away()});
    const auto answer = call(Effect::read);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().message, "cannot connect");
    EXPECT_EQ(address.calls, 3);
}

TEST_F(A_channel, takes_a_refusal_for_an_answer) {
    auto& address = answering({refuse(out_of_stock, "2 are left")});
    EXPECT_EQ(call(Effect::read).error().code, "out_of_stock");
    EXPECT_EQ(address.calls, 1);
}

TEST_F(A_channel, repeats_nothing_for_which_no_time_is_left) {
    policy_.retry_pause = 10s;
    auto& address = answering({away()});
    EXPECT_FALSE(call(Effect::read, {}, 5ms));
    EXPECT_EQ(address.calls, 1);
}

TEST_F(A_channel, repeats_no_more_than_its_budget_allows) {
    policy_ = {
        .retry_percent = 0, .retry_floor = 0, .failures_in_a_row = 1'000, .success_percent = 0};
    auto& address = answering({away(), away()});
    EXPECT_FALSE(call(Effect::read));
    EXPECT_EQ(address.calls, 1);
}

TEST_F(A_channel, asks_no_more_for_an_operation_that_keeps_failing_and_says_when_it_will) {
    policy_.attempts_max = 1;
    auto& address = answering({away(), away(), away(), away(), away()});
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(call(Effect::read).error().message, "cannot connect");
    }
    const auto answer = call(Effect::read);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "unavailable");
    EXPECT_EQ(answer.error().message, "orders keeps failing at order; try again later");
    EXPECT_EQ(answer.error().retry_after_s, 1);
    EXPECT_EQ(address.calls, 5);
    EXPECT_THAT(metrics(), HasSubstr("kontor_dependency_breakers_open{dependency=\"orders\"} 1"));
    pass(1s);
    EXPECT_EQ(call(Effect::read), "fine");
}

TEST_F(A_channel, refuses_more_calls_at_once_than_it_may_wait_for) {
    policy_.calls_max = 2;
    answering({}).takes = 20ms;
    std::vector<Task<Result<std::string>>> calls;
    for (int i = 0; i < 3; ++i) {
        calls.push_back(channel().call({}, "orders", "order", Effect::read, "{}"));
    }
    const auto answers = loop_.run_until_done(when_all(std::move(calls)));
    EXPECT_TRUE(answers[0]);
    EXPECT_TRUE(answers[1]);
    ASSERT_FALSE(answers[2]);
    EXPECT_EQ(answers[2].error().message, "2 calls of orders are under way already");
    EXPECT_TRUE(call(Effect::read)) << "there is room again";
}

}  // namespace
}  // namespace kontor::rpc
