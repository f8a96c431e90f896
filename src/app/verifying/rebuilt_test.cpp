#include "app/verifying/rebuilt.hpp"

#include <gmock/gmock.h>

#include "app/deployment.hpp"
#include "app/seeding/load.hpp"
#include "platform/async/asio_loop.hpp"
#include "services/discovery/projection_tables.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::verifying {

namespace {

using ::testing::HasSubstr;

/// A small seeded shop at rest, and its projection built a second time.
struct A_projection_rebuilt : ::testing::Test {
    const testing::TemporaryFolder folder;
    const std::filesystem::path served = folder.path() / "discovery";
    const std::filesystem::path rebuilt = folder.path() / "rebuilt" / "discovery";
    ManualClock clock{seed::Options().today};
    SystemRandom random;
    telemetry::SilentLog silent;
    AsioLoop loop;

    A_projection_rebuilt() {
        with_services({}, [](app::Deployment& deployment) -> Task<void> {
            const seed::Shop shop(
                {.products = 20, .stores = 4, .markets = 2, .stock_per_product = 3});
            const auto& ask = deployment.directory();
            const auto loaded = co_await seeding::load(
                shop,
                {ask.get<stores::Stores>(), ask.get<catalog::Catalog>(),
                 ask.get<pricing::Pricing>(), ask.get<inventory::Inventory>()},
                {}, [](std::int64_t) {});
            EXPECT_TRUE(loaded.has_value());
        });
        with_services(rebuilt.parent_path(), [](app::Deployment&) -> Task<void> { co_return; });
    }

    /// Does `work`, and waits until all of it is projected.
    void with_services(const std::filesystem::path& projections,
                       const std::function<Task<void>(app::Deployment&)>& work) {
        app::Deployment deployment(
            {.services = {"stores", "catalog", "pricing", "inventory", "discovery"},
             .data = folder.path(),
             .projections = projections},
            nullptr, clock, random, silent);
        loop.run_until_done([](app::Deployment& all, const auto& wanted) -> Task<bool> {
            co_await all.start();
            co_await wanted(all);
            while (!co_await all.settled()) {
                co_await sleep_for(std::chrono::milliseconds(5));
            }
            co_await all.stop();
            co_return true;
        }(deployment, work));
    }

    Comparison compared() const {
        return compare_projections(served, rebuilt, folder.path() / "scratch");
    }

    /// Changes the projection behind everybody's back.
    template <class Change>
    void meddle(Change change) const {
        lmdb::Environment environment(discovery::documents_folder(served),
                                      lmdb::Durability::process);
        const discovery::Tables tables(environment);
        lmdb::Writing writing(environment);
        change(writing, tables);
        writing.commit();
    }
};

TEST_F(A_projection_rebuilt, holds_what_the_one_served_does) {
    const auto both = compared();
    EXPECT_GT(both.served.facts, 20 + 20 * 3);
    EXPECT_EQ(both.served.facts, both.rebuilt.facts);
    EXPECT_EQ(both.served.sha256, both.rebuilt.sha256);
    EXPECT_FALSE(both.first_difference);
}

TEST_F(A_projection_rebuilt, shows_one_entry_that_was_changed) {
    meddle([](lmdb::Writing& writing, const discovery::Tables& tables) {
        std::string sku;
        std::string cells;
        writing.each(tables.stock, {}, [&](std::string_view key, std::string_view value) {
            sku = key;
            cells = value;
            return false;
        });
        cells.at(8) = static_cast<char>(cells.at(8) + 1);  // a thousandth more in its first place
        writing.put(tables.stock, sku, cells);
    });
    const auto both = compared();
    EXPECT_NE(both.served.sha256, both.rebuilt.sha256);
    EXPECT_EQ(both.served.facts, both.rebuilt.facts);
    EXPECT_THAT(both.first_difference->served, HasSubstr("stock\t"));
    EXPECT_NE(both.first_difference->served, both.first_difference->rebuilt);
}

TEST_F(A_projection_rebuilt, shows_an_entry_that_was_lost) {
    meddle([](lmdb::Writing& writing, const discovery::Tables& tables) {
        std::string last;
        writing.each(tables.stock, {}, [&](std::string_view key, std::string_view) {
            last = key;
            return true;
        });
        writing.erase(tables.stock, last);
    });
    const auto both = compared();
    EXPECT_LT(both.served.facts, both.rebuilt.facts);
    EXPECT_EQ(both.first_difference->served, "nothing");
}

}  // namespace

}  // namespace kontor::verifying
