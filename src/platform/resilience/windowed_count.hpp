#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <numeric>

#include "platform/context.hpp"

namespace kontor::resilience {

using TimePoint = Context::TimePoint;

/// How often something happened lately: within a span of time, forgotten in tenths of it. Not
/// thread-safe.
class WindowedCount {
public:
    explicit WindowedCount(std::chrono::seconds span) : tenth_(TimePoint::duration(span) / slots) {}

    /// Times never go back by more than what loops of one process differ.
    void add(TimePoint now) {
        forget(now);
        ++counts_[slot_of(current_)];
    }
    std::uint64_t sum(TimePoint now) {
        forget(now);
        return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
    }
    void clear() { counts_ = {}; }

private:
    static constexpr std::int64_t slots = 10;

    static std::size_t slot_of(std::int64_t tenth) {
        return static_cast<std::size_t>(tenth % slots);
    }
    void forget(TimePoint now) {
        const auto tenth = now.time_since_epoch() / tenth_;
        for (auto next = std::max(current_, tenth - slots) + 1; next <= tenth; ++next) {
            counts_[slot_of(next)] = 0;
        }
        current_ = std::max<std::int64_t>(current_, tenth);
    }

    TimePoint::duration tenth_;
    std::int64_t current_ = 0;  ///< Tenths since the clock's beginning.
    std::array<std::uint64_t, slots> counts_{};
};

}  // namespace kontor::resilience
