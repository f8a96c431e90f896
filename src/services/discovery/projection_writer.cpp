#include "services/discovery/projection_writer.hpp"

namespace kontor::discovery {

ProjectionWriter::ProjectionWriter(Projection& projection, IndexFeed& index, Rendered& rendered)
    : projection_(projection), index_(index), rendered_(rendered) {}

Task<void> ProjectionWriter::change(const std::function<void(Changes&)>& body) {
    co_await writing_.run([&] {
        TouchedProducts touched;
        {
            Changes changes(projection_);
            body(changes);
            touched = changes.commit();
        }
        index_.follow(touched);
        rendered_.forget(touched);
    });
}

Task<void> ProjectionWriter::merge() {
    Generation generation;
    co_await writing_.run([&] { generation = projection_.generation(); });
    co_await merging_.run([&] { index_.merge(generation); });
    co_await writing_.run([&] { projection_.merged(generation.number); });
}

}  // namespace kontor::discovery
