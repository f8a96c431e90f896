#include "services/imports/importing/order_rows.hpp"

#include <gmock/gmock.h>

namespace kontor::importing {
namespace {

using ::testing::ElementsAre;

const CsvFields::Columns columns{
    {"number", 0}, {"placed_at", 1}, {"sku", 2}, {"quantity", 3}, {"gross", 4}};

struct Rows_of_orders : ::testing::Test {
    Mapping mapping =
        native_mapping(Kind::orders, {"number", "placed_at", "sku", "quantity", "gross"}).value();
    Known known{.markets = {{"de", Currency("EUR")}}, .categories = {}, .market = "de"};

    RowResult<OrderRow> read(std::vector<std::string> values) const {
        return order_row_of(mapping, known, CsvFields(columns, std::move(values)));
    }
    std::string fault_in(std::vector<std::string> values) const {
        const auto row = read(std::move(values));
        return row ? "" : row.error().field;
    }
};

TEST_F(Rows_of_orders, are_lines_in_the_currency_of_their_market) {
    const auto row = read({"7", "2017-02-28 22:31:57Z", "drill", "2.5", "19.99"});
    ASSERT_TRUE(row) << row.error().reason;
    EXPECT_EQ(row->number, "7");
    EXPECT_EQ(to_text(row->placed_at), "2017-02-28T22:31:57Z");
    EXPECT_EQ(row->line.quantity, (Quantity{2500}));
    EXPECT_EQ(row->line.gross, (Money{1999, Currency("EUR")}));
}

TEST_F(Rows_of_orders, name_the_field_at_fault) {
    EXPECT_EQ(fault_in({"7", "yesterday", "drill", "1", "1"}), "placed_at");
    EXPECT_EQ(fault_in({"7", "2017-02-28", "", "1", "1"}), "sku");
    EXPECT_EQ(fault_in({"7", "2017-02-28", "drill", "many", "1"}), "quantity");
    EXPECT_EQ(fault_in({"7", "2017-02-28", "drill", "1", "4.440892e-16"}), "gross");
    known.market.reset();
    EXPECT_EQ(fault_in({"7", "2017-02-28", "drill", "1", "1"}), "market");
}

TEST_F(Rows_of_orders, are_put_together_wherever_they_stand_and_fall_together) {
    OrderBook book;
    const auto add = [&](const std::string& number, const std::string& sku, std::int64_t line) {
        book.add(read({number, "2017-02-28", sku, "1", "1"}).value(), line);
    };
    add("7", "drill", 2);
    add("8", "saw", 3);
    add("7", "book", 4);
    book.spoil("8", 5);
    book.spoil("9", 6);
    book.add(read({"10", "2017-02-28", "saw", "1", "1"}).value(), 7);
    book.add(read({"10", "2017-03-01", "saw", "1", "1"}).value(), 8);

    std::vector<std::string> seen;
    for (const auto& entry : book.take()) {
        seen.push_back(fmt::format("{} {} {}{}", entry.order.number, entry.line,
                                   entry.order.lines.size(), entry.at_fault ? " at fault" : ""));
    }
    EXPECT_THAT(seen, ElementsAre("7 2 2", "8 3 1 at fault", "9 6 0 at fault", "10 7 2 at fault"));
}

}  // namespace
}  // namespace kontor::importing
