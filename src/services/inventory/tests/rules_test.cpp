#include "services/inventory/rules.hpp"

#include <gmock/gmock.h>

namespace kontor::inventory {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Choosing_a_place, takes_the_one_with_most_and_the_first_among_equals) {
    const std::vector<Candidate> places{
        {1, Quantity::of(3)}, {2, Quantity::of(8)}, {3, Quantity::of(8)}};
    EXPECT_EQ(choose(places, Quantity::of(2)), 2);
    EXPECT_EQ(choose(places, Quantity::of(8)), 2);
}

TEST(Choosing_a_place, never_splits_a_line) {
    const std::vector<Candidate> places{{1, Quantity::of(3)}, {2, Quantity::of(8)}};
    EXPECT_EQ(choose(places, Quantity::of(9)), std::nullopt);
    EXPECT_EQ(most_available(places), Quantity::of(8));
}

TEST(Choosing_a_place, finds_none_where_there_is_none_or_less_than_nothing) {
    EXPECT_EQ(choose({}, Quantity::of(1)), std::nullopt);
    EXPECT_EQ(most_available({}), Quantity{});
    const std::vector<Candidate> oversold{{1, Quantity::of(-2)}};
    EXPECT_EQ(choose(oversold, Quantity::of(1)), std::nullopt);
    EXPECT_EQ(most_available(oversold), Quantity{});
}

TEST(A_count, must_not_be_negative) {
    EXPECT_FALSE(fault_of({"drill", "north", Quantity{}, Quantity{}}));
    EXPECT_EQ(fault_of({"drill", "north", Quantity::of(-1), {}})->pointer, "/on_hand");
    EXPECT_EQ(fault_of({"drill", "north", Quantity{}, Quantity::of(-1)})->pointer, "/safety");
}

TEST(Lines_of_a_reservation, have_distinct_skus_and_quantities_above_zero) {
    EXPECT_THAT(faults_of({{"drill", Quantity::of(1), {}}, {"saw", Quantity{1}, {}}}), IsEmpty());
    const auto faults = faults_of({{"drill", Quantity{}, {}}, {"drill", Quantity::of(1), {}}});
    ASSERT_THAT(faults, SizeIs(2));
    EXPECT_EQ(faults[0].pointer, "/lines/0/quantity");
    EXPECT_EQ(faults[1].pointer, "/lines/1/sku");
}

TEST(A_repeated_reservation, is_answered_by_the_same_lines_only) {
    const std::vector<ReservedLine> held{{"drill", Quantity::of(2), "north"}};
    EXPECT_TRUE(answers(held, {{"drill", Quantity::of(2), {}}}));
    EXPECT_TRUE(answers(held, {{"drill", Quantity::of(2), "north"}}));
    EXPECT_FALSE(answers(held, {{"drill", Quantity::of(2), "south"}}));
    EXPECT_FALSE(answers(held, {{"drill", Quantity::of(1), {}}}));
    EXPECT_FALSE(answers(held, {{"saw", Quantity::of(2), {}}}));
    EXPECT_FALSE(answers(held, {}));
}

}  // namespace
}  // namespace kontor::inventory
