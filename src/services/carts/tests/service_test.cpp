#include "services/carts/service.hpp"

#include <gmock/gmock.h>

#include "services/carts/tests/shelf.hpp"

namespace kontor::carts {
namespace {

using ::testing::HasSubstr;

constexpr Currency euro("EUR");

struct A_cart_of_many_lines : ::testing::TestWithParam<sql::Engine> {
    kontor::testing::TestHost host{"carts", GetParam()};
    Shelf shelf;
    LocalCarts carts{host.host(), shelf, {.lines_max = 5}};
    Cart cart;
    Context mine{.market = "de"};

    void SetUp() override {
        for (const auto* sku : {"a", "b", "c", "d", "e", "f"}) {
            shelf.put(sku, 999);
        }
        shelf.put("book", 1'000, {700});
        cart = host.run(carts.create(mine, {{{"a"}, {"b"}, {"book"}}})).value();
        mine.bearer = *cart.token;
        mine.principal = {Principal::Kind::guest, 1};
    }
    Result<Cart> add(const Context& context, std::string sku, std::int64_t pieces = 1) {
        return host.run(carts.add_line(context, {cart.id, std::move(sku), Quantity::of(pieces)}));
    }
    Cart now() { return host.run(carts.cart(mine, {cart.id})).value(); }
    Context brief() const {
        auto context = mine;
        context.answer = Answer::minimal;
        return context;
    }
};

TEST_P(A_cart_of_many_lines, shows_only_the_changed_one_to_whom_that_is_enough) {
    const auto added = add(brief(), "c", 2);
    ASSERT_TRUE(added) << added.error().message;
    ASSERT_EQ(added->lines.size(), 1U);
    EXPECT_EQ(added->lines[0].sku, "c");
    EXPECT_EQ(added->total, now().total);
    EXPECT_EQ(added->version, 2U);
    EXPECT_EQ(now().lines.size(), 4U);

    const auto removed = host.run(carts.remove_line(brief(), {cart.id, added->lines[0].id}));
    ASSERT_TRUE(removed);
    EXPECT_TRUE(removed->lines.empty());
    EXPECT_EQ(removed->total, cart.total);
}

TEST_P(A_cart_of_many_lines, keeps_the_sums_that_all_its_lines_come_to) {
    ASSERT_TRUE(add(mine, "a", 3));
    ASSERT_TRUE(add(mine, "book", 7));
    const auto line = now().lines[1].id;
    ASSERT_TRUE(host.run(carts.change_line(mine, {cart.id, line, Quantity::of(5)})));
    const auto changed = host.run(carts.remove_line(mine, {cart.id, now().lines[0].id})).value();
    EXPECT_EQ(changed.total, now().total);
    EXPECT_EQ(changed.total.gross, Money(5 * 999 + 8 * 1'000, euro));
}

TEST_P(A_cart_of_many_lines, from_before_sums_were_kept_has_them_from_its_next_change_on) {
    static constexpr sql::Statement forget{"test.forget", "UPDATE carts SET sums = ''"};
    ASSERT_TRUE(host.run(
        host.database->write(Context{}, [](sql::Transaction& transaction) -> Task<Result<bool>> {
            co_await transaction.execute(forget);
            co_return true;
        })));
    EXPECT_EQ(add(mine, "c")->total.gross, Money(3 * 999 + 1'000, euro));
    EXPECT_EQ(add(mine, "d")->total, now().total);
}

TEST_P(A_cart_of_many_lines, has_as_many_as_the_setting_allows_and_still_takes_more_of_each) {
    ASSERT_TRUE(add(mine, "c"));
    ASSERT_TRUE(add(mine, "d"));
    EXPECT_EQ(add(mine, "e").error().code, "too_many_lines");
    EXPECT_THAT(add(mine, "e").error().message, HasSubstr("has 5 lines"));
    EXPECT_TRUE(add(mine, "d", 2));
    const CreateCart six{{{"a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}}};
    EXPECT_EQ(host.run(carts.create(mine, six)).error().code, "too_many_lines");
}

TEST_P(A_cart_of_many_lines, takes_a_line_once_under_one_key_and_answers_the_same_again) {
    auto keyed = mine;
    keyed.idempotency_key = "once";
    const auto first = add(keyed, "c");
    ASSERT_TRUE(first) << first.error().message;
    ASSERT_TRUE(add(mine, "d"));
    EXPECT_EQ(to_json(add(keyed, "c").value()), to_json(*first));
    EXPECT_EQ(now().lines.size(), 5U);
    EXPECT_EQ(add(keyed, "c", 2).error().code, "idempotency_key_reused");
}

TEST_P(A_cart_of_many_lines, begins_with_one_line_of_a_sku_that_is_named_twice) {
    const auto twice =
        host.run(carts.create({.market = "de"}, {{{"a", Quantity::of(2)}, {"a"}}})).value();
    ASSERT_EQ(twice.lines.size(), 1U);
    EXPECT_EQ(twice.lines[0].quantity, Quantity::of(3));
    EXPECT_EQ(twice.total.gross, Money(3 * 999, euro));
}

INSTANTIATE_TEST_SUITE_P(On, A_cart_of_many_lines, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::carts
