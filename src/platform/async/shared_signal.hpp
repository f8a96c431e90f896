#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "platform/async/loop.hpp"

namespace kontor {

/// A Signal for many threads: notified from any, awaited on any loop. Counts its notifications, so
/// that none is missed between looking and waiting:
///
///     const auto seen = signal.count();
///     if (!there_is_something()) { co_await signal.wait_beyond(seen, timeout); }
class SharedSignal {
public:
    SharedSignal();
    /// Nobody may wait any more.
    ~SharedSignal();
    SharedSignal(const SharedSignal&) = delete;
    SharedSignal& operator=(const SharedSignal&) = delete;

    /// Wakes all that wait. Never blocks.
    void notify_all();

    std::uint64_t count() const { return count_.load(std::memory_order_acquire); }

    /// Waits until the count is beyond `seen`, at most `timeout`; false when the time ran out.
    Task<bool> wait_beyond(std::uint64_t seen, Duration timeout);

private:
    struct Waiter;

    std::atomic<std::uint64_t> count_{0};
    std::mutex mutex_;
    std::vector<std::shared_ptr<Waiter>> waiters_;
};

}  // namespace kontor
