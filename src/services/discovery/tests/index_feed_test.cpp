#include "services/discovery/index_feed.hpp"

#include <gmock/gmock.h>

#include "platform/async/asio_loop.hpp"
#include "services/discovery/projection_writer.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::discovery {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

struct The_index_beside_the_documents : ::testing::Test {
    void put(std::uint64_t id) {
        change([&](Changes& changes) {
            changes.put(catalog::Product{.id = {id},
                                         .slug = std::to_string(id),
                                         .name = {{"de", "Hammer"}},
                                         .variants = {{.sku = std::to_string(id) + "-1"}}});
        });
    }
    void change(const std::function<void(Changes&)>& body) { run(writer->change(body)); }
    void run(Task<void> task) {
        loop.run_until_done([](Task<void> inner) -> Task<bool> {
            co_await std::move(inner);
            co_return true;
        }(std::move(task)));
    }
    void open() {
        projection = std::make_unique<Projection>(folder.path() / "documents", 1);
        index = std::make_unique<IndexFeed>(folder.path() / "index", *projection, clock);
        writer = std::make_unique<ProjectionWriter>(*projection, *index, rendered);
    }
    void close() {
        writer.reset();
        index.reset();
        projection.reset();
    }

    kontor::testing::TemporaryFolder folder;
    AsioLoop loop;
    ManualClock clock;
    std::unique_ptr<Projection> projection;
    std::unique_ptr<IndexFeed> index;
    Rendered rendered{std::size_t{1} << 20};
    std::unique_ptr<ProjectionWriter> writer;

    The_index_beside_the_documents() { open(); }
    ~The_index_beside_the_documents() override { close(); }
};

TEST_F(The_index_beside_the_documents, after_a_merge_has_nothing_to_replay_but_what_came_later) {
    put(1);
    put(2);
    run(writer->merge());
    EXPECT_THAT(projection->changed_since(0), IsEmpty());
    put(3);
    EXPECT_THAT(projection->changed_since(0), SizeIs(1));
    close();
    open();
    EXPECT_EQ(index->reader().size(), 3);
    EXPECT_TRUE(index->reader().has(3));
}

TEST_F(The_index_beside_the_documents, wants_a_merge_once_a_start_would_take_long) {
    for (std::uint64_t id = 1; id <= 100; ++id) {
        put(id);
    }
    EXPECT_FALSE(index->wants_merge());
    put(101);
    EXPECT_TRUE(index->wants_merge());
    run(writer->merge());
    EXPECT_FALSE(index->wants_merge());
}

TEST_F(The_index_beside_the_documents, of_another_projection_is_made_anew) {
    put(1);
    run(writer->merge());
    close();
    std::filesystem::remove_all(folder.path() / "documents");
    projection = std::make_unique<Projection>(folder.path() / "documents", 2);
    index = std::make_unique<IndexFeed>(folder.path() / "index", *projection, clock);
    EXPECT_EQ(index->reader().size(), 0);
}

}  // namespace
}  // namespace kontor::discovery
