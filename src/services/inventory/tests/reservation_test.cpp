#include <gmock/gmock.h>

#include "services/inventory/events.hpp"
#include "services/inventory/tests/stocked_shop.hpp"

namespace kontor::inventory {
namespace {

using namespace std::chrono_literals;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto pieces = Quantity::of;

using Reserving = StockedShop;

TEST_P(Reserving, holds_each_line_in_the_place_with_most_of_those_that_serve_the_market) {
    count({{"drill", "north", pieces(5), {}},
           {"drill", "south", pieces(9), {}},
           {"drill", "de-007", pieces(50), {}},
           {"saw", "north", pieces(1), {}}});
    const auto held = reserve("r1", {{"drill", pieces(2), {}}, {"saw", pieces(1), {}}});
    ASSERT_TRUE(held);
    EXPECT_EQ(held->status, ReservationStatus::held);
    EXPECT_EQ(held->expires_at, host_.clock.now() + 900s);
    ASSERT_THAT(held->lines, SizeIs(2));
    EXPECT_EQ(held->lines[0].location, "south");
    EXPECT_EQ(held->lines[1].location, "north");
    EXPECT_EQ(counters("drill", "south"), "9/2/0/7");
    EXPECT_EQ(counters("saw", "north"), "1/1/0/0");
}

TEST_P(Reserving, at_a_named_place_asks_no_other) {
    count({{"drill", "north", pieces(5), {}}, {"drill", "de-007", pieces(1), {}}});
    EXPECT_EQ(reserve("r1", {{"drill", pieces(1), "de-007"}})->lines[0].location, "de-007");
    EXPECT_EQ(reserve("r2", {{"drill", pieces(1), "de-007"}}).error().code, "out_of_stock");
}

TEST_P(Reserving, more_than_is_on_the_shelf_is_refused_and_holds_nothing) {
    count({{"drill", "north", pieces(5), pieces(1)}, {"saw", "north", pieces(2), {}}});
    const auto refused = reserve("r1", {{"saw", pieces(1), {}}, {"drill", pieces(5), {}}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "out_of_stock");
    EXPECT_EQ(refused.error().status, 409);
    ASSERT_THAT(refused.error().errors, SizeIs(1));
    EXPECT_EQ(refused.error().errors[0].pointer, "/lines/1/quantity");
    EXPECT_EQ(refused.error().errors[0].message, "drill: 5 wanted, 4 left");
    EXPECT_EQ(counters("saw", "north"), "2/0/0/2");
    EXPECT_THAT(host_.published(), SizeIs(2));
    EXPECT_TRUE(reserve("r1", {{"saw", pieces(1), {}}, {"drill", pieces(4), {}}}));
}

TEST_P(Reserving, a_sku_that_was_never_counted_is_refused_by_name) {
    count({{"drill", "north", pieces(5), {}}});
    const auto refused = reserve("r1", {{"drill", pieces(1), {}}, {"dril", pieces(1), {}}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "unknown_sku");
    EXPECT_EQ(refused.error().errors.at(0).pointer, "/lines/1/sku");
    EXPECT_EQ(counters("drill", "north"), "5/0/0/5");
}

TEST_P(Reserving, parts_of_a_unit_is_exact) {
    count({{"cable", "north", {2450}, {}}});
    EXPECT_TRUE(reserve("r1", {{"cable", {1450}, {}}}));
    EXPECT_FALSE(reserve("r2", {{"cable", {1001}, {}}}));
    EXPECT_TRUE(reserve("r3", {{"cable", {1000}, {}}}));
}

TEST_P(Reserving, again_under_the_same_key_answers_the_same_and_holds_no_more) {
    count({{"drill", "north", pieces(5), {}}});
    const auto first = reserve("r1", {{"drill", pieces(2), {}}});
    host_.clock.advance(1min);
    const auto second = reserve("r1", {{"drill", pieces(2), {}}});
    EXPECT_EQ(to_json(first.value()), to_json(second.value()));
    EXPECT_EQ(counters("drill", "north"), "5/2/0/3");
    EXPECT_EQ(reserve("r1", {{"drill", pieces(3), {}}}).error().code, "reservation_reused");
}

TEST_P(Reserving, tells_the_cells_as_they_are_now) {
    count({{"drill", "north", pieces(5), {}}, {"drill", "south", pieces(1), {}}});
    reserve("r1", {{"drill", pieces(2), {}}});
    const auto events = host_.published();
    ASSERT_THAT(events, SizeIs(2));
    const auto event = from_json<StockChanged>(events[1].data).value();
    ASSERT_THAT(event.cells, SizeIs(1));
    EXPECT_EQ(event.cells[0].location, "north");
    EXPECT_EQ(event.cells[0].reserved, pieces(2));
    EXPECT_EQ(event.cells[0].available, pieces(3));
    EXPECT_EQ(events[1].aggregate_version, events[0].aggregate_version + 1);
}

TEST_P(Reserving, by_many_at_once_sells_exactly_what_there_is) {
    count({{"drill", "north", pieces(20), {}}, {"saw", "south", pieces(1000), {}}});
    std::vector<Task<Result<Reservation>>> buyers;
    for (int i = 0; i < 64; ++i) {
        auto lines =
            i % 2 == 0 ? std::vector<WantedLine>{{"drill", pieces(1), {}}, {"saw", pieces(1), {}}}
                       : std::vector<WantedLine>{{"saw", pieces(1), {}}, {"drill", pieces(1), {}}};
        buyers.push_back(inventory_.reserve(german_, {fmt::format("r{}", i), std::move(lines)}));
    }
    int sold = 0;
    for (const auto& answer : host_.run(when_all(std::move(buyers)))) {
        sold += answer ? 1 : 0;
        EXPECT_TRUE(answer || answer.error().code == "out_of_stock");
    }
    EXPECT_EQ(sold, 20);
    EXPECT_EQ(counters("drill", "north"), "20/20/0/0");
    EXPECT_EQ(counters("saw", "south"), "1000/20/0/980");
}

TEST_P(Reserving, lines_at_fault_are_named) {
    const auto refused = reserve("r1", {{"drill", pieces(0), {}}, {"drill", pieces(1), {}}});
    EXPECT_EQ(refused.error().code, "invalid");
    EXPECT_THAT(refused.error().errors, SizeIs(2));
}

INSTANTIATE_TEST_SUITE_P(On, Reserving, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

using A_reservation = StockedShop;

TEST_P(A_reservation, allocated_belongs_to_its_order_and_to_no_other) {
    count({{"drill", "north", pieces(5), {}}});
    reserve("r1", {{"drill", pieces(2), {}}});
    const auto allocated = allocate("r1", "order-1");
    EXPECT_EQ(allocated->status, ReservationStatus::allocated);
    EXPECT_EQ(allocated->order, "order-1");
    EXPECT_EQ(counters("drill", "north"), "5/0/2/3");
    EXPECT_EQ(to_json(allocate("r1", "order-1").value()), to_json(allocated.value()));
    EXPECT_EQ(counters("drill", "north"), "5/0/2/3");
    EXPECT_EQ(allocate("r1", "order-2").error().code, "reservation_reused");
    EXPECT_EQ(allocate("r9", "order-2").error().code, "not_found");
}

TEST_P(A_reservation, allocated_tells_nobody_since_what_can_be_promised_stays_the_same) {
    count({{"drill", "north", pieces(5), {}}});
    reserve("r1", {{"drill", pieces(2), {}}});
    const auto told = host_.published().size();
    allocate("r1", "order-1");
    EXPECT_THAT(host_.published(), SizeIs(told));
    ASSERT_TRUE(host_.run(inventory_.ship({}, {"r1", "s1", {{"drill", pieces(2)}}})));
    ASSERT_THAT(host_.published(), SizeIs(told + 1));
    const auto event = from_json<StockChanged>(host_.published().back().data).value();
    EXPECT_EQ(event.cells[0].on_hand, pieces(3));
    EXPECT_EQ(event.cells[0].allocated, pieces(0));
}

TEST_P(A_reservation, allocated_again_after_its_order_gave_it_back_holds_nothing) {
    count({{"drill", "north", pieces(5), {}}});
    reserve("r1", {{"drill", pieces(2), {}}});
    allocate("r1", "order-1");
    release("r1");
    const auto again = allocate("r1", "order-1");
    ASSERT_TRUE(again) << "the order's own allocation, delivered twice";
    EXPECT_EQ(again->status, ReservationStatus::released);
    EXPECT_EQ(counters("drill", "north"), "5/0/0/5");
    EXPECT_EQ(allocate("r1", "order-2").error().code, "reservation_ended");
}

TEST_P(A_reservation, released_gives_back_what_it_held_once) {
    count({{"drill", "north", pieces(5), {}}});
    reserve("r1", {{"drill", pieces(2), {}}});
    reserve("r2", {{"drill", pieces(1), {}}});
    allocate("r2", "order-1");
    EXPECT_EQ(release("r1")->status, ReservationStatus::released);
    EXPECT_EQ(release("r1")->status, ReservationStatus::released);
    EXPECT_EQ(counters("drill", "north"), "5/0/1/4");
    EXPECT_EQ(release("r2")->status, ReservationStatus::released);
    EXPECT_EQ(counters("drill", "north"), "5/0/0/5");
    EXPECT_EQ(allocate("r1", "order-1").error().code, "reservation_ended");
    EXPECT_EQ(reserve("r1", {{"drill", pieces(2), {}}}).error().code, "reservation_ended");
}

TEST_P(A_reservation, released_before_it_was_made_holds_nothing_when_it_arrives) {
    count({{"drill", "north", pieces(5), {}}});
    EXPECT_EQ(release("r1")->status, ReservationStatus::released);
    EXPECT_EQ(reserve("r1", {{"drill", pieces(2), {}}}).error().code, "reservation_ended");
    EXPECT_EQ(counters("drill", "north"), "5/0/0/5");
}

TEST_P(A_reservation, expires_when_its_time_is_over_unless_it_is_allocated) {
    count({{"drill", "north", pieces(500), {}}});
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(reserve(fmt::format("r{}", i), {{"drill", pieces(1), {}}}));
    }
    allocate("r7", "order-1");
    host_.clock.advance(899s);
    EXPECT_EQ(host_.run(inventory_.expire_due()), 0);
    host_.clock.advance(1s);
    EXPECT_EQ(host_.run(inventory_.expire_due()), 99);
    EXPECT_EQ(host_.run(inventory_.expire_due()), 0);
    EXPECT_EQ(counters("drill", "north"), "500/0/1/499");
    EXPECT_EQ(release("r1")->status, ReservationStatus::expired);
    EXPECT_EQ(allocate("r1", "order-2").error().code, "reservation_ended");
}

INSTANTIATE_TEST_SUITE_P(On, A_reservation, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::inventory
