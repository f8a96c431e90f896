#include "platform/async/task.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "platform/async/asio_loop.hpp"

namespace kontor {
namespace {

using namespace std::chrono_literals;

Task<int> answer() {
    co_return 42;
}

Task<int> failing() {
    throw std::runtime_error("broken");
    co_return 0;
}

TEST(A_task, passes_its_value_to_who_awaits_it) {
    AsioLoop loop;
    EXPECT_EQ(loop.run_until_done(answer()), 42);
}

TEST(A_task, passes_an_exception_to_who_awaits_it) {
    AsioLoop loop;
    EXPECT_THROW(loop.run_until_done(failing()), std::runtime_error);
}

TEST(A_task, completed_from_another_thread_resumes_on_its_own_loop) {
    AsioLoop loop;
    std::jthread worker;
    const auto home = loop.run_until_done([&]() -> Task<bool> {
        const auto before = std::this_thread::get_id();
        const int value = co_await complete<int>([&](Completion<int> done) {
            worker = std::jthread([done = std::move(done)]() mutable { done(7); });
        });
        co_return value == 7 && std::this_thread::get_id() == before;
    }());
    EXPECT_TRUE(home);
}

TEST(Tasks_run_together, answer_in_order_and_take_as_long_as_the_slowest) {
    AsioLoop loop;
    const auto values = loop.run_until_done([]() -> Task<std::vector<int>> {
        std::vector<Task<int>> tasks;
        for (int i = 0; i < 3; ++i) {
            tasks.push_back([](int n) -> Task<int> {
                co_await sleep_for(std::chrono::milliseconds(30 - 10 * n));
                co_return n;
            }(i));
        }
        co_return co_await when_all(std::move(tasks));
    }());
    EXPECT_EQ(values, (std::vector{0, 1, 2}));
}

TEST(A_signal, wakes_its_waiters_or_lets_them_time_out) {
    AsioLoop loop;
    Signal signal;
    const auto both = loop.run_until_done([](Signal& shared) -> Task<std::pair<bool, bool>> {
        Loop::current().after(5ms, [&] { shared.notify_all(); });
        const bool woken = co_await shared.wait_for(10s);
        const bool again = co_await shared.wait_for(5ms);
        co_return std::pair(woken, again);
    }(signal));
    EXPECT_EQ(both, std::pair(true, false));
}

}  // namespace
}  // namespace kontor
