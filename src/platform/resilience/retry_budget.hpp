#pragma once

#include "platform/resilience/policy.hpp"
#include "platform/resilience/windowed_count.hpp"

namespace kontor::resilience {

/// Keeps repeats a small share of the calls, so that what is overloaded is not asked more for it
/// (Google, Site Reliability Engineering, 2016, ch. 21). Not thread-safe.
class RetryBudget {
public:
    explicit RetryBudget(const Policy& policy)
        : percent_(static_cast<std::uint64_t>(policy.retry_percent)),
          floor_(static_cast<std::uint64_t>(policy.retry_floor * policy.window_s)),
          calls_(std::chrono::seconds(policy.window_s)),
          repeats_(std::chrono::seconds(policy.window_s)) {}

    void note_call(TimePoint now) { calls_.add(now); }

    /// Whether one more repeat may go; it is counted then.
    bool take(TimePoint now) {
        if (repeats_.sum(now) >= floor_ + calls_.sum(now) * percent_ / 100) {
            return false;
        }
        repeats_.add(now);
        return true;
    }

private:
    std::uint64_t percent_;
    std::uint64_t floor_;  ///< Repeats within the window that are allowed in any case.
    WindowedCount calls_;
    WindowedCount repeats_;
};

}  // namespace kontor::resilience
