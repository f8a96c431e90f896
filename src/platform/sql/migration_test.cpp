#include "platform/sql/migration.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "platform/async/asio_loop.hpp"
#include "platform/sql/embedded_migrations.hpp"
#include "platform/sql/sql.hpp"
#include "support/databases.hpp"

namespace kontor::sql {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Migration first{"shop", 1, "colours", R"sql(
    CREATE TABLE colours (name TEXT PRIMARY KEY) {{strict}};
    INSERT INTO colours (name) VALUES ('red');
)sql"};
constexpr Migration second{"shop", 2, "more_colours",
                           "INSERT INTO colours (name) VALUES ('green');"};
constexpr Migration broken{"shop", 2, "broken", R"sql(
    INSERT INTO colours (name) VALUES ('blue');
    INSERT INTO nowhere (name) VALUES ('x');
)sql"};
constexpr Migration of_another_component{
    "events", 1, "outbox", "CREATE TABLE outbox (sequence {{auto_id}}, body TEXT) {{strict}};"};

constexpr Statement all_colours{"test.all_colours", "SELECT name FROM colours ORDER BY name"};
constexpr Statement ledger{"test.ledger", R"sql(
    SELECT component, version, name
      FROM schema_migrations
     ORDER BY component, version
)sql"};

class A_migration : public ::testing::TestWithParam<Engine> {
protected:
    void migrate(std::vector<Migration> steps) { place_.open()->migrate(steps); }

    std::string complaint(std::vector<Migration> steps) {
        try {
            migrate(std::move(steps));
        } catch (const Error& error) {
            return error.what();
        }
        return "no error";
    }
    std::vector<std::string> colours() {
        const auto database = place_.open();
        return loop_.run_until_done(database->rows<std::string>({}, all_colours));
    }

    AsioLoop loop_;
    testing::TestDatabase place_{GetParam()};
};

TEST_P(A_migration, is_applied_once) {
    migrate({first});
    migrate({first, second});
    migrate({first, second});
    EXPECT_THAT(colours(), ElementsAre("green", "red"));
}

TEST_P(A_migration, is_recorded_per_component) {
    migrate({of_another_component, first, second});
    using Step = std::tuple<std::string, int, std::string>;
    const auto database = place_.open();
    EXPECT_THAT(loop_.run_until_done(database->rows<Step>({}, ledger)),
                ElementsAre(Step("events", 1, "outbox"), Step("shop", 1, "colours"),
                            Step("shop", 2, "more_colours")));
}

TEST_P(A_migration, that_was_edited_after_it_was_applied_stops_the_start) {
    migrate({first});
    auto edited = first;
    edited.text = "CREATE TABLE colours (name TEXT) {{strict}};";
    EXPECT_THAT(complaint({edited}), HasSubstr("shop/0001_colours: was edited"));
}

TEST_P(A_migration, that_fails_leaves_nothing_behind) {
    EXPECT_THAT(complaint({first, broken}), HasSubstr("nowhere"));
    migrate({first, second});
    EXPECT_THAT(colours(), ElementsAre("green", "red"));
}

TEST_P(A_migration, that_leaves_a_gap_is_not_applied) {
    EXPECT_THAT(complaint({second}), HasSubstr("expected version 1"));
}

TEST_P(A_migration, of_a_newer_program_is_left_alone_by_an_older_one) {
    migrate({first, second});
    migrate({first});
    EXPECT_THAT(colours(), ElementsAre("green", "red"));
}

TEST_P(A_migration, is_applied_by_one_of_two_that_start_at_once) {
    {
        std::vector<std::jthread> starts;
        for (int i = 0; i < 4; ++i) {
            starts.emplace_back([this] { migrate({first, second}); });
        }
    }
    EXPECT_THAT(colours(), ElementsAre("green", "red"));
}

TEST_P(A_migration, makes_ids_that_count_up) {
    const auto database = place_.open();
    database->migrate(std::vector{of_another_component});
    static constexpr Statement add{"test.add",
                                   "INSERT INTO outbox (body) VALUES ($1) RETURNING sequence"};
    const auto sequences = loop_.run_until_done(database->write(
        {}, [](Transaction& transaction) -> Task<Result<std::vector<std::int64_t>>> {
            const auto one = co_await transaction.row<std::int64_t>(add, "a");
            const auto two = co_await transaction.row<std::int64_t>(add, "b");
            co_return std::vector{*one, *two};
        }));
    EXPECT_THAT(*sequences, ElementsAre(1, 2));
}

INSTANTIATE_TEST_SUITE_P(On, A_migration, testing::both_engines(), testing::engine_name);

TEST(The_program, has_no_table_that_would_take_text_for_a_number) {
    for (const auto& migration : embedded_migrations()) {
        const auto occurrences = [&](std::string_view word) {
            int found = 0;
            for (auto at = migration.text.find(word); at != std::string_view::npos;
                 at = migration.text.find(word, at + 1)) {
                ++found;
            }
            return found;
        };
        EXPECT_EQ(occurrences("CREATE TABLE"), occurrences("{{strict}}"))
            << migration.component << "/" << migration.name << ": end each with {{strict}}";
    }
}

TEST(The_program, carries_the_migrations_of_its_source_tree) {
    const auto own = migrations_of("platform/sql");
    ASSERT_FALSE(own.empty());
    EXPECT_EQ(own.front().version, 1);
    EXPECT_EQ(own.front().name, "idempotency_keys");
    EXPECT_THAT(own.front().text, HasSubstr("CREATE TABLE idempotency_keys"));
    EXPECT_TRUE(migrations_of("nobody").empty());
}

}  // namespace
}  // namespace kontor::sql
