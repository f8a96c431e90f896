#include "journeys/shop.hpp"
#include "services/orders/events.hpp"
#include "services/orders/subscriptions.hpp"

namespace kontor::journeys {
namespace {

using orders::Order;

struct A_purchase : ::testing::TestWithParam<Where> {
    Shop shop{GetParam()};

    Task<Result<Order>> place(const carts::Cart& cart, std::string key) {
        auto context = shop.shopper(*cart.token);
        context.idempotency_key = std::move(key);
        return shop.ask<orders::Orders>().place(std::move(context), {cart.id, cart.version});
    }
};

TEST_P(A_purchase, goes_from_finding_the_drill_to_an_order_that_its_owner_can_read) {
    const auto found = shop.must(
        shop.ask<discovery::Discovery>().products(shop.shopper(), {.q = "akkubohrschrauber"}));
    const auto page = from_json<discovery::ProductPage>(found.json);
    ASSERT_TRUE(page) << page.error().message;
    ASSERT_EQ(page->items.size(), 1U);
    EXPECT_EQ(page->items[0].name, "Akku-Bohrschrauber 18 V");
    EXPECT_EQ(page->items[0].variants[0].price, Money(9999, Currency("EUR")));

    const auto cart = shop.ready_cart();
    EXPECT_EQ(cart.total.gross, Money(9999 + 365, Currency("EUR")));
    EXPECT_EQ(cart.total.net + cart.total.taxes[0].amount, cart.total.gross);

    const auto order = shop.must(place(cart, "key-1"));
    EXPECT_EQ(order.total, cart.total);
    EXPECT_EQ(order.status, orders::OrderStatus::awaiting_payment);
    const auto read =
        shop.must(shop.ask<orders::Orders>().order(shop.shopper(*cart.token), {order.id}));
    EXPECT_EQ(to_json(read), to_json(order));
    EXPECT_EQ(
        shop.run(shop.ask<orders::Orders>().order(shop.shopper("other"), {order.id})).error().code,
        "not_found");
}

TEST_P(A_purchase, allocates_its_stock_opens_its_payment_and_closes_its_cart) {
    const auto cart = shop.ready_cart();
    const auto order = shop.must(place(cart, "key-1"));
    shop.settle();
    const auto left = shop.stock(Shop::drill, "warehouse");
    EXPECT_EQ(left.available, Quantity::of(19));
    EXPECT_EQ(left.reserved, Quantity{});
    EXPECT_EQ(left.allocated, Quantity::of(1));
    const auto payment =
        shop.must(shop.ask<payments::Payments>().payment(shop.shopper(), {to_text(order.id)}));
    EXPECT_EQ(payment.amount, order.total.gross);
    EXPECT_EQ(payment.reference, order.number);
    const auto closed =
        shop.must(shop.ask<carts::Carts>().cart(shop.shopper(*cart.token), {cart.id}));
    EXPECT_EQ(closed.status, carts::CartStatus::ordered);
    EXPECT_EQ(closed.order, to_text(order.id));
}

TEST_P(A_purchase, placed_again_under_the_same_or_another_key_is_the_same_order) {
    const auto cart = shop.ready_cart();
    const auto first = shop.must(place(cart, "key-1"));
    EXPECT_EQ(to_json(shop.must(place(cart, "key-1"))), to_json(first));
    EXPECT_EQ(to_json(shop.must(place(cart, "key-2"))), to_json(first));
    shop.settle();
    EXPECT_EQ(shop.stock(Shop::drill, "warehouse").allocated, Quantity::of(1));
}

TEST_P(A_purchase, of_a_cart_that_is_not_what_the_shopper_saw_is_refused_with_its_state) {
    auto cart = shop.ready_cart();
    shop.must(shop.ask<carts::Carts>().add_line(shop.shopper(*cart.token),
                                                {cart.id, Shop::drill, Quantity::of(1)}));
    const auto placed = shop.run(place(cart, "key-1"));
    ASSERT_FALSE(placed);
    EXPECT_EQ(placed.error().code, "cart_changed");
    EXPECT_EQ(from_json<carts::Cart>(placed.error().state)->version, cart.version + 1);
}

TEST_P(A_purchase, at_a_price_that_has_changed_is_refused_and_holds_no_stock) {
    const auto cart = shop.ready_cart();
    shop.must(shop.ask<pricing::Pricing>().put_prices(
        shop.shopper(),
        {{{.sku = Shop::drill, .market = "de", .amount = {10'999, Currency("EUR")}}}}));
    const auto placed = shop.run(place(cart, "key-1"));
    ASSERT_FALSE(placed);
    EXPECT_EQ(placed.error().code, "price_changed");
    EXPECT_EQ(placed.error().errors[0].pointer, "/lines/0/unit_price");
    EXPECT_EQ(shop.stock(Shop::drill, "warehouse").available, Quantity::of(20));
}

TEST_P(A_purchase, at_a_tax_rate_that_has_changed_is_refused_until_the_line_is_set_again) {
    auto cart = shop.ready_cart();
    shop.must(shop.ask<pricing::Pricing>().put_tax_rates(
        shop.shopper(), {{{.market = "de",
                           .tax_class = "standard",
                           .rate = {1600},
                           .valid_from = *parse_date("2007-01-01")}}}));
    shop.settle();
    const auto placed = shop.run(place(cart, "key-1"));
    ASSERT_FALSE(placed);
    EXPECT_EQ(placed.error().code, "price_changed");
    EXPECT_EQ(placed.error().errors[0].pointer, "/lines/0/tax_rate");
    const auto token = cart.token;
    for (const auto& line : auto(cart.lines)) {
        cart = shop.must(shop.ask<carts::Carts>().change_line(shop.shopper(*token),
                                                              {cart.id, line.id, line.quantity}));
    }
    cart.token = token;
    EXPECT_EQ(shop.must(place(cart, "key-2")).total.taxes[0].rate, BasisPoints{1600});
}

TEST_P(A_purchase, that_comes_back_once_its_stock_is_no_longer_held_holds_it_anew) {
    const auto cart = shop.ready_cart();
    auto& inventory = shop.ask<inventory::Inventory>();
    const auto key = fmt::format("ord_{}.{}", to_text(cart.id).substr(4), cart.version);
    shop.must(inventory.release(shop.shopper(), {key}));
    const auto placed = shop.run(place(cart, "key-1"));
    ASSERT_TRUE(placed) << placed.error().message;
    shop.settle();
    EXPECT_EQ(shop.stock(Shop::drill, "warehouse").allocated, Quantity::of(1));
}

TEST_P(A_purchase, whose_held_stock_ended_once_it_was_placed_is_given_stock_anew_just_once) {
    const auto cart = shop.ready_cart();
    auto& inventory = shop.ask<inventory::Inventory>();
    auto& payments = shop.ask<payments::Payments>();
    const orders::OrderPlaced placed{.order = {cart.id.value},
                                     .number = "100-0000000-8",
                                     .market = "de",
                                     .cart = cart.id,
                                     .lines = {{Shop::drill, Quantity::of(2)}},
                                     .gross = {19'998, Currency("EUR")},
                                     .reservation = "held-too-briefly",
                                     .payment_key = std::nullopt};
    shop.must(inventory.release(shop.shopper(), {placed.reservation}));
    const auto follow = orders::follow_up(inventory, payments, shop.ask<carts::Carts>());
    const events::Envelope event{.type = std::string(orders::OrderPlaced::type.name),
                                 .data = to_json(placed)};
    shop.run(follow.dispatch(shop.shopper(), event));
    shop.run(follow.dispatch(shop.shopper(), event));
    const auto left = shop.stock(Shop::drill, "warehouse");
    EXPECT_EQ(left.allocated, Quantity::of(2));
    EXPECT_EQ(left.reserved, Quantity{});
    EXPECT_EQ(shop.must(payments.payment(shop.shopper(), {to_text(placed.order)})).amount,
              placed.gross);
}

TEST_P(A_purchase, that_costs_nothing_waits_for_no_money_and_closes_its_cart) {
    shop.must(shop.ask<pricing::Pricing>().put_prices(
        shop.shopper(), {{{.sku = Shop::drill, .market = "de", .amount = {0, Currency("EUR")}},
                          {.sku = Shop::cable, .market = "de", .amount = {0, Currency("EUR")}}}}));
    shop.settle();
    const auto cart = shop.ready_cart();
    const auto order = shop.must(place(cart, "key-1"));
    EXPECT_EQ(order.status, orders::OrderStatus::placed);
    shop.settle();
    EXPECT_EQ(shop.must(shop.ask<carts::Carts>().cart(shop.shopper(*cart.token), {cart.id})).status,
              carts::CartStatus::ordered);
}

TEST_P(A_purchase, of_more_than_there_is_holds_nothing_of_any_line) {
    const auto cart = shop.ready_cart();
    shop.set_stock(Shop::drill, Quantity{});
    const auto placed = shop.run(place(cart, "key-1"));
    ASSERT_FALSE(placed);
    EXPECT_EQ(placed.error().code, "out_of_stock");
    EXPECT_EQ(shop.stock(Shop::cable, "warehouse").available, Quantity::of(500));
}

TEST_P(A_purchase, by_fifty_at_once_sells_exactly_what_is_there) {
    std::vector<carts::Cart> carts;
    for (int i = 0; i < 50; ++i) {
        carts.push_back(shop.ready_cart());
    }
    const auto results = shop.run(
        [](A_purchase& test, std::vector<carts::Cart>& all) -> Task<std::vector<Result<Order>>> {
            std::vector<Task<Result<Order>>> attempts;
            for (std::size_t i = 0; i < all.size(); ++i) {
                attempts.push_back(test.place(all[i], fmt::format("key-{}", i)));
            }
            co_return co_await when_all(std::move(attempts));
        }(*this, carts));
    int placed = 0;
    for (const auto& result : results) {
        placed += result ? 1 : 0;
        if (!result) {
            EXPECT_EQ(result.error().code, "out_of_stock") << result.error().message;
        }
    }
    EXPECT_EQ(placed, 20);
    shop.settle();
    EXPECT_EQ(shop.stock(Shop::drill, "warehouse").allocated, Quantity::of(20));
    EXPECT_EQ(shop.stock(Shop::drill, "warehouse").available, Quantity{});
}

TEST_P(A_purchase, is_there_after_a_restart_with_all_that_follows_from_it) {
    const auto cart = shop.ready_cart();
    const auto order = shop.must(place(cart, "key-1"));
    shop.restart();
    EXPECT_EQ(
        to_json(shop.must(shop.ask<orders::Orders>().order(shop.shopper(*cart.token), {order.id}))),
        to_json(order));
    EXPECT_EQ(shop.stock(Shop::drill, "warehouse").allocated, Quantity::of(1));
}

INSTANTIATE_TEST_SUITE_P(On, A_purchase, everywhere(), where_name);

}  // namespace
}  // namespace kontor::journeys
