#include "services/pricing/rules.hpp"

#include <gmock/gmock.h>

namespace kontor::pricing {
namespace {

constexpr Currency eur("EUR");

Timestamp day(int number) {
    return utc_midnight(parse_date("2026-01-01").value() + (number - 1));
}

Price window(std::int64_t cents, std::optional<int> from = std::nullopt,
             std::optional<int> until = std::nullopt) {
    return {.sku = "drill",
            .market = "de",
            .amount = {cents, eur},
            .valid_from = from ? std::optional(day(*from)) : std::nullopt,
            .valid_until = until ? std::optional(day(*until)) : std::nullopt};
}

Quote quote(const std::vector<Price>& windows, int at) {
    return quote_at(windows, day(at)).value();
}

TEST(A_price, is_that_of_the_window_that_began_last_among_those_valid) {
    const std::vector windows{window(1000), window(900, 10), window(800, 20, 30)};
    EXPECT_EQ(quote(windows, 5).price.minor_units, 1000);
    EXPECT_EQ(quote(windows, 10).price.minor_units, 900);
    EXPECT_EQ(quote(windows, 29).price.minor_units, 800);
    EXPECT_EQ(quote(windows, 30).price.minor_units, 900);
}

TEST(A_price, is_none_before_the_first_window_and_after_the_last) {
    const std::vector windows{window(1000, 10, 20)};
    EXPECT_FALSE(quote_at(windows, day(9)));
    EXPECT_FALSE(quote_at(windows, day(20)));
    EXPECT_FALSE(quote_at({}, day(1)));
}

TEST(A_price, ends_where_its_window_does_or_where_another_begins) {
    const std::vector windows{window(1000), window(800, 20, 30)};
    EXPECT_EQ(quote(windows, 5).valid_until, day(20));
    EXPECT_EQ(quote(windows, 25).valid_until, day(30));
    EXPECT_EQ(quote(windows, 31).valid_until, std::nullopt);
}

TEST(A_reduction, shows_what_it_would_cost_without_it) {
    const std::vector windows{window(1000), window(800, 40, 50)};
    const auto reduced = quote(windows, 45);
    EXPECT_EQ(reduced.list_price->minor_units, 1000);
    EXPECT_EQ(reduced.lowest_30_days->minor_units, 1000);
    EXPECT_FALSE(quote(windows, 39).list_price);
    EXPECT_FALSE(quote(windows, 39).lowest_30_days);
}

TEST(A_reduction, is_none_where_the_price_was_lowered_for_good_or_is_higher_for_a_while) {
    EXPECT_FALSE(quote({window(1000), window(800, 40)}, 45).list_price);
    EXPECT_FALSE(quote({window(1000), window(1200, 40, 50)}, 45).list_price);
}

TEST(The_lowest_price_of_30_days, counts_what_held_in_the_30_days_before_the_reduction_began) {
    const std::vector windows{window(1000), window(700, 5, 8), window(850, 20, 22),
                              window(800, 40, 50)};
    // Day 40 looks back to day 10: the 8.50 of day 20 counts, the 7.00 of day 5 does not.
    EXPECT_EQ(quote(windows, 45).lowest_30_days->minor_units, 850);
}

TEST(The_lowest_price_of_30_days, counts_a_window_that_ended_within_them) {
    const std::vector windows{window(1000), window(700, 5, 12), window(800, 40, 50)};
    EXPECT_EQ(quote(windows, 45).lowest_30_days->minor_units, 700);
}

TEST(The_lowest_price_of_30_days, leaves_out_a_window_that_another_hid) {
    const std::vector windows{window(500, 1, 39), window(1000, 2), window(800, 40, 50)};
    EXPECT_EQ(quote(windows, 45).lowest_30_days->minor_units, 1000);
}

TEST(The_lowest_price_of_30_days, does_not_mix_currencies) {
    auto old = window(100, 1, 30);
    old.amount.currency = Currency("BGN");
    const std::vector windows{old, window(1000, 30), window(800, 40, 50)};
    EXPECT_EQ(quote(windows, 45).lowest_30_days->minor_units, 1000);
}

TEST(A_tax_rate, is_the_one_that_began_last_on_or_before_the_day) {
    const auto date = [](std::string_view text) { return parse_date(text).value(); };
    const std::vector<TaxRate> rates{{"fi", "standard", {2400}, date("2013-01-01")},
                                     {"fi", "standard", {2550}, date("2024-09-01")},
                                     {"fi", "reduced", {1400}, date("2013-01-01")},
                                     {"de", "standard", {1900}, date("2007-01-01")}};
    EXPECT_EQ(rate_on(rates, "fi", "standard", date("2024-08-31")), BasisPoints{2400});
    EXPECT_EQ(rate_on(rates, "fi", "standard", date("2024-09-01")), BasisPoints{2550});
    EXPECT_EQ(rate_on(rates, "fi", "reduced", date("2026-01-01")), BasisPoints{1400});
    EXPECT_EQ(rate_on(rates, "fi", "standard", date("2012-12-31")), std::nullopt);
    EXPECT_EQ(rate_on(rates, "de", "zero", date("2026-01-01")), std::nullopt);
}

TEST(A_window, must_not_be_negative_or_end_before_it_begins) {
    EXPECT_FALSE(fault_of(window(0, 1, 2)));
    EXPECT_EQ(fault_of(window(-1))->pointer, "/amount");
    EXPECT_EQ(fault_of(window(1, 2, 2))->pointer, "/valid_until");
}

}  // namespace
}  // namespace kontor::pricing
