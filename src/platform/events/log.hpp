#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "platform/async/loop.hpp"
#include "platform/async/task.hpp"
#include "platform/events/envelope.hpp"

namespace kontor::events {

namespace refusals {
/// Rebuild from the producer's snapshot operation, and read on from the position it names.
inline constexpr RefusalKind trimmed{"position_trimmed", 410,
                                     "Events after this position are no longer kept."};
}  // namespace refusals

/// Where facts are read: one stream per producing service, in the order of commits, so in order per
/// aggregate. What was read may be read again. Thread-safe, used from every loop.
class Log {
public:
    virtual ~Log() = default;

    /// Up to `max` events after `after`, oldest first. Waits for the first of them at most `wait`,
    /// then answers with none.
    /// Refuses: `position_trimmed` (410), `not_found` (404, no such stream), `unavailable` (503).
    virtual Task<Result<std::vector<Envelope>>> read(std::string stream, Position after,
                                                     std::size_t max, Duration wait) = 0;

    /// The position of the newest event: what was committed before the call is at most there.
    /// Refuses: `not_found`, `unavailable`.
    virtual Task<Result<Position>> end(std::string stream) = 0;

    /// Makes every read that waits answer now: for stopping.
    virtual void wake() = 0;
};

/// A log with storage of its own, apart from the producer's outbox.
class StoringLog : public Log {
public:
    /// Stores those of `batch` (ascending) that are after the stream's end, in order and each once,
    /// however often and from however many places it is called. Answers the new end, durable.
    /// Refuses: `unavailable`: the first few of the batch may have been stored.
    virtual Task<Result<Position>> append(std::string stream, std::vector<Envelope> batch) = 0;
};

}  // namespace kontor::events
