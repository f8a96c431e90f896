#include "simulation/faults.hpp"

#include <numeric>

#include "platform/describe/values.hpp"

namespace kontor::simulation {

namespace {

/// How often it happens, of 10,000 occasions; and how often in one history at most.
struct Frequency {
    std::uint64_t per_10_000;
    int times_max;
};

constexpr Frequency frequency_of(Fault fault) {
    switch (fault) {
        case Fault::crash:
            return {8, 16};
        case Fault::body_runs_again:
            return {100, 60};
        case Fault::database_stalls:
            return {15, 10};
        case Fault::request_repeated:
            return {150, 40};
        case Fault::provider_fails:
        case Fault::notice_lost:
        case Fault::notice_repeated:
            return {1000, 20};
        case Fault::events_repeated:
        case Fault::events_held_up:
            return {300, 20};
        default:
            return {60, 20};
    }
}

}  // namespace

bool Faults::happens(Fault fault, std::string_view where) {
    if (!active_) {
        return false;
    }
    const auto frequency = frequency_of(fault);
    if (random_.below(10'000) >= frequency.per_10_000 || counts_[fault] >= frequency.times_max) {
        return false;
    }
    ++counts_[fault];
    trace_.note("fault {} at {}", describe::enum_text(fault), where);
    return true;
}

int Faults::total() const {
    return std::accumulate(counts_.begin(), counts_.end(), 0,
                           [](int sum, const auto& count) { return sum + count.second; });
}

}  // namespace kontor::simulation
