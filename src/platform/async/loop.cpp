#include "platform/async/loop.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace kontor {

namespace {
thread_local Loop* loop_of_thread = nullptr;
}

Loop& Loop::current() {
    if (loop_of_thread == nullptr) {
        std::fputs("kontor: a coroutine suspended on a thread that has no loop\n", stderr);
        std::abort();
    }
    return *loop_of_thread;
}

Loop* Loop::current_or_null() noexcept {
    return loop_of_thread;
}

Loop::Scope::Scope(Loop& loop) noexcept : previous_(std::exchange(loop_of_thread, &loop)) {}
Loop::Scope::~Scope() {
    loop_of_thread = previous_;
}

Task<void> sleep_for(Duration delay) {
    co_await complete<bool>([delay](Completion<bool> done) {
        Loop::current().after(delay, [done = std::move(done)]() mutable { done(true); });
    });
}

void Signal::notify_all() {
    auto woken = std::exchange(waiters_, {});
    for (auto& waiter : woken) {
        Loop::current().cancel(waiter.timer);
        waiter.done(true);
    }
}

Task<bool> Signal::wait_for(Duration timeout) {
    co_return co_await complete<bool>([this, timeout](Completion<bool> done) {
        const auto id = next_id_++;
        const auto timer = Loop::current().after(timeout, [this, id] {
            const auto found = std::ranges::find(waiters_, id, &Waiter::id);
            if (found != waiters_.end()) {
                auto late = std::move(found->done);
                waiters_.erase(found);
                late(false);
            }
        });
        waiters_.push_back(Waiter{std::move(done), timer, id});
    });
}

}  // namespace kontor
