#include "journeys/shop.hpp"

namespace kontor::journeys {
namespace {

using carts::Carts;

struct A_cart : ::testing::TestWithParam<Where> {
    Shop shop{GetParam()};
    Carts& carts = shop.ask<Carts>();
    carts::Cart cart = shop.must(carts.create(shop.shopper(), {}));
    Context mine = shop.shopper(*cart.token);

    Result<carts::Cart> add(std::string sku, Quantity quantity) {
        return shop.run(carts.add_line(mine, {cart.id, std::move(sku), quantity}));
    }
};

TEST_P(A_cart, opens_with_its_secret_only) {
    EXPECT_EQ(shop.run(carts.cart(shop.shopper(), {cart.id})).error().code, "unauthorized");
    EXPECT_EQ(shop.run(carts.cart(shop.shopper("wrong"), {cart.id})).error().code, "not_found");
    const auto mine_again = shop.must(carts.cart(mine, {cart.id}));
    EXPECT_FALSE(mine_again.token) << "the secret is told once";
}

TEST_P(A_cart, adds_the_same_sku_to_its_line_and_sums_net_tax_and_gross) {
    ASSERT_TRUE(add(Shop::drill, Quantity::of(1)));
    const auto changed = add(Shop::drill, Quantity::of(2));
    ASSERT_TRUE(changed);
    ASSERT_EQ(changed->lines.size(), 1U);
    EXPECT_EQ(changed->lines[0].quantity, Quantity::of(3));
    EXPECT_EQ(changed->total.gross, Money(29'997, Currency("EUR")));
    EXPECT_EQ(changed->total.taxes[0].rate, BasisPoints{1900});
    EXPECT_EQ(changed->total.taxes[0].amount, Money(4'789, Currency("EUR")));
    EXPECT_EQ(changed->version, 3U);
}

TEST_P(A_cart, takes_cable_by_the_metre_in_its_steps) {
    EXPECT_EQ(add(Shop::cable, {2450})->total.gross, Money(365, Currency("EUR")));
    EXPECT_EQ(add(Shop::cable, {20}).error().code, "bad_quantity");
    EXPECT_EQ(add("no-such-sku", Quantity::of(1)).error().code, "not_sold");
}

TEST_P(A_cart, changes_and_removes_lines) {
    const auto line = add(Shop::drill, Quantity::of(1))->lines[0].id;
    EXPECT_EQ(
        shop.must(carts.change_line(mine, {cart.id, line, Quantity::of(5)})).lines[0].quantity,
        Quantity::of(5));
    EXPECT_TRUE(shop.must(carts.remove_line(mine, {cart.id, line})).lines.empty());
    EXPECT_EQ(shop.run(carts.remove_line(mine, {cart.id, line})).error().code, "not_found");
}

TEST_P(A_cart, takes_no_less_than_nothing_and_no_more_than_it_can_count) {
    ASSERT_TRUE(add(Shop::drill, Quantity::of(3)));
    EXPECT_EQ(add(Shop::drill, Quantity::of(-1)).error().code, "bad_quantity");
    EXPECT_EQ(add(Shop::drill, {INT64_MAX}).error().code, "bad_quantity");
    EXPECT_EQ(shop.must(carts.cart(mine, {cart.id})).lines[0].quantity, Quantity::of(3));
}

TEST_P(A_cart, shows_and_sums_at_todays_price_what_is_set_again) {
    const auto line = add(Shop::drill, Quantity::of(1))->lines[0].id;
    shop.must(shop.ask<pricing::Pricing>().put_prices(
        shop.shopper(),
        {{{.sku = Shop::drill, .market = "de", .amount = {10'999, Currency("EUR")}}}}));
    shop.settle();
    EXPECT_EQ(shop.must(carts.cart(mine, {cart.id})).total.gross, Money(9'999, Currency("EUR")));
    const auto again = shop.must(carts.change_line(mine, {cart.id, line, Quantity::of(1)}));
    EXPECT_EQ(again.total.gross, Money(10'999, Currency("EUR")));
}

TEST_P(A_cart, takes_no_line_in_another_currency_than_it_began_with) {
    ASSERT_TRUE(add(Shop::drill, Quantity::of(1)));
    auto market = shop.must(shop.ask<stores::Stores>().market(shop.shopper(), {"de"}));
    market.currency = Currency("CHF");
    shop.must(shop.ask<stores::Stores>().put_markets(shop.shopper(), {{market}}));
    shop.settle();
    EXPECT_EQ(add(Shop::drill, Quantity::of(1)).error().code, "market_changed");
}

TEST_P(A_cart, refuses_a_change_of_another_version_than_the_one_named) {
    auto stale = mine;
    stale.if_match = 7;
    EXPECT_EQ(shop.run(carts.add_line(stale, {cart.id, Shop::drill, Quantity::of(1)})).error().code,
              "precondition_failed");
}

INSTANTIATE_TEST_SUITE_P(On, A_cart, everywhere(), where_name);

}  // namespace
}  // namespace kontor::journeys
