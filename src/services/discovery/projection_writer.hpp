#pragma once

#include <functional>

#include "platform/async/worker.hpp"
#include "services/discovery/index_feed.hpp"
#include "services/discovery/rendered.hpp"

namespace kontor::discovery {

/// Changes the projection and its index off the loops: one transaction after another on a thread of
/// its own, and merges of the index on a second one.
class ProjectionWriter {
public:
    /// All must outlive it.
    ProjectionWriter(Projection& projection, IndexFeed& index, Rendered& rendered);

    /// Lets what `body` changes take effect together; when it returns, readers see it. Undone where
    /// `body` throws, and thrown on.
    Task<void> change(const std::function<void(Changes&)>& body);

    /// Writes the index file with all that took effect before, and returns when it is there. Throws
    /// std::system_error when the disk refuses.
    Task<void> merge();

private:
    Projection& projection_;
    IndexFeed& index_;
    Rendered& rendered_;
    Worker writing_{"project"};
    Worker merging_{"merge"};
};

}  // namespace kontor::discovery
