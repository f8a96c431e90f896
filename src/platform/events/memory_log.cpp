#include "platform/events/memory_log.hpp"

#include <algorithm>

namespace kontor::events {

namespace {
constexpr std::ptrdiff_t repeated_max = 5;
}

MemoryLog::MemoryLog(MemoryLogFaults faults) : faults_(faults), random_(faults.seed) {}

bool MemoryLog::happens(double probability) {
    return probability > 0 && std::uniform_real_distribution<>(0, 1)(random_) < probability;
}

Position MemoryLog::end_of(const std::vector<Envelope>& events) {
    return events.empty() ? 0 : events.back().sequence;
}

std::vector<Envelope> MemoryLog::events_after(const std::string& stream, Position after,
                                              std::size_t max) {
    const auto& events = streams_[stream];
    auto first = std::ranges::upper_bound(events, after, {}, &Envelope::sequence);
    auto count = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(max), events.end() - first);
    if (count == 0) {
        return {};
    }
    if (happens(faults_.shorten)) {
        count = std::uniform_int_distribution<std::ptrdiff_t>(1, count)(random_);
    }
    const auto last = first + count;
    if (happens(faults_.duplicate)) {
        first -= std::min(repeated_max, first - events.begin());
    }
    return {first, last};
}

Task<Result<std::vector<Envelope>>> MemoryLog::read(std::string stream, Position after,
                                                    std::size_t max, Duration wait) {
    for (bool waited = false;; waited = true) {
        const auto seen = changed_.count();
        {
            const std::lock_guard lock(mutex_);
            if (happens(faults_.refuse)) {
                co_return refuse(kontor::refusals::unavailable, "stream {}: by chance", stream);
            }
            auto events = events_after(stream, after, max);
            if (!events.empty() || waited) {
                co_return events;
            }
        }
        co_await changed_.wait_beyond(seen, wait);
    }
}

Task<Result<Position>> MemoryLog::end(std::string stream) {
    const std::lock_guard lock(mutex_);
    co_return end_of(streams_[stream]);
}

Task<Result<Position>> MemoryLog::append(std::string stream, std::vector<Envelope> batch) {
    Position end = 0;
    {
        const std::lock_guard lock(mutex_);
        if (happens(faults_.refuse)) {
            co_return refuse(kontor::refusals::unavailable, "stream {}: by chance", stream);
        }
        const bool half = happens(faults_.half_append);
        batch.resize(half ? batch.size() / 2 : batch.size());
        auto& events = streams_[stream];
        for (auto& event : batch) {
            if (event.sequence > end_of(events)) {
                events.push_back(std::move(event));
            }
        }
        end = end_of(events);
        if (half) {
            co_return refuse(kontor::refusals::unavailable, "stream {}: halfway by chance", stream);
        }
    }
    changed_.notify_all();
    co_return end;
}

}  // namespace kontor::events
