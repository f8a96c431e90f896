#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "platform/events/consumer.hpp"
#include "platform/service/service.hpp"
#include "services/discovery/subscriptions.hpp"

namespace kontor::discovery {

/// Follows the producers' streams while it runs: a consumer for each. Merges the index from time to
/// time, so that a start has little to replay.
class Following {
public:
    /// All must outlive it.
    Following(const Host& host, const Projection& projection, const IndexFeed& index,
              ProjectionWriter& writer);

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
    };
    Task<void> merge_where_wanted();

    const IndexFeed& index_;
    ProjectionWriter& writer_;
    Report report_;
    std::vector<std::unique_ptr<Stream>> streams_;
    std::atomic<bool> stopping_{false};
    std::atomic<int> running_{0};  ///< Coroutines of its own that must end before it.
    SharedSignal stop_;
};

}  // namespace kontor::discovery
