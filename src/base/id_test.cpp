#include "base/id.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"

namespace kontor {
namespace {

TEST(An_id, reads_back_from_its_wire_form_and_keeps_its_order) {
    EXPECT_EQ(parse_id("prd", id_text("prd", 42)), 42U);
    EXPECT_EQ(parse_id("prd", id_text("prd", ~0ULL)), ~0ULL);
    EXPECT_LT(id_text("prd", 41), id_text("prd", 42));
}

TEST(An_id, of_another_kind_or_with_a_stray_character_is_refused) {
    EXPECT_FALSE(parse_id("prd", id_text("crt", 42)));
    EXPECT_FALSE(parse_id("prd", "prd_000000000000u"));
    EXPECT_FALSE(parse_id("prd", "prd_zzzzzzzzzzzzz")) << "over 64 bits";
}

TEST(An_id_source, never_repeats_and_never_goes_back_when_the_clock_does) {
    ManualClock clock;
    IdSource ids(clock, 7);
    auto last = ids.next();
    for (int i = 0; i < 10'000; ++i) {
        if (i == 5'000) {
            clock.advance(std::chrono::hours(-1));
        }
        const auto next = ids.next();
        ASSERT_GT(next, last);
        last = next;
    }
}

}  // namespace
}  // namespace kontor
