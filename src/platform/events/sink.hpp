#pragma once

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "platform/async/task.hpp"
#include "platform/events/envelope.hpp"

namespace kontor::events {

/// Throw it from a handler for what will pass by itself (something is not reachable): the event is
/// tried again without end, and never parked.
class TransientFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Another process of the same consumer was faster: nothing is wrong, the consumer goes on from
/// where that one is.
class TakenElsewhere : public TransientFailure {
public:
    using TransientFailure::TransientFailure;
};

/// Where a consumer's events take effect, with the position stored beside the effect in one
/// transaction. A projection implements it over its own storage. Called on the consumer's loop, one
/// call after another.
class Sink {
public:
    virtual ~Sink() = default;

    /// The position of the last event that took effect; 0 at first.
    virtual Task<Position> position() = 0;

    /// Lets `batch` (not empty, ascending, all after position()) take effect, all or nothing, and
    /// stores the last one's sequence as the position. Throws where it cannot.
    virtual Task<void> apply(const std::vector<Envelope>& batch) = 0;

    /// Forgets what is parked and goes on after `position`; 0 replays everything, so effects must
    /// be repeatable.
    virtual Task<void> reset(Position position) = 0;

    /// The events after position() are no longer kept: rebuilds from the producer's snapshot and
    /// stores the position that it names. Without it the consumer stands still and says so.
    virtual Task<void> rebuild() {
        throw std::logic_error("its events are no longer kept, and it knows no snapshot");
        co_return;
    }

    /// Puts `event` aside with its error and stores its sequence as the position. False where that
    /// is not possible: it is then tried again without end.
    virtual Task<bool> park(const Envelope& /*event*/, const std::string& /*error*/) {
        co_return false;
    }

    /// The aggregates with parked events; later events of theirs are parked behind them.
    virtual Task<std::set<std::string>> parked_aggregates() { co_return std::set<std::string>{}; }

    /// Tries what is parked again, in order per aggregate; what succeeds is parked no more.
    virtual Task<void> retry_parked() { co_return; }
};

}  // namespace kontor::events
