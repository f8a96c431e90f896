#pragma once

#include <filesystem>
#include <memory>

#include "services/discovery/engine/engine.hpp"
#include "services/discovery/projection.hpp"

namespace kontor::discovery {

/// Keeps the engine's index beside the projection: what a transaction touched is indexed anew from
/// the documents. The index file is as of its last merge; the projection remembers what changed
/// since, so that a start replays only that.
class IndexFeed {
public:
    /// Opens the index in `folder` and brings it up to the projection; a file that is missing,
    /// damaged or of another projection is made anew. All must outlive it.
    IndexFeed(std::filesystem::path folder, Projection& projection, const Clock& clock);

    /// Thread-safe.
    engine::Reader reader() const { return engine_->reader(); }

    /// Makes what `touched` names as the projection has it now, visible when it returns. On the
    /// projection's writing thread.
    void follow(const TouchedProducts& touched);

    /// Whether so much lies on top of the file that a start would take long.
    bool wants_merge() const;
    /// Whether the texts of every product are in the file. Ranking counts words in each part of the
    /// index by itself, so that only then it is as in an index made anew.
    bool all_merged() const { return engine_->unmerged() == 0; }
    /// Writes the file. Long; on a thread of its own, while following goes on. `generation`:
    /// followed already.
    void merge(const Generation& generation);

private:
    void open(const std::filesystem::path& folder);
    void index(std::uint64_t product, Touched what, const lmdb::Reading& reading,
               const World& world);

    Projection& projection_;
    const Clock& clock_;
    std::unique_ptr<engine::Engine> engine_;
};

}  // namespace kontor::discovery
