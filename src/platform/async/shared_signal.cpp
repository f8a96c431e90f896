#include "platform/async/shared_signal.hpp"

namespace kontor {

/// Both wakers meet on the waiter's own loop, so `done` needs no lock.
struct SharedSignal::Waiter {
    Loop& loop;
    Completion<bool> done;
    Loop::TimerId timer = 0;
    bool woken = false;

    void wake(bool notified) {
        if (!std::exchange(woken, true)) {
            done(notified);
        }
    }
};

SharedSignal::SharedSignal() = default;
SharedSignal::~SharedSignal() = default;

void SharedSignal::notify_all() {
    std::vector<std::shared_ptr<Waiter>> woken;
    {
        const std::lock_guard lock(mutex_);
        count_.fetch_add(1, std::memory_order_release);
        woken.swap(waiters_);
    }
    for (auto& waiter : woken) {
        auto& loop = waiter->loop;
        loop.post([waiter = std::move(waiter)] {
            waiter->loop.cancel(waiter->timer);
            waiter->wake(true);
        });
    }
}

Task<bool> SharedSignal::wait_beyond(std::uint64_t seen, Duration timeout) {
    co_return co_await complete<bool>([&](Completion<bool> done) {
        auto& loop = Loop::current();
        auto waiter = std::make_shared<Waiter>(loop, std::move(done));
        waiter->timer = loop.after(timeout, [this, waiter] {
            if (waiter->woken) {
                return;  // its cancellation came too late, and the signal may be gone
            }
            {
                const std::lock_guard lock(mutex_);
                std::erase(waiters_, waiter);
            }
            waiter->wake(false);
        });
        const std::lock_guard lock(mutex_);
        if (count() == seen) {
            waiters_.push_back(std::move(waiter));
            return;
        }
        loop.cancel(waiter->timer);
        waiter->wake(true);
    });
}

}  // namespace kontor
