#include "base/random.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kontor {
namespace {

TEST(Seeded_random, repeats_from_its_seed_on_every_platform) {
    SeededRandom random(0);
    EXPECT_EQ(random.u64(), 11091344671253066420U);
    EXPECT_EQ(random.u64(), 13793997310169335082U);
    SeededRandom other(1);
    EXPECT_NE(other.u64(), 11091344671253066420U);
}

TEST(Seeded_random, fills_bytes_with_the_same_stream) {
    SeededRandom numbers(5);
    SeededRandom bytes(5);
    std::array<std::uint8_t, 11> filled{};
    bytes.bytes(filled);
    const auto first = numbers.u64();
    EXPECT_EQ(filled[0], first & 255);
    EXPECT_EQ(filled[7], first >> 56);
    EXPECT_EQ(filled[8], numbers.u64() & 255);
}

TEST(A_number_below_n, stays_below_and_reaches_every_value_evenly) {
    SeededRandom random(42);
    std::array<int, 10> hits{};
    for (int i = 0; i < 100'000; ++i) {
        ++hits.at(random.below(10));
    }
    EXPECT_THAT(hits, testing::Each(testing::AllOf(testing::Gt(9'600), testing::Lt(10'400))));
    EXPECT_EQ(random.below(1), 0U);
}

TEST(A_number_between, includes_both_ends_and_covers_all_64_bits) {
    SeededRandom random(42);
    std::set<std::int64_t> seen;
    for (int i = 0; i < 200; ++i) {
        seen.insert(random.between(-1, 1));
    }
    EXPECT_THAT(seen, testing::ElementsAre(-1, 0, 1));
    EXPECT_NE(random.between(INT64_MIN, INT64_MAX), random.between(INT64_MIN, INT64_MAX));
    const auto unit = random.unit_interval();
    EXPECT_TRUE(unit >= 0 && unit < 1);
}

TEST(A_uuid, is_version_4_and_variant_10) {
    SystemRandom random;
    for (int i = 0; i < 100; ++i) {
        EXPECT_THAT(random.uuid(),
                    testing::MatchesRegex(
                        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    }
}

TEST(A_secret, has_128_bits_in_26_characters_and_does_not_repeat) {
    SystemRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        const auto secret = random.secret();
        EXPECT_THAT(secret, testing::MatchesRegex("[0-9a-hjkmnp-tv-z]{25}[0-7]"));
        EXPECT_TRUE(seen.insert(secret).second);
    }
}

}  // namespace
}  // namespace kontor
