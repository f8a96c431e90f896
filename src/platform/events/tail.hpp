#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "platform/events/envelope.hpp"

namespace kontor::events {

/// The newest events of one stream, kept in memory, so that the readers who keep up share one read
/// of the storage. Thread-safe.
class Tail {
public:
    /// Keeps at most `capacity` events.
    explicit Tail(std::size_t capacity) : capacity_(capacity) {}

    /// Adds what follows the end; what is there already is ignored.
    void append(const std::vector<Envelope>& events);

    /// Empties the tail; it begins again after `position`.
    void restart(Position position);

    /// Up to `max` events after `after`; nothing where the tail does not reach back that far.
    std::optional<std::vector<Envelope>> read(Position after, std::size_t max) const;

    /// The newest position; nothing before the first restart.
    std::optional<Position> end() const;

private:
    mutable std::mutex mutex_;
    std::size_t capacity_;
    std::deque<Envelope> events_;
    std::optional<Position> begin_;  ///< Everything after it, up to end_, is here.
    Position end_ = 0;
};

}  // namespace kontor::events
