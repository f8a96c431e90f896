#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "platform/events/consumer.hpp"
#include "services/discovery/subscriptions.hpp"

namespace kontor::discovery {

/// Follows the producers' streams while it runs: a consumer for each.
class Following {
public:
    /// All must outlive it.
    Following(events::Log& log, const Projection& projection, ProjectionWriter& writer,
              const Directory& directory);

    /// Begins on the current loop.
    void start();
    Task<void> stop();

    /// Whether all that had happened when it was started is in the projection.
    bool caught_up() const;

    /// One for each stream, for lag and to wait for.
    std::vector<const events::Consumer*> consumers() const;

private:
    struct Stream {
        std::unique_ptr<ProjectionSink> sink;
        std::unique_ptr<events::Consumer> consumer;
        std::atomic<events::Position> end_at_start{-1};  ///< -1: not known yet.
    };
    Task<void> learn_end(Stream& stream);

    events::Log& log_;
    std::vector<std::unique_ptr<Stream>> streams_;
    std::atomic<bool> stopping_{false};
    std::atomic<int> learning_{0};
};

}  // namespace kontor::discovery
