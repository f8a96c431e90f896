#include "services/carts/merging.hpp"

#include <gmock/gmock.h>

#include "services/carts/service.hpp"
#include "services/carts/tests/shelf.hpp"

namespace kontor::carts {
namespace {

using ::testing::ElementsAre;

constexpr Currency euro("EUR");

/// `2 a, 1 b`.
std::vector<std::string> contents(const Cart& cart) {
    std::vector<std::string> all;
    for (const auto& line : cart.lines) {
        all.push_back(fmt::format("{} {}", to_text(line.quantity), line.sku));
    }
    return all;
}

struct Two_carts : ::testing::TestWithParam<sql::Engine> {
    kontor::testing::TestHost host{"carts", GetParam()};
    Shelf shelf;
    LocalCarts carts{host.host(), shelf, {.lines_max = 3}};

    void SetUp() override {
        for (const auto* sku : {"a", "b", "c", "d"}) {
            shelf.put(sku, 1'000);
        }
    }
    Cart cart_of(std::vector<NewLine> lines, MarketCode market = "de") {
        return host.run(carts.create({.market = market}, {std::move(lines)})).value();
    }
    static Context owner_of(const Cart& cart) {
        return {.market = cart.market, .bearer = *cart.token};
    }
    Result<MergedCart> merge(const Cart& into, const Cart& from) {
        return host.run(carts.merge(owner_of(into), {into.id, from.id, *from.token}));
    }
    Cart now(const Cart& cart) { return host.run(carts.cart(owner_of(cart), {cart.id})).value(); }
};

TEST_P(Two_carts, become_one_that_has_all_of_both) {
    const auto mine = cart_of({{"a"}, {"b", Quantity::of(2)}});
    const auto guest = cart_of({{"b", Quantity::of(3)}, {"c"}});
    const auto merged = merge(mine, guest);
    ASSERT_TRUE(merged) << merged.error().message;
    EXPECT_THAT(contents(merged->cart), ElementsAre("1 a", "5 b", "1 c"));
    EXPECT_THAT(merged->left_behind, ElementsAre());
    EXPECT_EQ(merged->cart.total.gross, Money(7'000, euro));
    EXPECT_EQ(now(mine).total, merged->cart.total);
    EXPECT_THAT(contents(now(guest)), ElementsAre());
}

TEST_P(Two_carts, become_one_once_however_often_they_are_merged) {
    const auto mine = cart_of({{"a"}});
    const auto guest = cart_of({{"a"}});
    ASSERT_TRUE(merge(mine, guest));
    const auto again = merge(mine, guest);
    ASSERT_TRUE(again);
    EXPECT_THAT(contents(again->cart), ElementsAre("2 a"));
    EXPECT_EQ(again->cart.version, 2U);
}

TEST_P(Two_carts, lose_nothing_that_does_not_fit) {
    const auto mine = cart_of({{"a", Quantity::of(99'998)}, {"b"}});
    const auto guest = cart_of({{"a", Quantity::of(5)}, {"c"}, {"d", Quantity::of(4)}});
    const auto merged = merge(mine, guest);
    ASSERT_TRUE(merged);
    EXPECT_THAT(contents(merged->cart), ElementsAre("99999 a", "1 b", "1 c"));
    ASSERT_EQ(merged->left_behind.size(), 2U);
    EXPECT_EQ(merged->left_behind[0].quantity, Quantity::of(4));
    EXPECT_EQ(merged->left_behind[0].reason, LeftReason::quantity_max);
    EXPECT_EQ(merged->left_behind[1].sku, "d");
    EXPECT_EQ(merged->left_behind[1].reason, LeftReason::lines_max);
    EXPECT_THAT(contents(now(guest)), ElementsAre("4 a", "4 d"));
    EXPECT_EQ(now(guest).total.gross, Money(8'000, euro));
}

TEST_P(Two_carts, keep_the_price_of_the_one_that_gets_the_lines) {
    const auto mine = cart_of({{"a"}});
    shelf.put("a", 1'200);
    const auto guest = cart_of({{"a"}});
    EXPECT_EQ(merge(mine, guest)->cart.total.gross, Money(2'000, euro));
    ASSERT_EQ(now(mine).messages.size(), 1U);
    EXPECT_EQ(now(mine).messages[0].is->unit_price, Money(1'200, euro));
}

TEST_P(Two_carts, are_merged_only_by_whom_both_open_for) {
    const auto mine = cart_of({{"a"}});
    const auto guest = cart_of({{"b"}});
    EXPECT_EQ(host.run(carts.merge(owner_of(mine), {mine.id, guest.id, "wrong"})).error().code,
              "not_found");
    EXPECT_EQ(host.run(carts.merge(owner_of(mine), {mine.id, mine.id, *mine.token})).error().code,
              "invalid");
    const auto austrian = cart_of({{"b"}}, "at");
    EXPECT_EQ(merge(mine, austrian).error().code, "wrong_market");
    ASSERT_TRUE(host.run(carts.close({}, {guest.id, "ord_1"})));
    EXPECT_EQ(merge(mine, guest).error().code, "already_ordered");
    EXPECT_THAT(contents(now(mine)), ElementsAre("1 a"));
}

INSTANTIATE_TEST_SUITE_P(On, Two_carts, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::carts
