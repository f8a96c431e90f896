#include "base/quantity.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "base/unit_price.hpp"

namespace kontor {
namespace {

TEST(A_quantity, is_written_without_trailing_zeros_and_reads_back) {
    EXPECT_EQ(to_text(Quantity{2450}), "2.45");
    EXPECT_EQ(to_text(Quantity::of(12)), "12");
    EXPECT_EQ(to_text(Quantity{-500}), "-0.5");
    EXPECT_EQ(to_text(Quantity{1}), "0.001");
    EXPECT_EQ(parse_quantity("2.45"), Quantity{2450});
    EXPECT_EQ(parse_quantity("12"), Quantity::of(12));
}

TEST(A_quantity, finer_than_a_thousandth_or_no_number_is_refused) {
    EXPECT_EQ(parse_quantity("0.0001").error(),
              "must be a decimal number like 2.45, with at most 3 digits after the point");
    for (const auto* text : {"", "two", "1,5", "1e3", "9223372036854775.808"}) {
        EXPECT_FALSE(parse_quantity(text)) << text;
    }
}

TEST(A_quantity, of_cut_goods_is_checked_against_its_step) {
    constexpr Quantity step{50};
    EXPECT_TRUE(Quantity{2450}.is_multiple_of(step));
    EXPECT_FALSE(Quantity{2460}.is_multiple_of(step));
    EXPECT_TRUE(Quantity::of(3).is_whole());
    EXPECT_FALSE(Quantity{3001}.is_whole());
}

TEST(Quantities, add_and_never_wrap) {
    EXPECT_EQ(Quantity{2450} + Quantity{50} - Quantity::of(1), Quantity{1500});
    EXPECT_EQ(Quantity{2450} * 2, Quantity{4900});
    EXPECT_THROW((void)(Quantity{INT64_MAX} + Quantity{1}), std::logic_error);
    EXPECT_THROW((void)Quantity::of(INT64_MAX / 999), std::logic_error);
}

TEST(A_measure, carries_its_unit_and_without_one_is_pieces) {
    EXPECT_EQ(to_text(Measure{{2450}, units::metre}), "2.45 MTR");
    EXPECT_EQ(parse_measure("2.45 MTR"), (Measure{{2450}, units::metre}));
    EXPECT_EQ(parse_measure("12"), (Measure{Quantity::of(12), units::piece}));
    EXPECT_FALSE(parse_measure("2.45 metre"));
    EXPECT_FALSE(parse_measure("MTR"));
    EXPECT_TRUE(parse_unit("XRO"));
    EXPECT_FALSE(parse_unit("M"));
    EXPECT_FALSE(parse_unit("mtr"));
}

TEST(A_unit_price, compares_packs_by_kilogram_litre_metre_and_piece) {
    const auto of = [](std::int64_t cents, Measure content) {
        return unit_price({cents, Currency("EUR")}, content, Rounding::half_up);
    };
    const auto expected = [](std::int64_t cents, Unit unit) {
        return UnitPrice{{cents, Currency("EUR")}, unit};
    };
    EXPECT_EQ(of(499, {Quantity::of(300), units::millilitre}), expected(1663, units::litre));
    EXPECT_EQ(of(1299, {{2500}, units::kilogram}), expected(520, units::kilogram));
    EXPECT_EQ(of(99, {Quantity::of(80), units::gram}), expected(1238, units::kilogram));
    EXPECT_EQ(of(599, {Quantity::of(250), units::centimetre}), expected(240, units::metre));
    EXPECT_EQ(of(1995, {{1995}, units::square_metre}), expected(1000, units::square_metre));
    EXPECT_EQ(of(799, {Quantity::of(1), units::pair}), expected(400, units::piece));
    EXPECT_EQ(of(1000, {Quantity::of(4), Unit("XRO")}), expected(250, Unit("XRO")));
    EXPECT_THROW(of(100, {Quantity{0}, units::gram}), std::logic_error);
}

}  // namespace
}  // namespace kontor
