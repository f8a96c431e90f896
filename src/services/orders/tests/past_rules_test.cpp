#include "services/orders/past_rules.hpp"

#include <gmock/gmock.h>

#include "services/orders/life.hpp"

namespace kontor::orders {
namespace {

const Currency eur("EUR");

Money euros(std::int64_t cents) {
    return {cents, eur};
}

PastOrder past_order() {
    return {.number = "32053127496",
            .market = "de",
            .placed_at = *parse_timestamp("2017-02-28T22:31:57Z"),
            .lines = {{.sku = "drill",
                       .name = "Bohrer",
                       .quantity = Quantity::of(3),
                       .gross = euros(10'000),
                       .tax_rate = {1900}},
                      {.sku = "book",
                       .name = {},
                       .quantity = {2450},
                       .gross = euros(365),
                       .tax_rate = {700}}}};
}

Order recorded(const PastOrder& past) {
    return order_of(past, [next = std::uint64_t{1}]() mutable { return next++; });
}

TEST(A_past_order, is_shipped_and_invoiced_under_its_number_on_its_day) {
    const auto order = recorded(past_order());
    EXPECT_EQ(order.status, OrderStatus::shipped);
    EXPECT_EQ(order.placed_at, past_order().placed_at);
    ASSERT_EQ(order.invoices.size(), 1U);
    EXPECT_EQ(order.invoices[0].number, "32053127496");
    EXPECT_EQ(order.invoices[0].issued_at, past_order().placed_at);
    EXPECT_EQ(order.invoices[0].total, order.total);
}

TEST(A_past_order, has_the_taxes_that_its_prices_contain) {
    const auto total = recorded(past_order()).total;
    EXPECT_EQ(total.gross, euros(10'365));
    EXPECT_EQ(total.net, euros(8403 + 341));
    ASSERT_EQ(total.taxes.size(), 2U);
    EXPECT_EQ(total.taxes[0], (carts::Tax{{700}, euros(341), euros(24)}));
    EXPECT_EQ(total.taxes[1], (carts::Tax{{1900}, euros(8403), euros(1597)}));
}

TEST(A_past_order, may_come_back_piece_by_piece_for_exactly_what_it_cost) {
    auto order = recorded(past_order());
    Money worth = euros(0);
    for (std::uint64_t piece = 1; piece <= 3; ++piece) {
        const auto line = order.lines[0].id;
        const ReturnId id{piece};
        ASSERT_TRUE(
            life::register_return(order, {order.id, {{line, Quantity::of(1), {}}}}, id, {}));
        const auto back = life::receive(
            order, {order.id, id, "de-001", {{line, Quantity::of(1), Condition::damaged}}}, {});
        worth += life::worth(order, back.value());
    }
    EXPECT_EQ(worth, euros(10'000));
}

TEST(A_past_order, that_came_again_is_the_same_only_if_nothing_differs) {
    const auto order = recorded(past_order());
    EXPECT_TRUE(is_same(order, past_order()));
    auto other = past_order();
    other.lines[1].gross = euros(366);
    EXPECT_FALSE(is_same(order, other));
    other = past_order();
    other.lines.pop_back();
    EXPECT_FALSE(is_same(order, other));
}

TEST(A_past_order, of_nothing_below_nothing_or_in_two_currencies_is_at_fault) {
    EXPECT_EQ(fault_of(past_order()), std::nullopt);
    const auto fault_with = [](auto change) {
        auto past = past_order();
        change(past.lines[1]);
        const auto fault = fault_of(past);
        return fault ? fault->pointer : "";
    };
    EXPECT_EQ(fault_with([](PastLine& line) { line.quantity = {}; }), "/lines/1/quantity");
    EXPECT_EQ(fault_with([](PastLine& line) { line.gross = euros(-1); }), "/lines/1/gross");
    EXPECT_EQ(fault_with([](PastLine& line) { line.gross = {1, Currency("CHF")}; }),
              "/lines/1/gross");
}

}  // namespace
}  // namespace kontor::orders
