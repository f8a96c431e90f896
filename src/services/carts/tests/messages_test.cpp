#include <gmock/gmock.h>

#include "services/carts/service.hpp"
#include "services/carts/tests/shelf.hpp"

namespace kontor::carts {
namespace {

using ::testing::ElementsAre;

constexpr Currency euro("EUR");

/// What its messages say, one word each.
std::vector<std::string> kinds(const Cart& cart) {
    std::vector<std::string> all;
    for (const auto& message : cart.messages) {
        all.push_back(fmt::format("{} {}", message.sku, describe::enum_text(message.kind)));
    }
    return all;
}

struct A_cart_whose_offers_change : ::testing::TestWithParam<sql::Engine> {
    kontor::testing::TestHost host{"carts", GetParam()};
    Shelf shelf;
    LocalCarts carts{host.host(), shelf};
    Cart cart;
    Context mine{.market = "de"};

    void SetUp() override {
        shelf.put("drill", 9'999);
        shelf.put("saw", 4'999);
        cart = host.run(carts.create(mine, {{{"drill"}, {"saw"}}})).value();
        mine.bearer = *cart.token;
    }
    Cart now() { return host.run(carts.cart(mine, {cart.id})).value(); }
};

TEST_P(A_cart_whose_offers_change, tells_the_new_price_and_keeps_the_one_that_was_seen) {
    EXPECT_THAT(kinds(now()), ElementsAre());
    shelf.put("drill", 10'999);
    const auto told = now();
    ASSERT_THAT(kinds(told), ElementsAre("drill price_changed"));
    EXPECT_EQ(told.messages[0].line, cart.lines[0].id);
    EXPECT_EQ(told.messages[0].was.unit_price, Money(9'999, euro));
    EXPECT_EQ(told.messages[0].is->unit_price, Money(10'999, euro));
    EXPECT_EQ(told.total, cart.total);
    EXPECT_EQ(told.version, cart.version) << "looking changes nothing";
}

TEST_P(A_cart_whose_offers_change, tells_what_cannot_be_had_any_more_or_again) {
    shelf.goods.at("drill").available_online = false;
    shelf.goods.at("saw").tax_rate = {700};
    EXPECT_THAT(kinds(now()), ElementsAre("drill out_of_stock", "saw tax_changed"));
    const auto drill = cart.lines[0].id;
    ASSERT_TRUE(host.run(carts.change_line(mine, {cart.id, drill, Quantity::of(2)})));
    shelf.goods.at("drill").available_online = true;
    shelf.goods.erase("saw");
    const auto told = now();
    ASSERT_THAT(kinds(told), ElementsAre("drill back_in_stock", "saw not_sold"));
    EXPECT_FALSE(told.messages[1].is);
}

TEST_P(A_cart_whose_offers_change, tells_what_a_change_of_the_line_applied_and_then_no_more) {
    shelf.put("drill", 10'999);
    const auto added = host.run(carts.add_line(mine, {cart.id, "drill", Quantity::of(1)}));
    ASSERT_TRUE(added);
    EXPECT_THAT(kinds(*added), ElementsAre("drill price_changed"));
    EXPECT_EQ(added->lines[0].total, Money(21'998, euro));
    EXPECT_THAT(kinds(now()), ElementsAre());
}

INSTANTIATE_TEST_SUITE_P(On, A_cart_whose_offers_change, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::carts
