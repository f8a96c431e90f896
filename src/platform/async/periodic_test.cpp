#include "platform/async/periodic.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

#include "platform/async/asio_loop.hpp"

namespace kontor {
namespace {

using namespace std::chrono_literals;

TEST(Periodic_work, is_done_again_and_again_until_stopped_and_outlives_its_own_failures) {
    AsioLoop loop;
    int done = 0;
    std::string reported;
    Periodic periodic(
        1ms,
        [&]() -> Task<void> {
            if (++done == 2) {
                throw std::runtime_error("the second time failed");
            }
            co_return;
        },
        [&](std::string_view error) { reported = error; });
    loop.run_until_done([](Periodic& work, int& count) -> Task<bool> {
        work.start();
        while (count < 3) {
            co_await sleep_for(1ms);
        }
        co_await work.stop();
        co_return true;
    }(periodic, done));
    const int when_stopped = done;
    loop.run_until_done([]() -> Task<bool> {
        co_await sleep_for(5ms);
        co_return true;
    }());
    EXPECT_EQ(done, when_stopped);
    EXPECT_EQ(reported, "the second time failed");
}

}  // namespace
}  // namespace kontor
