#include "services/imports/spool.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "support/temporary_folder.hpp"

namespace kontor::imports {
namespace {

constexpr Timestamp now{1'000'000};
constexpr Timestamp never{0};

struct A_spool : ::testing::Test {
    const kontor::testing::TemporaryFolder folder;
    Spool spool{folder.path()};

    std::string content_of(ImportId id) {
        std::stringstream text;
        text << std::ifstream(spool.rows_of(id)).rdbuf();
        return text.str();
    }
};

TEST_F(A_spool, puts_the_pieces_of_a_file_together) {
    ASSERT_TRUE(spool.open(ImportId{1}, {.kind = ImportKind::stock}, now, never));
    EXPECT_EQ(spool.append({ImportId{1}, 0, {"sku,"}}, now), 4);
    EXPECT_EQ(spool.append({ImportId{1}, 4, {"on_hand"}}, now), 11);
    const auto received = spool.close(ImportId{1});
    ASSERT_TRUE(received);
    EXPECT_EQ(received->wanted.kind, ImportKind::stock);
    EXPECT_EQ(received->bytes, 11);
    EXPECT_EQ(content_of(ImportId{1}), "sku,on_hand");
}

TEST_F(A_spool, refuses_a_piece_that_comes_twice_or_out_of_order) {
    ASSERT_TRUE(spool.open(ImportId{1}, {}, now, never));
    ASSERT_TRUE(spool.append({ImportId{1}, 0, {"abc"}}, now));
    EXPECT_EQ(spool.append({ImportId{1}, 0, {"abc"}}, now).error().code, "conflict");
    EXPECT_EQ(spool.append({ImportId{2}, 0, {"abc"}}, now).error().code, "not_found");
    const std::string large(piece_bytes_max + 1, 'x');
    EXPECT_EQ(spool.append({ImportId{1}, 3, {large}}, now).error().code, "too_large");
}

TEST_F(A_spool, takes_sixteen_files_at_once_and_gives_up_those_that_stand_still) {
    for (std::uint64_t id = 1; id <= Spool::uploads_max; ++id) {
        ASSERT_TRUE(spool.open(ImportId{id}, {}, now, never));
    }
    EXPECT_EQ(spool.open(ImportId{99}, {}, now, never).error().code, "unavailable");
    EXPECT_TRUE(spool.open(ImportId{99}, {}, now, Timestamp{now.microseconds + 1}));
    EXPECT_EQ(spool.close(ImportId{1}).error().code, "not_found");
}

TEST_F(A_spool, that_is_opened_again_knows_whole_files_and_forgets_the_others) {
    ASSERT_TRUE(spool.open(ImportId{1}, {}, now, never));
    ASSERT_TRUE(spool.open(ImportId{2}, {}, now, never));
    ASSERT_TRUE(spool.close(ImportId{1}));
    const Spool again(folder.path());
    EXPECT_THAT(again.closed(), ::testing::ElementsAre(ImportId{1}));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

}  // namespace
}  // namespace kontor::imports
