#include <gmock/gmock.h>

#include "services/inventory/events.hpp"
#include "services/inventory/tests/stocked_shop.hpp"

namespace kontor::inventory {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto pieces = Quantity::of;

using A_feed = StockedShop;

TEST_P(A_feed, of_counts_ignores_the_ones_that_come_late) {
    EXPECT_EQ(count({{"drill", "north", pieces(5), {}, 7}}).accepted, 1);
    EXPECT_EQ(count({{"drill", "north", pieces(9), {}, 6}}).unchanged, 1);
    EXPECT_EQ(count({{"drill", "north", pieces(9), {}, 7}}).unchanged, 1);
    EXPECT_EQ(counters("drill", "north"), "5/0/0/5");
    EXPECT_EQ(count({{"drill", "north", pieces(5), {}, 9}}).unchanged, 1);
    EXPECT_EQ(count({{"drill", "north", pieces(4), {}, 8}}).unchanged, 1);
    EXPECT_EQ(count({{"drill", "north", pieces(4), {}, 10}}).accepted, 1);
    EXPECT_EQ(count({{"drill", "north", pieces(3), {}}}).accepted, 1);
    EXPECT_EQ(counters("drill", "north"), "3/0/0/3");
}

TEST_P(A_feed, of_adjustments_takes_each_once_by_its_id) {
    count({{"drill", "north", pieces(5), {}}});
    const AdjustStock wanted{{{"a1", "drill", "north", pieces(-2)},
                              {"a2", "drill", "north", pieces(4)},
                              {"a3", "saw", "south", pieces(1)}}};
    EXPECT_EQ(host_.run(inventory_.adjust_stock({}, wanted))->accepted, 3);
    EXPECT_EQ(host_.run(inventory_.adjust_stock({}, wanted))->unchanged, 3);
    EXPECT_EQ(counters("drill", "north"), "7/0/0/7");
    EXPECT_EQ(counters("saw", "south"), "1/0/0/1");
}

TEST_P(A_feed, of_adjustments_names_those_at_fault_and_takes_the_others) {
    count({{"drill", "north", pieces(5), {}}});
    host_.run(inventory_.adjust_stock({}, {{{"a1", "drill", "north", pieces(1)}}}));
    const auto outcome =
        host_
            .run(inventory_.adjust_stock({}, {{{"a1", "drill", "north", pieces(2)},
                                               {"a2", "drill", "north", pieces(-7)},
                                               {"a3", "drill", "north", pieces(0)},
                                               {"a4", "drill", "north", pieces(-6)}}}))
            .value();
    EXPECT_EQ(outcome.accepted, 1);
    ASSERT_THAT(outcome.rejected, SizeIs(3));
    EXPECT_EQ(outcome.rejected[0].index, 0);
    EXPECT_THAT(outcome.rejected[0].reason, HasSubstr("was used before for 1 of drill"));
    EXPECT_THAT(outcome.rejected[1].reason, HasSubstr("only 6 of drill lie in north"));
    EXPECT_EQ(outcome.rejected[2].pointer, "/change");
    EXPECT_EQ(counters("drill", "north"), "0/0/0/0");
}

TEST_P(A_feed, of_thousands_is_taken_piece_by_piece) {
    std::vector<StockCount> counts;
    for (int i = 0; i < 1'201; ++i) {
        counts.push_back({fmt::format("sku-{}", i), "north", pieces(i + 1), {}});
    }
    counts.push_back({"sku-5", "north", pieces(1), {}});
    const auto outcome = count(counts);
    EXPECT_EQ(outcome.accepted, 1'201);
    ASSERT_THAT(outcome.rejected, SizeIs(1));
    EXPECT_EQ(outcome.rejected[0].index, 1'201);
    EXPECT_EQ(counters("sku-1200", "north"), "1201/0/0/1201");
}

TEST_P(A_feed, that_finds_less_than_is_promised_tells_so) {
    count({{"drill", "north", pieces(5), {}}});
    reserve("r1", {{"drill", pieces(4), {}}});
    host_.run(inventory_.adjust_stock({}, {{{"a1", "drill", "north", pieces(-2)}}}));
    EXPECT_EQ(host_.published().back().type, "inventory.stock-short");
}

INSTANTIATE_TEST_SUITE_P(On, A_feed, kontor::testing::both_engines(), kontor::testing::engine_name);

class A_policy : public StockedShop {
protected:
    void allow(StockPolicy policy) {
        EXPECT_EQ(host_.run(inventory_.put_policies({}, {{std::move(policy)}}))->accepted, 1);
    }
};

TEST_P(A_policy, lets_so_much_more_be_reserved_than_is_available) {
    count({{"drill", "north", pieces(2), {}}});
    allow({"drill", pieces(3)});
    EXPECT_TRUE(reserve("r1", {{"drill", pieces(4), {}}}));
    EXPECT_EQ(counters("drill", "north"), "2/4/0/-2");
    EXPECT_EQ(reserve("r2", {{"drill", pieces(2), {}}}).error().errors.at(0).message,
              "drill: 2 wanted, 1 left");
    EXPECT_TRUE(reserve("r2", {{"drill", pieces(1), {}}}));
    allow({"drill"});
    EXPECT_FALSE(reserve("r3", {{"drill", pieces(1), {}}}));
    EXPECT_TRUE(release("r1"));
    EXPECT_EQ(counters("drill", "north"), "2/1/0/1");
}

TEST_P(A_policy, of_preorders_ends_with_its_day) {
    count({{"drill", "north", pieces(0), {}}});
    allow({"drill", {}, pieces(5), host_.clock.now() + 24h});
    EXPECT_TRUE(reserve("r1", {{"drill", pieces(2), {}}}));
    host_.clock.advance(24h);
    EXPECT_EQ(reserve("r2", {{"drill", pieces(1), {}}}).error().code, "out_of_stock");
    EXPECT_TRUE(allocate("r1", "order-1"));
}

TEST_P(A_policy, that_allows_it_makes_no_shortage) {
    count({{"drill", "north", pieces(5), {}}});
    allow({"drill", pieces(3)});
    reserve("r1", {{"drill", pieces(5), {}}});
    count({{"drill", "north", pieces(2), {}}});
    EXPECT_EQ(host_.published().back().type, "inventory.stock-changed");
    count({{"drill", "north", pieces(1), {}}});
    EXPECT_EQ(host_.published().back().type, "inventory.stock-short");
}

INSTANTIATE_TEST_SUITE_P(On, A_policy, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

class A_kit : public StockedShop {
protected:
    A_kit() {
        count({{"drill", "north", pieces(5), {}}, {"bit", "north", pieces(40), {}}});
        EXPECT_EQ(put({"set", {{"drill", pieces(1)}, {"bit", pieces(10)}}}).accepted, 1);
    }
    PutOutcome put(Kit kit) {
        return host_.run(inventory_.put_kits({}, {{std::move(kit)}})).value();
    }
};

TEST_P(A_kit, takes_its_parts_from_the_hold_to_the_shipment) {
    const auto held = reserve("r1", {{"set", pieces(3), {}}});
    ASSERT_TRUE(held);
    EXPECT_EQ(counters("bit", "north"), "40/30/0/10");
    EXPECT_EQ(to_json(reserve("r1", {{"set", pieces(3), {}}}).value()), to_json(held.value()));
    allocate("r1", "order-1");
    const auto some = host_.run(inventory_.release(
        {}, {"r1", std::vector<ReleasedLine>{{"set", pieces(1)}}, std::string("c1")}));
    ASSERT_TRUE(some);
    EXPECT_EQ(some->lines.at(0).released, pieces(1));
    EXPECT_EQ(counters("drill", "north"), "5/0/2/3");
    EXPECT_EQ(host_.run(inventory_.ship({}, {"r1", "s1", {{"drill", pieces(1)}}})).error().code,
              "more_than_held");
    EXPECT_EQ(host_.run(inventory_.ship({}, {"r1", "s1", {{"set", pieces(2)}}}))->status,
              ReservationStatus::shipped);
    EXPECT_EQ(counters("drill", "north"), "3/0/0/3");
    EXPECT_EQ(counters("bit", "north"), "20/0/0/20");
}

TEST_P(A_kit, is_made_of_what_was_said_last) {
    EXPECT_EQ(put({"set", {{"drill", pieces(2)}}}).accepted, 1);
    EXPECT_EQ(reserve("r1", {{"set", pieces(3), {}}}).error().errors.at(0).message,
              "set: 3 wanted, 2 left");
    EXPECT_EQ(put({"set", {}}).accepted, 1);
    EXPECT_EQ(reserve("r1", {{"set", pieces(1), {}}}).error().code, "unknown_sku");
}

TEST_P(A_kit, cannot_be_a_part_of_a_kit) {
    EXPECT_THAT(put({"box", {{"set", pieces(1)}}}).rejected, SizeIs(1));
    EXPECT_THAT(put({"drill", {{"bit", pieces(1)}}}).rejected, SizeIs(1));
}

TEST_P(A_kit, with_a_part_that_was_never_counted_is_refused) {
    put({"set", {{"drill", pieces(1)}, {"nail", pieces(1)}}});
    EXPECT_EQ(reserve("r1", {{"set", pieces(1), {}}}).error().code, "unknown_sku");
}

INSTANTIATE_TEST_SUITE_P(On, A_kit, kontor::testing::both_engines(), kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::inventory
