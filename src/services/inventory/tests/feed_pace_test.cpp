#include "services/inventory/feed_pace.hpp"

#include <gtest/gtest.h>

namespace kontor::inventory {
namespace {

using namespace std::chrono_literals;

TEST(The_pace_of_feeds, comes_to_as_many_lines_as_a_batch_of_ten_milliseconds_has) {
    FeedPace pace(2'000);
    for (int i = 0; i < 20; ++i) {
        pace.note(pace.lines(), pace.lines() * 20us);
    }
    EXPECT_NEAR(static_cast<double>(pace.lines()), 500, 10);
}

TEST(The_pace_of_feeds, stays_between_its_least_and_its_most) {
    FeedPace pace(2'000);
    for (int i = 0; i < 20; ++i) {
        pace.note(pace.lines(), 10s);
    }
    EXPECT_EQ(pace.lines(), FeedPace::lines_min);
    for (int i = 0; i < 20; ++i) {
        pace.note(pace.lines(), 0ns);
    }
    EXPECT_EQ(pace.lines(), 2'000U);
    EXPECT_EQ(FeedPace(10).lines(), FeedPace::lines_min);
}

}  // namespace
}  // namespace kontor::inventory
