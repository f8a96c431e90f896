#include "services/discovery/projection_writer.hpp"

namespace kontor::discovery {

ProjectionWriter::ProjectionWriter(Projection& projection, IndexFeed& index)
    : projection_(projection), index_(index) {}

Task<void> ProjectionWriter::change(const std::function<void(Changes&)>& body) {
    co_await writing_.run([&] {
        TouchedProducts touched;
        {
            Changes changes(projection_);
            body(changes);
            touched = changes.commit();
        }
        index_.follow(touched);
        merge_where_wanted();
    });
}

Task<void> ProjectionWriter::merge() {
    Generation generation;
    co_await writing_.run([&] { generation = projection_.generation(); });
    co_await merger_.run([&] { index_.merge(generation); });
    co_await writing_.run([&] { projection_.merged(generation.number); });
}

void ProjectionWriter::merge_where_wanted() {
    if (!index_.wants_merge() || merging_.exchange(true)) {
        return;
    }
    merger_.give([this, generation = projection_.generation()] { merge_as_of(generation); });
}

/// A merge that fails (the disk is full) is tried again after the next change; until then a start
/// replays more.
void ProjectionWriter::merge_as_of(Generation generation) {
    try {
        index_.merge(generation);
        writing_.give([this, generation] { projection_.merged(generation.number); });
    } catch (const std::system_error&) {
    }
    merging_ = false;
}

}  // namespace kontor::discovery
