#include "services/orders/life.hpp"

#include <gmock/gmock.h>

#include "services/orders/api.hpp"
#include "services/orders/standings.hpp"
#include "services/orders/tests/sample_order.hpp"

namespace kontor::orders {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr carts::LineId drills{1};
constexpr carts::LineId cable{2};
const life::Moment staff_now{{2'000}, Actor::staff};
const life::Moment shopper_now{{2'000}, Actor::shopper};

std::uint64_t next_id = 1;

Result<Shipment> ship(Order& order, std::vector<LineQuantity> lines) {
    auto shipment = life::ship(order, {order.id, std::move(lines), "DHL", "JJD01"},
                               ShipmentId{next_id++}, staff_now);
    if (shipment) {
        life::issue(order, shipment->id, fmt::format("DE-{}", next_id), staff_now);
    }
    return shipment;
}

Result<Cancellation> cancel(Order& order, std::vector<LineQuantity> lines,
                            life::Moment now = staff_now) {
    return life::cancel(order, lines, CancellationId{next_id++}, now);
}

ReturnId register_return(Order& order, std::vector<ReturnLine> lines) {
    return life::register_return(order, {order.id, std::move(lines)}, ReturnId{next_id++},
                                 staff_now)
        .value()
        .id;
}

Money sum_of_invoices(const Order& order) {
    Money sum = euros(0);
    for (const auto& invoice : order.invoices) {
        EXPECT_EQ(invoice.total.net + invoice.total.taxes[0].amount, invoice.total.gross);
        sum += invoice.total.gross;
    }
    return sum;
}

TEST(An_order, ships_in_parts_whose_invoices_add_up_to_it) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {{drills, Quantity::of(2)}, {cable, {1000}}}));
    EXPECT_EQ(order.status, OrderStatus::partly_shipped);
    ASSERT_TRUE(ship(order, {{drills, Quantity::of(1)}}));
    ASSERT_TRUE(ship(order, {}));
    EXPECT_EQ(order.status, OrderStatus::shipped);
    EXPECT_EQ(order.shipments[2].lines.size(), 2U);
    EXPECT_EQ(sum_of_invoices(order), order.total.gross);
}

TEST(An_order, ships_no_more_than_is_left_of_a_line) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {{drills, Quantity::of(3)}}));
    ASSERT_TRUE(cancel(order, {{drills, Quantity::of(1)}}));
    const auto before = to_json(order);
    const auto refused = ship(order, {{cable, {2450}}, {drills, Quantity::of(2)}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "more_than_left");
    EXPECT_THAT(refused.error().errors,
                ElementsAre(FieldError{"/lines/1",
                                       "2 of DRILL: only 1 left to ship; 5 ordered, 3 shipped, 1 "
                                       "cancelled"}));
    EXPECT_EQ(to_json(order), before);
}

TEST(An_order, counts_a_line_that_is_named_twice_twice) {
    auto order = sample_order();
    EXPECT_EQ(ship(order, {{drills, Quantity::of(3)}, {drills, Quantity::of(3)}}).error().code,
              "more_than_left");
}

TEST(An_order, that_waits_for_its_transfer_does_not_ship_and_does_once_it_arrived) {
    auto order = sample_order(payments::Method::prepayment);
    EXPECT_EQ(order.status, OrderStatus::awaiting_payment);
    EXPECT_EQ(ship(order, {}).error().code, "not_now");
    ASSERT_TRUE(life::note_authorized(order, order.total.gross, {1'500}));
    EXPECT_FALSE(life::note_authorized(order, order.total.gross, {1'500}));
    EXPECT_EQ(order.status, OrderStatus::placed);
    EXPECT_TRUE(ship(order, {}));
}

TEST(An_order, cancelled_whole_is_cancelled_and_cancelled_in_part_ships_the_rest) {
    auto whole = sample_order();
    ASSERT_TRUE(cancel(whole, {}));
    EXPECT_EQ(whole.status, OrderStatus::cancelled);
    EXPECT_EQ(ship(whole, {}).error().code, "not_now");

    auto part = sample_order();
    const auto cancelled = cancel(part, {{cable, {2450}}});
    EXPECT_EQ(cancelled->lines[0].gross, euros(365));
    EXPECT_EQ(part.status, OrderStatus::placed);
    ASSERT_TRUE(ship(part, {}));
    EXPECT_EQ(part.status, OrderStatus::shipped);
    EXPECT_EQ(sum_of_invoices(part) + euros(365), part.total.gross);
}

TEST(An_order, is_no_longer_the_shoppers_to_cancel_once_a_part_was_shipped) {
    auto order = sample_order();
    ASSERT_TRUE(cancel(order, {{drills, Quantity::of(1)}}, shopper_now));
    ASSERT_TRUE(ship(order, {{drills, Quantity::of(1)}}));
    EXPECT_EQ(cancel(order, {}, shopper_now).error().code, "not_now");
    EXPECT_TRUE(cancel(order, {}));
    EXPECT_EQ(order.status, OrderStatus::shipped);
}

TEST(An_order, tells_what_happened_to_it_in_order) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {{drills, Quantity::of(5)}}));
    ASSERT_TRUE(cancel(order, {}));
    std::vector<Happening> told;
    for (const auto& entry : order.timeline) {
        told.push_back(entry.what);
    }
    EXPECT_THAT(told, ElementsAre(Happening::placed, Happening::shipment_dispatched,
                                  Happening::lines_cancelled));
}

TEST(A_shipment, that_was_lost_may_be_found_but_a_delivered_one_stays_so) {
    auto order = sample_order();
    const auto parcel = ship(order, {})->id;
    const auto become = [&](ShipmentStatus status) {
        return life::change(order, {order.id, parcel, status}, staff_now).has_value();
    };
    EXPECT_TRUE(become(ShipmentStatus::lost));
    EXPECT_TRUE(become(ShipmentStatus::delivered));
    EXPECT_FALSE(become(ShipmentStatus::lost));
    EXPECT_FALSE(become(ShipmentStatus::dispatched));
}

TEST(A_return, takes_no_more_than_was_shipped_announced_ones_included) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {{drills, Quantity::of(3)}}));
    register_return(order, {{drills, Quantity::of(2), ReturnReason::defective}});
    const auto refused =
        life::register_return(order, {order.id, {{drills, Quantity::of(2), ReturnReason::other}}},
                              ReturnId{99}, staff_now);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message,
              "2 of DRILL: only 1 left to return; 3 sent, 2 announced, 0 returned");
}

TEST(A_return, is_worth_what_its_goods_cost_and_all_of_them_what_was_shipped) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {}));
    const auto first = register_return(order, {{cable, {1000}, ReturnReason::changed_mind}});
    const auto came = life::receive(
        order, {order.id, first, "warehouse", {{cable, {1000}, Condition::damaged}}}, staff_now);
    EXPECT_EQ(life::worth(order, *came), euros(149));
    const auto second =
        register_return(order, {{cable, {1450}, {}}, {drills, Quantity::of(5), {}}});
    const auto rest = life::receive(order,
                                    {order.id,
                                     second,
                                     "warehouse",
                                     {{cable, {1450}, Condition::resalable},
                                      {drills, Quantity::of(4), Condition::resalable},
                                      {drills, Quantity::of(1), Condition::damaged}}},
                                    staff_now);
    ASSERT_TRUE(rest) << rest.error().message;
    EXPECT_EQ(life::worth(order, *came) + life::worth(order, *rest), order.total.gross);
}

TEST(A_return, of_which_less_arrived_leaves_the_rest_to_be_announced_again) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {}));
    const auto id = register_return(order, {{drills, Quantity::of(2), {}}});
    EXPECT_EQ(life::receive(order, {order.id, id, "w", {{drills, Quantity::of(3), {}}}}, staff_now)
                  .error()
                  .code,
              "more_than_left");
    ASSERT_TRUE(
        life::receive(order, {order.id, id, "w", {{drills, Quantity::of(1), {}}}}, staff_now));
    EXPECT_EQ(Standings(order).find(drills)->left_to_return(), Quantity::of(4));
    EXPECT_EQ(life::withdraw(order, id, staff_now).error().code, "not_now");
}

TEST(A_refund, is_at_most_what_was_captured_and_not_paid_back) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {}));
    EXPECT_EQ(life::refundable(order), euros(0));
    life::note_captured(order, "shp", order.total.gross, order.total.gross, {3'000});
    const auto part =
        life::refund(order, {order.id, euros(360), std::nullopt, {}}, RefundId{1}, staff_now);
    EXPECT_EQ(part->amount, euros(360));
    const auto refused =
        life::refund(order, {order.id, euros(10'001), std::nullopt, {}}, RefundId{2}, staff_now);
    EXPECT_THAT(refused.error().message, HasSubstr("at most 100.00 EUR, of 103.60 EUR captured"));
    const auto rest =
        life::refund(order, {order.id, std::nullopt, std::nullopt, {}}, RefundId{3}, staff_now);
    EXPECT_EQ(rest->amount, euros(10'000));
    EXPECT_EQ(
        life::refund(order, {order.id, std::nullopt, std::nullopt, {}}, RefundId{4}, staff_now)
            .error()
            .code,
        "more_than_left");
}

TEST(A_refund, for_a_return_is_what_it_is_worth_and_given_once) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {}));
    life::note_captured(order, "shp", order.total.gross, order.total.gross, {3'000});
    const auto id = register_return(order, {{drills, Quantity::of(1), {}}});
    const RequestRefund wanted{order.id, std::nullopt, id, RefundReason::goodwill};
    EXPECT_EQ(life::refund(order, wanted, RefundId{1}, staff_now).error().code, "not_now");
    ASSERT_TRUE(
        life::receive(order, {order.id, id, "w", {{drills, Quantity::of(1), {}}}}, staff_now));
    const auto refund = life::refund(order, wanted, RefundId{1}, staff_now);
    EXPECT_EQ(refund->amount, euros(1999));
    EXPECT_EQ(refund->reason, RefundReason::returned);
    EXPECT_EQ(life::refund(order, wanted, RefundId{2}, staff_now).error().code, "not_now");
    life::note_refunded(order, to_text(RefundId{1}), euros(1999), euros(1999), {4'000});
    EXPECT_EQ(order.refunds[0].status, RefundStatus::issued);
    EXPECT_EQ(order.payment.refunded, euros(1999));
}

/// Two drills that came back, one of them damaged.
ReturnId returned_drills(Order& order) {
    const auto id = register_return(order, {{drills, Quantity::of(2), {}}});
    life::receive(order,
                  {order.id,
                   id,
                   "w",
                   {{drills, Quantity::of(1), Condition::resalable},
                    {drills, Quantity::of(1), Condition::damaged}}},
                  staff_now)
        .value();
    return id;
}

Result<Exchange> exchange(Order& order, ReturnId id) {
    return life::exchange(order, {order.id, id}, ExchangeId{next_id++}, staff_now);
}

Result<Exchange> become(Order& order, const Exchange& exchange, ExchangeStatus status) {
    return life::change(order, {order.id, exchange.id, status, "DHL", "JJD02"}, staff_now);
}

TEST(An_exchange, sends_all_that_came_back_once_and_then_it_is_not_paid_back) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {}));
    life::note_captured(order, "shp", order.total.gross, order.total.gross, {3'000});
    const auto announced = register_return(order, {{cable, {1000}, {}}});
    EXPECT_EQ(exchange(order, announced).error().code, "not_now");
    const auto id = returned_drills(order);
    const auto agreed = exchange(order, id);
    ASSERT_EQ(agreed->lines.size(), 1U);
    EXPECT_EQ(agreed->lines[0].quantity, Quantity::of(2));
    EXPECT_EQ(exchange(order, id).error().code, "not_now");
    EXPECT_THAT(life::refund(order, {order.id, std::nullopt, id, {}}, RefundId{1}, staff_now)
                    .error()
                    .message,
                HasSubstr("was exchanged already"));
}

TEST(An_exchange, that_was_cancelled_or_lost_leaves_its_return_to_be_paid_back_or_exchanged) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {}));
    life::note_captured(order, "shp", order.total.gross, order.total.gross, {3'000});
    const auto id = returned_drills(order);
    const auto first = *exchange(order, id);
    ASSERT_TRUE(become(order, first, ExchangeStatus::cancelled));
    EXPECT_EQ(become(order, first, ExchangeStatus::dispatched).error().code, "not_now");
    const auto second = *exchange(order, id);
    EXPECT_NE(life::reservation_of(order, first), life::reservation_of(order, second));
    ASSERT_TRUE(become(order, second, ExchangeStatus::dispatched));
    ASSERT_TRUE(become(order, second, ExchangeStatus::lost));
    EXPECT_EQ(life::refund(order, {order.id, std::nullopt, id, {}}, RefundId{1}, staff_now)->amount,
              euros(2L * 1999));
    EXPECT_EQ(exchange(order, id).error().code, "not_now");
}

TEST(An_exchange, may_come_back_in_turn_once_it_was_dispatched_and_is_worth_what_was_paid) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {}));
    const auto agreed = *exchange(order, returned_drills(order));
    EXPECT_EQ(Standings(order).find(drills)->left_to_return(), Quantity::of(3));
    ASSERT_TRUE(become(order, agreed, ExchangeStatus::dispatched));
    const auto all = register_return(order, {{drills, Quantity::of(5), {}}});
    const auto refused = become(order, agreed, ExchangeStatus::lost);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("its goods came back"));
    const auto came =
        life::receive(order, {order.id, all, "w", {{drills, Quantity::of(5), {}}}}, staff_now);
    EXPECT_EQ(life::worth(order, *came), euros(5L * 1999));
}

TEST(An_orders_payment, is_paid_once_all_is_captured_and_its_transfer_has_come) {
    auto order = sample_order();
    ASSERT_TRUE(ship(order, {{drills, Quantity::of(5)}}));
    life::note_captured(order, "shp_1", euros(9995), euros(9995), {3'000});
    life::note_received(order, euros(9995), euros(9995), {4'000});
    EXPECT_EQ(order.payment.status, payments::Status::authorized);
    ASSERT_TRUE(cancel(order, {}));
    life::note_cancelled(order, {5'000});
    EXPECT_EQ(order.payment.status, payments::Status::paid);
}

TEST(The_money_of_a_line, is_shared_out_without_loss_whatever_taxes_are_rounded_over) {
    auto order = sample_order();
    // Three lines of 0.33 net: the document's tax of 0.19 is more than thrice that of a line.
    order.lines = {sample_line(1, "A", Quantity::of(1), 33), sample_line(2, "B", {1500}, 22),
                   sample_line(3, "C", Quantity::of(3), 11)};
    order.total = {
        .net = euros(99), .gross = euros(118), .taxes = {{{1900}, euros(99), euros(19)}}};
    Money gross = euros(0);
    Money net = euros(0);
    for (const auto& amounts : agreed_amounts(order)) {
        gross += amounts.gross;
        net += amounts.net;
    }
    EXPECT_EQ(gross, euros(118));
    EXPECT_EQ(net, euros(99));
}

TEST(Every_status, that_lines_and_payment_lead_to_may_follow_the_one_before) {
    using enum OrderStatus;
    EXPECT_TRUE(life::may_follow(awaiting_payment, cancelled));
    EXPECT_TRUE(life::may_follow(placed, shipped));
    EXPECT_FALSE(life::may_follow(partly_shipped, cancelled));
    EXPECT_FALSE(life::may_follow(shipped, placed));
    EXPECT_FALSE(life::may_follow(cancelled, placed));
}

TEST(An_invoice_number, names_market_year_and_a_number_of_six_digits_or_more) {
    EXPECT_EQ(invoice_number("de", 2026, 42), "DE-2026-000042");
    EXPECT_EQ(invoice_number("ch", 2027, 1'234'567), "CH-2027-1234567");
}

}  // namespace
}  // namespace kontor::orders
