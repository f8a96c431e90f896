#pragma once

#include <functional>

#include "services/discovery/index_feed.hpp"
#include "services/discovery/worker.hpp"

namespace kontor::discovery {

/// Changes the projection and its index off the loops: one transaction after another on a thread of
/// its own, and merges of the index on a second one.
class ProjectionWriter {
public:
    /// Both must outlive it.
    ProjectionWriter(Projection& projection, IndexFeed& index);

    /// Lets what `body` changes take effect together; when it returns, readers see it. Undone where
    /// `body` throws, and thrown on.
    Task<void> change(const std::function<void(Changes&)>& body);

    /// Writes the index file now, and returns when it is there: for stopping and for tests.
    Task<void> merge();

private:
    void merge_where_wanted();
    void merge_as_of(Generation generation);

    Projection& projection_;
    IndexFeed& index_;
    std::atomic<bool> merging_{false};
    Worker writing_;
    Worker merger_;  ///< Ends first: it hands its last step to `writing_`.
};

}  // namespace kontor::discovery
