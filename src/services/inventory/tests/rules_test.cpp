#include "services/inventory/rules.hpp"

#include <gmock/gmock.h>

#include "services/inventory/decide.hpp"

namespace kontor::inventory {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto pieces = Quantity::of;

/// Books in which `drill` lies in places 1 to n, all of which serve Germany.
Books books_with(std::vector<Quantity> on_hand) {
    Books books;
    books.skus["drill"];
    std::int64_t id = 0;
    for (const auto quantity : on_hand) {
        const auto location = fmt::format("place-{}", ++id);
        books.online["de"].insert(location);
        books.load({.id = id, .sku = "drill", .location = location, .on_hand = quantity});
    }
    return books;
}

Result<Reservation> reserve(Books& books, std::string key, std::vector<WantedLine> lines) {
    const Request request{ReserveStock{std::move(key), std::move(lines)}, "de", 1};
    return decide_reserve(books, std::get<ReserveStock>(request.change), request);
}

TEST(Choosing_a_place, takes_the_one_with_most_and_the_first_among_equals) {
    auto books = books_with({pieces(3), pieces(8), pieces(8)});
    EXPECT_EQ(reserve(books, "r1", {{"drill", pieces(2), {}}})->lines.at(0).location, "place-2");
    EXPECT_EQ(reserve(books, "r2", {{"drill", pieces(8), {}}})->lines.at(0).location, "place-3");
}

TEST(Choosing_a_place, never_splits_a_line) {
    auto books = books_with({pieces(3), pieces(8)});
    const auto refused = reserve(books, "r1", {{"drill", pieces(9), {}}});
    EXPECT_EQ(refused.error().code, "out_of_stock");
    EXPECT_EQ(refused.error().errors.at(0).message, "drill: 9 wanted, 8 left");
}

TEST(Choosing_a_place, finds_none_where_there_is_none_or_less_than_nothing) {
    auto nowhere = books_with({});
    EXPECT_EQ(reserve(nowhere, "r1", {{"drill", pieces(1), {}}}).error().errors.at(0).message,
              "drill: 1 wanted, 0 left");
    auto oversold = books_with({pieces(1)});
    oversold.cells[0].allocated = pieces(3);
    EXPECT_EQ(reserve(oversold, "r1", {{"drill", pieces(1), {}}}).error().errors.at(0).message,
              "drill: 1 wanted, 0 left");
}

TEST(A_refused_reservation, leaves_the_books_as_they_were) {
    auto books = books_with({pieces(5)});
    books.skus["saw"];
    EXPECT_FALSE(reserve(books, "r1", {{"drill", pieces(2), {}}, {"saw", pieces(1), {}}}));
    EXPECT_EQ(books.cells[0].reserved, Quantity{});
    EXPECT_FALSE(books.anything_decided());
}

TEST(A_kit, is_served_from_a_place_that_has_all_its_parts) {
    auto books = books_with({pieces(9), pieces(4)});
    books.skus["bit"];
    books.load({.id = 7, .sku = "bit", .location = "place-2", .on_hand = pieces(30)});
    books.kits["set"] = {{"drill", pieces(1)}, {"bit", pieces(10)}};
    const auto held = reserve(books, "r1", {{"set", pieces(2), {}}});
    ASSERT_TRUE(held);
    ASSERT_THAT(held->lines, SizeIs(1));
    EXPECT_EQ(held->lines[0].sku, "set");
    EXPECT_EQ(held->lines[0].quantity, pieces(2));
    EXPECT_EQ(held->lines[0].location, "place-2");
    EXPECT_EQ(books.cells[books.find("bit", "place-2").value()].reserved, pieces(20));
    EXPECT_EQ(reserve(books, "r2", {{"set", pieces(2), {}}}).error().errors.at(0).message,
              "set: 2 wanted, 1 left");
    EXPECT_EQ(reserve(books, "r3", {{"set", {1500}, {}}}).error().code, "invalid");
}

TEST(A_kit, shares_its_parts_with_the_other_lines_of_the_request) {
    auto books = books_with({pieces(5)});
    books.kits["pair"] = {{"drill", pieces(2)}};
    EXPECT_FALSE(reserve(books, "r1", {{"pair", pieces(2), {}}, {"drill", pieces(2), {}}}));
    EXPECT_TRUE(reserve(books, "r1", {{"pair", pieces(2), {}}, {"drill", pieces(1), {}}}));
    EXPECT_EQ(books.cells[0].reserved, pieces(5));
}

TEST(A_count, must_not_be_negative) {
    EXPECT_FALSE(fault_of(StockCount{"drill", "north", Quantity{}, Quantity{}}));
    EXPECT_EQ(fault_of(StockCount{"drill", "north", pieces(-1), {}})->pointer, "/on_hand");
    EXPECT_EQ(fault_of(StockCount{"drill", "north", Quantity{}, pieces(-1)})->pointer, "/safety");
}

TEST(A_policy, allows_nothing_or_more) {
    EXPECT_FALSE(fault_of(StockPolicy{"drill"}));
    EXPECT_EQ(fault_of(StockPolicy{"drill", pieces(-1)})->pointer, "/backorder_limit");
    EXPECT_EQ(fault_of(StockPolicy{"drill", {}, pieces(-1)})->pointer, "/preorder_limit");
}

TEST(Parts_of_a_kit, are_distinct_and_more_than_nothing) {
    EXPECT_FALSE(fault_of(Kit{"set", {{"drill", pieces(1)}, {"bit", pieces(10)}}}));
    EXPECT_EQ(fault_of(Kit{"set", {{"drill", {}}}})->pointer, "/parts/0/quantity");
    EXPECT_EQ(fault_of(Kit{"set", {{"bit", {1}}, {"bit", {1}}}})->pointer, "/parts/1/sku");
    EXPECT_EQ(fault_of(Kit{"set", {{"set", {1}}}})->pointer, "/parts/0/sku");
}

TEST(Lines_of_a_reservation, have_distinct_skus_and_quantities_above_zero) {
    const std::vector<WantedLine> good{{"drill", pieces(1), {}}, {"saw", Quantity{1}, {}}};
    EXPECT_THAT(faults_of(good), IsEmpty());
    const std::vector<WantedLine> bad{{"drill", Quantity{}, {}}, {"drill", pieces(1), {}}};
    const auto faults = faults_of(bad);
    ASSERT_THAT(faults, SizeIs(2));
    EXPECT_EQ(faults[0].pointer, "/lines/0/quantity");
    EXPECT_EQ(faults[1].pointer, "/lines/1/sku");
}

TEST(A_repeated_reservation, is_answered_by_the_same_lines_only) {
    const std::vector<ReservedLine> held{{"drill", pieces(2), "north"}};
    EXPECT_TRUE(answers(held, {{"drill", pieces(2), {}}}));
    EXPECT_TRUE(answers(held, {{"drill", pieces(2), "north"}}));
    EXPECT_FALSE(answers(held, {{"drill", pieces(2), "south"}}));
    EXPECT_FALSE(answers(held, {{"drill", pieces(1), {}}}));
    EXPECT_FALSE(answers(held, {{"saw", pieces(2), {}}}));
    EXPECT_FALSE(answers(held, {}));
}

}  // namespace
}  // namespace kontor::inventory
