#include "platform/async/shared_signal.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "platform/async/asio_loop.hpp"

namespace kontor {
namespace {

using namespace std::chrono_literals;

TEST(A_shared_signal, wakes_a_loop_from_another_thread) {
    AsioLoop loop;
    SharedSignal signal;
    std::jthread other([&] {
        std::this_thread::sleep_for(5ms);
        signal.notify_all();
    });
    EXPECT_TRUE(loop.run_until_done(signal.wait_beyond(signal.count(), 10s)));
}

TEST(A_shared_signal, notified_between_looking_and_waiting_does_not_wait) {
    AsioLoop loop;
    SharedSignal signal;
    const auto seen = signal.count();
    signal.notify_all();
    EXPECT_TRUE(loop.run_until_done(signal.wait_beyond(seen, 10s)));
}

TEST(A_shared_signal, that_never_comes_lets_its_waiter_time_out) {
    AsioLoop loop;
    SharedSignal signal;
    EXPECT_FALSE(loop.run_until_done(signal.wait_beyond(signal.count(), 5ms)));
}

TEST(A_shared_signal, loses_no_waiter_when_notified_while_their_time_runs_out) {
    AsioLoop loop;
    SharedSignal signal;
    std::jthread other([&](std::stop_token stop) {
        while (!stop.stop_requested()) {
            signal.notify_all();
            std::this_thread::sleep_for(50us);
        }
    });
    const int rounds = loop.run_until_done([](SharedSignal& shared) -> Task<int> {
        int done = 0;
        for (; done < 500; ++done) {
            co_await shared.wait_beyond(shared.count(), 50us);
        }
        co_return done;
    }(signal));
    EXPECT_EQ(rounds, 500);
}

}  // namespace
}  // namespace kontor
