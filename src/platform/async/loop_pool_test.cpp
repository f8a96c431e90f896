#include "platform/async/loop_pool.hpp"

#include <gtest/gtest.h>

#include <future>

#include "platform/async/asio_loop.hpp"

namespace kontor {
namespace {

TEST(A_loop_pool, runs_each_loop_on_a_thread_of_its_own) {
    LoopPool pool(3);
    std::vector<std::thread::id> threads;
    for (auto* loop : pool.all()) {
        std::promise<std::thread::id> told;
        loop->post([&] { told.set_value(std::this_thread::get_id()); });
        threads.push_back(told.get_future().get());
    }
    EXPECT_NE(threads[0], threads[1]);
    EXPECT_NE(threads[1], threads[2]);
    EXPECT_NE(threads[0], std::this_thread::get_id());
}

TEST(A_loop_pool, stops_even_before_its_threads_have_begun_and_more_than_once) {
    for (int i = 0; i < 50; ++i) {
        LoopPool pool(2);
        pool.stop();
        pool.stop();
    }
}

TEST(A_loop_pool, has_a_loop_for_each_core_it_may_use) {
    EXPECT_EQ(LoopPool().size(), cores_available());
    EXPECT_GE(cores_available(), 1);
}

}  // namespace
}  // namespace kontor
