#include "base/clock.hpp"

#include <ctime>

namespace kontor {

Timestamp SystemClock::now() const {
    timespec at{};
    ::clock_gettime(CLOCK_REALTIME, &at);
    return {std::int64_t{at.tv_sec} * 1'000'000 + at.tv_nsec / 1000};
}

}  // namespace kontor
