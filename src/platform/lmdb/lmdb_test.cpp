#include "platform/lmdb/lmdb.hpp"

#include <gmock/gmock.h>

#include "support/temporary_folder.hpp"

namespace kontor::lmdb {
namespace {

using ::testing::ElementsAre;

struct A_table : ::testing::Test {
    kontor::testing::TemporaryFolder folder;
    Environment environment{folder.path() / "lmdb", Durability::process};
    Table table = environment.table("things");

    void put(std::string_view key, std::string_view value) {
        Writing writing(environment);
        writing.put(table, key, value);
        writing.commit();
    }
};

TEST_F(A_table, shows_what_was_committed_and_forgets_what_was_not) {
    put("a", "1");
    {
        Writing undone(environment);
        undone.put(table, "b", "2");
    }
    const Reading reading(environment);
    EXPECT_EQ(reading.get(table, "a"), "1");
    EXPECT_EQ(reading.get(table, "b"), std::nullopt);
}

TEST_F(A_table, stays_as_it_was_for_a_reader_that_began_before_the_change) {
    put("a", "1");
    const Reading before(environment);
    put("a", "2");
    EXPECT_EQ(before.get(table, "a"), "1");
    EXPECT_EQ(Reading(environment).get(table, "a"), "2");
}

TEST_F(A_table, is_visited_in_the_order_of_its_keys_from_any_key_on) {
    put("c", "3");
    put("a", "1");
    put("b", "2");
    std::vector<std::string> seen;
    Reading(environment).each(table, "b", [&](auto key, auto value) {
        seen.push_back(std::string(key) + std::string(value));
        return true;
    });
    EXPECT_THAT(seen, ElementsAre("b2", "c3"));
}

TEST_F(A_table, forgets_what_is_erased_and_does_not_mind_what_never_was) {
    put("a", "1");
    Writing writing(environment);
    writing.erase(table, "a");
    writing.erase(table, "never");
    EXPECT_EQ(writing.size(table), 0);
}

}  // namespace
}  // namespace kontor::lmdb
