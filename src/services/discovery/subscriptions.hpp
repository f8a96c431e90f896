#pragma once

#include <memory>
#include <string>

#include "platform/events/handlers.hpp"
#include "platform/events/sink.hpp"
#include "platform/service/directory.hpp"
#include "services/discovery/projection_writer.hpp"

namespace kontor::discovery {

/// Lets one producer's events take effect in the projection, with the position in the same
/// transaction.
class ProjectionSink final : public events::Sink {
public:
    using Rebuild = std::function<Task<events::Position>(ProjectionWriter&, const Directory&)>;

    /// `rebuild` puts all that the producer has, and answers the position it is at least as new as.
    ProjectionSink(std::string stream, events::Handlers<Changes&> handlers, Rebuild rebuild,
                   const Projection& projection, ProjectionWriter& writer,
                   const Directory& directory);

    Task<events::Position> position() override;
    Task<void> apply(const std::vector<events::Envelope>& batch) override;
    Task<void> reset(events::Position position) override;
    Task<void> rebuild() override;
    /// Keeps the event's place and aggregate; to try it again, replay.
    Task<bool> park(const events::Envelope& event, const std::string& error) override;
    Task<std::set<std::string>> parked_aggregates() override;

    const std::string& stream() const { return stream_; }

private:
    std::string stream_;
    events::Handlers<Changes&> handlers_;
    Rebuild rebuild_;
    const Projection& projection_;
    ProjectionWriter& writer_;
    const Directory& directory_;
};

/// One for each producer: stores, catalog, pricing, inventory.
std::vector<std::unique_ptr<ProjectionSink>> subscriptions(const Projection& projection,
                                                           ProjectionWriter& writer,
                                                           const Directory& directory);

}  // namespace kontor::discovery
