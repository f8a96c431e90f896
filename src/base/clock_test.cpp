#include "base/clock.hpp"

#include <gtest/gtest.h>

#include "base/date.hpp"
#include "base/random.hpp"

namespace kontor {
namespace {

TEST(A_timestamp, is_written_in_utc_with_the_digits_it_needs) {
    EXPECT_EQ(to_text(Timestamp{0}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_text(Timestamp{1'795'467'342'000'000}), "2026-11-23T20:55:42Z");
    EXPECT_EQ(to_text(Timestamp{1'795'467'342'120'000}), "2026-11-23T20:55:42.120Z");
    EXPECT_EQ(to_text(Timestamp{1'795'467'342'123'456}), "2026-11-23T20:55:42.123456Z");
    EXPECT_EQ(to_text(Timestamp{-1}), "1969-12-31T23:59:59.999999Z");
}

TEST(A_timestamp, may_be_read_with_any_offset) {
    const auto at = Timestamp{1'795'467'342'000'000};
    EXPECT_EQ(parse_timestamp("2026-11-23T20:55:42Z"), at);
    EXPECT_EQ(parse_timestamp("2026-11-23t20:55:42z"), at);
    EXPECT_EQ(parse_timestamp("2026-11-23 21:55:42+01:00"), at);
    EXPECT_EQ(parse_timestamp("2026-11-23T16:25:42-04:30"), at);
    EXPECT_EQ(parse_timestamp("2026-11-23T20:55:42.123456789Z"), Timestamp{1'795'467'342'123'456});
    EXPECT_EQ(parse_timestamp("2026-11-23"), parse_timestamp("2026-11-23T00:00:00Z"));
    EXPECT_EQ(parse_timestamp("2016-12-31T23:59:60Z"), parse_timestamp("2017-01-01T00:00:00Z"));
}

TEST(A_timestamp, that_no_calendar_has_is_refused) {
    for (const auto* text :
         {"", "now", "2026-13-01", "2026-02-29", "2026-11-23T", "2026-11-23T24:00:00Z",
          "2026-11-23T20:55Z", "2026-11-23T20:55:42", "2026-11-23T20:55:42.Z",
          "2026-11-23T20:55:42+0100", "2026-11-23T20:55:42Zx", "26-11-23", "+2026-11-23"}) {
        EXPECT_FALSE(parse_timestamp(text)) << text;
    }
    EXPECT_EQ(parse_timestamp("soon").error(),
              "must be an RFC 3339 time like 2026-11-23T20:55:42Z");
}

TEST(A_timestamp, reads_back_from_what_was_written) {
    SeededRandom random(20261123);
    for (int i = 0; i < 10'000; ++i) {
        const Timestamp at{random.between(-62'167'219'200'000'000, 253'402'300'799'999'999)};
        ASSERT_EQ(parse_timestamp(to_text(at)), at) << at.microseconds;
    }
}

TEST(A_date, keeps_the_calendar_and_its_order) {
    EXPECT_EQ(parse_date("1970-01-02"), Date{1});
    EXPECT_EQ(to_text(Date{-1}), "1969-12-31");
    EXPECT_TRUE(parse_date("2024-02-29"));
    EXPECT_FALSE(parse_date("2023-02-29"));
    EXPECT_FALSE(parse_date("2023-2-9"));
    EXPECT_EQ(to_text(*parse_date("2024-02-28") + 2), "2024-03-01");
    EXPECT_EQ(utc_date(*parse_timestamp("2026-11-23T23:59:59.999Z")), *parse_date("2026-11-23"));
    EXPECT_EQ(utc_date(Timestamp{-1}), Date{-1});
    EXPECT_EQ(to_text(utc_midnight(*parse_date("2026-01-01"))), "2026-01-01T00:00:00Z");
}

}  // namespace
}  // namespace kontor
