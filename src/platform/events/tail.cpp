#include "platform/events/tail.hpp"

#include <algorithm>

namespace kontor::events {

void Tail::restart(Position position) {
    const std::lock_guard lock(mutex_);
    events_.clear();
    begin_ = position;
    end_ = position;
}

void Tail::append(const std::vector<Envelope>& events) {
    const std::lock_guard lock(mutex_);
    for (const auto& event : events) {
        if (event.sequence > end_) {
            events_.push_back(event);
            end_ = event.sequence;
        }
    }
    while (events_.size() > capacity_) {
        begin_ = events_.front().sequence;
        events_.pop_front();
    }
}

std::optional<std::vector<Envelope>> Tail::read(Position after, std::size_t max) const {
    const std::lock_guard lock(mutex_);
    if (!begin_ || after < *begin_) {
        return std::nullopt;
    }
    const auto first = std::ranges::upper_bound(events_, after, {}, &Envelope::sequence);
    const auto count = std::min<std::size_t>(max, static_cast<std::size_t>(events_.end() - first));
    return std::vector<Envelope>(first, first + static_cast<std::ptrdiff_t>(count));
}

std::optional<Position> Tail::end() const {
    const std::lock_guard lock(mutex_);
    return begin_ ? std::optional(end_) : std::nullopt;
}

}  // namespace kontor::events
