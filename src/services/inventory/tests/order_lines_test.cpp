#include <gmock/gmock.h>

#include "services/inventory/events.hpp"
#include "services/inventory/tests/stocked_shop.hpp"

namespace kontor::inventory {
namespace {

using namespace std::chrono_literals;
using ::testing::SizeIs;

constexpr auto pieces = Quantity::of;

class Lines_of_an_order : public StockedShop {
protected:
    Lines_of_an_order() {
        count({{"drill", "north", pieces(5), {}}, {"saw", "south", pieces(9), {}}});
        EXPECT_TRUE(reserve("r1", {{"drill", pieces(2), {}}, {"saw", pieces(3), {}}}));
    }
    Result<Reservation> release_some(std::string reference, std::vector<ReleasedLine> lines) {
        return host_.run(inventory_.release({}, {"r1", std::move(lines), std::move(reference)}));
    }
    Result<Reservation> ship(std::string shipment, std::vector<ShippedLine> lines) {
        return host_.run(inventory_.ship({}, {"r1", std::move(shipment), std::move(lines)}));
    }
};

TEST_P(Lines_of_an_order, are_released_one_by_one_and_once_under_each_reference) {
    allocate("r1", "order-1");
    const auto first = release_some("c1", {{"saw", pieces(1)}});
    ASSERT_TRUE(first);
    EXPECT_EQ(first->status, ReservationStatus::allocated);
    EXPECT_EQ(first->lines.at(1).quantity, pieces(3));
    EXPECT_EQ(first->lines.at(1).released, pieces(1));
    EXPECT_EQ(to_json(release_some("c1", {{"saw", pieces(1)}}).value()), to_json(first.value()));
    EXPECT_EQ(counters("saw", "south"), "9/0/2/7");
    EXPECT_EQ(release_some("c1", {{"saw", pieces(2)}}).error().code, "reservation_reused");
    EXPECT_EQ(release_some("c2", {{"saw", pieces(2)}, {"drill", pieces(2)}})->status,
              ReservationStatus::released);
    EXPECT_EQ(counters("saw", "south"), "9/0/0/9");
    EXPECT_EQ(counters("drill", "north"), "5/0/0/5");
}

TEST_P(Lines_of_an_order, are_given_back_from_where_they_are_held) {
    EXPECT_TRUE(release_some("c1", {{"saw", pieces(1)}}));
    EXPECT_EQ(counters("saw", "south"), "9/2/0/7");
    allocate("r1", "order-1");
    EXPECT_EQ(counters("saw", "south"), "9/0/2/7");
    EXPECT_EQ(release("r1")->status, ReservationStatus::released);
    EXPECT_EQ(counters("saw", "south"), "9/0/0/9");
}

TEST_P(Lines_of_an_order, of_which_less_is_held_are_refused_by_name_and_all_stay) {
    const auto refused = release_some("c1", {{"drill", pieces(1)}, {"saw", pieces(4)}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "more_than_held");
    EXPECT_EQ(refused.error().errors.at(0).pointer, "/lines/1/quantity");
    EXPECT_EQ(refused.error().errors.at(0).message, "saw: 4 wanted, 3 still held");
    EXPECT_EQ(release_some("c1", {{"nail", pieces(1)}}).error().code, "more_than_held");
    EXPECT_EQ(release_some("c1", {{"saw", pieces(0)}}).error().code, "invalid");
    EXPECT_EQ(counters("drill", "north"), "5/2/0/3");
    const std::vector<ReleasedLine> one_saw{{"saw", pieces(1)}};
    EXPECT_EQ(host_.run(inventory_.release({}, {"r1", one_saw, {}})).error().code, "invalid");
    EXPECT_EQ(host_.run(inventory_.release({}, {"r9", one_saw, "c1"})).error().code, "not_found");
}

TEST_P(Lines_of_an_order, that_are_shipped_leave_the_place_once_under_each_shipment) {
    EXPECT_EQ(ship("s1", {{"saw", pieces(2)}}).error().code, "not_allocated");
    allocate("r1", "order-1");
    const auto first = ship("s1", {{"saw", pieces(2)}});
    ASSERT_TRUE(first);
    EXPECT_EQ(first->status, ReservationStatus::allocated);
    EXPECT_EQ(first->lines.at(1).shipped, pieces(2));
    EXPECT_EQ(to_json(ship("s1", {{"saw", pieces(2)}}).value()), to_json(first.value()));
    EXPECT_EQ(counters("saw", "south"), "7/0/1/6");
    EXPECT_EQ(ship("s1", {{"saw", pieces(1)}}).error().code, "reservation_reused");
    EXPECT_EQ(ship("s2", {{"saw", pieces(2)}}).error().code, "more_than_held");
    EXPECT_TRUE(release_some("s1", {{"saw", pieces(1)}}));
    EXPECT_EQ(ship("s2", {{"drill", pieces(2)}})->status, ReservationStatus::shipped);
    EXPECT_EQ(counters("drill", "north"), "3/0/0/3");
    EXPECT_EQ(ship("s2", {{"drill", pieces(2)}})->status, ReservationStatus::shipped);
    EXPECT_EQ(allocate("r1", "order-1")->status, ReservationStatus::shipped);
    EXPECT_EQ(release("r1")->status, ReservationStatus::shipped);
    EXPECT_EQ(counters("drill", "north"), "3/0/0/3");
}

TEST_P(Lines_of_an_order, whose_rest_was_released_as_a_whole_are_gone) {
    allocate("r1", "order-1");
    EXPECT_TRUE(ship("s1", {{"saw", pieces(1)}}));
    const auto released = release("r1");
    EXPECT_EQ(released->status, ReservationStatus::shipped);
    EXPECT_EQ(released->lines.at(1).released, pieces(2));
    EXPECT_EQ(ship("s2", {{"saw", pieces(1)}}).error().code, "more_than_held");
    EXPECT_EQ(release_some("c1", {{"drill", pieces(1)}}).error().code, "more_than_held");
    EXPECT_EQ(counters("saw", "south"), "8/0/0/8");
    EXPECT_EQ(counters("drill", "north"), "5/0/0/5");
}

TEST_P(Lines_of_an_order, that_nobody_counted_in_ship_all_the_same) {
    allocate("r1", "order-1");
    count({{"saw", "south", pieces(1), {}}});
    EXPECT_TRUE(ship("s1", {{"saw", pieces(3)}}));
    EXPECT_EQ(counters("saw", "south"), "0/0/0/0");
}

TEST_P(Lines_of_an_order, whose_hold_is_extended_stay_longer_and_never_shorter) {
    const auto extend = [&](std::int64_t seconds) {
        return host_.run(inventory_.extend({}, {"r1", seconds}));
    };
    const auto start = host_.clock.now();
    EXPECT_EQ(extend(60)->expires_at, start + 900s);
    EXPECT_EQ(extend(1'800)->expires_at, start + 1'800s);
    host_.clock.advance(900s);
    EXPECT_EQ(host_.run(inventory_.expire_due()), 0);
    host_.clock.advance(900s);
    EXPECT_EQ(host_.run(inventory_.expire_due()), 1);
    EXPECT_EQ(extend(60).error().code, "reservation_ended");
    EXPECT_EQ(host_.run(inventory_.extend({}, {"r9", 60})).error().code, "not_found");
}

TEST_P(Lines_of_an_order, tell_when_their_time_was_over) {
    host_.clock.advance(900s);
    host_.run(inventory_.expire_due());
    const auto last = host_.published().back();
    EXPECT_EQ(last.type, "inventory.reservation-expired");
    EXPECT_EQ(last.aggregate, "r1");
    EXPECT_EQ(from_json<ReservationExpired>(last.data)->reservation, "r1");
}

TEST_P(Lines_of_an_order, that_came_back_lie_on_the_shelf_again_once_under_each_key) {
    const RestockGoods goods{"return-1",
                             {{"drill", pieces(1), "north"}, {"drill", pieces(2), "de-007"}}};
    EXPECT_EQ(host_.run(inventory_.restock({}, goods))->accepted, 2);
    const auto again = host_.run(inventory_.restock({}, goods)).value();
    EXPECT_EQ(again.accepted, 0);
    EXPECT_EQ(again.unchanged, 2);
    EXPECT_EQ(counters("drill", "north"), "6/2/0/4");
    EXPECT_EQ(counters("drill", "de-007"), "2/0/0/2");
    const auto other = host_.run(inventory_.restock({}, {"return-1", {{"saw", {500}, "north"}}}));
    EXPECT_THAT(other->rejected, SizeIs(1));
    const auto none = host_.run(inventory_.restock({}, {"return-2", {{"saw", {}, "north"}}}));
    EXPECT_EQ(none->rejected.at(0).pointer, "/quantity");
}

TEST_P(Lines_of_an_order, that_a_count_no_longer_finds_are_told_as_short) {
    count({{"saw", "south", pieces(1), {}}});
    const auto last = host_.published().back();
    EXPECT_EQ(last.type, "inventory.stock-short");
    const auto event = from_json<StockShort>(last.data).value();
    EXPECT_EQ(event.sku, "saw");
    EXPECT_EQ(event.location, "south");
    EXPECT_EQ(event.on_hand, pieces(1));
    EXPECT_EQ(event.promised, pieces(3));
}

INSTANTIATE_TEST_SUITE_P(On, Lines_of_an_order, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::inventory
