#include "platform/async/loop_pool.hpp"

#include <sched.h>

#include <algorithm>

#include "platform/async/asio_loop.hpp"
#include "platform/async/thread_name.hpp"

namespace kontor {

std::size_t cores_available() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    if (::sched_getaffinity(0, sizeof cores, &cores) != 0) {
        return 1;
    }
    return static_cast<std::size_t>(std::max(1, CPU_COUNT(&cores)));
}

LoopPool::LoopPool(std::size_t count) {
    for (std::size_t i = 0; i < std::max<std::size_t>(count, 1); ++i) {
        loops_.push_back(std::make_unique<AsioLoop>());
    }
    for (auto& loop : loops_) {
        threads_.emplace_back(
            [&running = *loop, name = fmt::format("loop {}", threads_.size() + 1)] {
                name_thread(name);
                running.run();
            });
    }
}

LoopPool::~LoopPool() {
    stop();
}

std::vector<AsioLoop*> LoopPool::all() const {
    std::vector<AsioLoop*> all;
    for (const auto& loop : loops_) {
        all.push_back(loop.get());
    }
    return all;
}

void LoopPool::stop() {
    for (auto& loop : loops_) {
        // Posted, so that it cannot come before the thread has started to run the loop.
        loop->post([&running = *loop] { running.stop(); });
    }
    for (auto& thread : threads_) {
        thread.join();
    }
    threads_.clear();
}

}  // namespace kontor
