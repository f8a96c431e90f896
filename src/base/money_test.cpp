#include "base/money.hpp"

#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace kontor {
namespace {

constexpr Currency eur{"EUR"};
constexpr Currency isk{"ISK"};
constexpr Currency chf{"CHF"};

TEST(A_currency, knows_the_digits_of_its_minor_unit) {
    EXPECT_EQ(parse_currency("EUR")->digits(), 2);
    EXPECT_EQ(parse_currency("ISK")->digits(), 0);
    EXPECT_EQ(parse_currency("JPY")->digits(), 0);
    EXPECT_EQ(parse_currency("KWD")->digits(), 3);
    EXPECT_EQ(parse_currency("CLF")->digits(), 4);
    EXPECT_EQ(parse_currency("ZWG"), Currency("ZWG"));
}

TEST(A_currency, that_ISO_4217_does_not_list_is_refused) {
    for (const auto* code : {"", "EU", "EURO", "eur", "ABC", "ZZZ", "E R", "XXX"}) {
        EXPECT_FALSE(parse_currency(code)) << code;
    }
}

TEST(An_amount, is_written_with_exactly_the_digits_of_its_currency) {
    EXPECT_EQ(amount_text({1999, eur}), "19.99");
    EXPECT_EQ(amount_text({5, eur}), "0.05");
    EXPECT_EQ(amount_text({-500, eur}), "-5.00");
    EXPECT_EQ(amount_text({1999, isk}), "1999");
    EXPECT_EQ(amount_text({1999, Currency("KWD")}), "1.999");
    EXPECT_EQ(amount_text({INT64_MIN, eur}), "-92233720368547758.08");
    EXPECT_EQ(to_text(Money{1999, eur}), "19.99 EUR");
}

TEST(An_amount, may_be_read_with_fewer_digits_but_not_with_more) {
    EXPECT_EQ(parse_amount("19.9", eur)->minor_units, 1990);
    EXPECT_EQ(parse_amount("19", eur)->minor_units, 1900);
    EXPECT_EQ(parse_amount("-0.01", eur)->minor_units, -1);
    EXPECT_EQ(parse_amount("19.999", eur).error(),
              "must be a decimal number like 19.99, with at most 2 digits after the point "
              "(an amount in EUR)");
    EXPECT_EQ(parse_amount("19.9", isk).error(),
              "must be a decimal number like 1999, without digits after the point "
              "(an amount in ISK)");
}

TEST(An_amount, that_is_no_plain_decimal_number_is_refused) {
    for (const auto* text : {"", "-", ".5", "5.", "+5", "1e3", "1,5", " 1", "1 ", "0x1", "1.2.3",
                             "--1", "nan", "1_000", "92233720368547758.08"}) {
        EXPECT_FALSE(parse_amount(text, eur)) << text;
    }
}

TEST(An_amount, reads_back_from_what_was_written) {
    SeededRandom random(20261123);
    for (int i = 0; i < 10'000; ++i) {
        const Money money{static_cast<std::int64_t>(random.u64()) >> random.below(63), chf};
        ASSERT_EQ(parse_amount(amount_text(money), chf), money) << money.minor_units;
    }
}

TEST(Amounts, of_different_currencies_neither_add_nor_compare) {
    EXPECT_THROW((void)(Money{1, eur} + Money{1, chf}), std::logic_error);
    EXPECT_THROW((void)(Money{1, eur} < Money{1, chf}), std::logic_error);
    EXPECT_FALSE((Money{1, eur} == Money{1, chf}));
    EXPECT_LT((Money{1, eur}), (Money{2, eur}));
}

TEST(Amounts, that_leave_64_bits_are_an_error_and_never_wrap) {
    const Money largest{INT64_MAX, eur};
    EXPECT_THROW((void)(largest + Money{1, eur}), std::logic_error);
    EXPECT_THROW((void)(-Money{INT64_MIN, eur}), std::logic_error);
    EXPECT_THROW((void)(largest * 2), std::logic_error);
    EXPECT_THROW((void)multiply(largest, Quantity::of(2), Rounding::half_up), std::logic_error);
}

TEST(A_price, times_a_cut_length_is_rounded_as_named) {
    EXPECT_EQ(multiply({199, eur}, {2450}, Rounding::half_up).minor_units, 488);  // 4.8755
    EXPECT_EQ(multiply({150, eur}, {1250}, Rounding::half_up).minor_units, 188);  // 1.875
    EXPECT_EQ(multiply({150, eur}, {1250}, Rounding::half_even).minor_units, 188);
    EXPECT_EQ(multiply({130, eur}, {1250}, Rounding::half_up).minor_units, 163);  // 1.625
    EXPECT_EQ(multiply({130, eur}, {1250}, Rounding::half_even).minor_units, 162);
    EXPECT_EQ(multiply({-130, eur}, {1250}, Rounding::half_up).minor_units, -163);
}

TEST(Cash_in_francs, is_rounded_to_five_rappen) {
    const auto rounded = [](std::int64_t rappen) {
        return round({rappen, chf}, Rounding::swiss_005).minor_units;
    };
    EXPECT_EQ(rounded(1200), 1200);
    EXPECT_EQ(rounded(1202), 1200);
    EXPECT_EQ(rounded(1203), 1205);
    EXPECT_EQ(rounded(1207), 1205);
    EXPECT_EQ(rounded(1208), 1210);
    EXPECT_EQ(rounded(-1203), -1205);
}

TEST(Tax, in_a_gross_price_and_the_net_below_it_add_up_at_every_rate) {
    SeededRandom random(7);
    for (int i = 0; i < 20'000; ++i) {
        const Money gross{random.between(-10'000'000, 10'000'000), eur};
        const BasisPoints rate{static_cast<std::int32_t>(random.between(0, 3000))};
        const auto tax = tax_in_gross(gross, rate, Rounding::half_up);
        const auto net = net_of_gross(gross, rate, Rounding::half_up);
        ASSERT_EQ(net + tax, gross);
        const auto again = tax_of_net(net, rate, Rounding::half_up);
        ASSERT_LE(std::abs(again.minor_units - tax.minor_units), 1)
            << gross.minor_units << " at " << rate.value;
    }
}

TEST(Tax, follows_the_rates_of_the_countries_to_the_hundredth_of_a_percent) {
    EXPECT_EQ(tax_in_gross({12550, eur}, {2550}, Rounding::half_up).minor_units, 2550);  // Finland
    EXPECT_EQ(tax_of_net({999, chf}, {810}, Rounding::half_up).minor_units, 81);  // Switzerland
    EXPECT_EQ(tax_of_net({-1999, eur}, {1900}, Rounding::half_up).minor_units, -380);
    EXPECT_EQ(tax_of_net({INT64_MAX, eur}, {1}, Rounding::half_up).minor_units, 922337203685478);
}

TEST(Rounding, never_moves_an_exact_result_by_more_than_half_a_unit) {
    SeededRandom random(99);
    for (int i = 0; i < 20'000; ++i) {
        const auto numerator = __int128{random.between(-1'000'000'000, 1'000'000'000)} * 1000;
        const auto denominator = __int128{random.between(1, 100'000)};
        for (const auto rounding : {Rounding::half_up, Rounding::half_even}) {
            const auto result = decimal::divide(numerator, denominator, rounding);
            const auto off = (__int128{result} * denominator - numerator) * 2;
            ASSERT_LE(off < 0 ? -off : off, denominator);
        }
        const auto cash = decimal::divide(numerator, denominator, Rounding::swiss_005);
        const auto off = (__int128{cash} * denominator - numerator) * 2;
        ASSERT_EQ(cash % 5, 0);
        ASSERT_LE(off < 0 ? -off : off, denominator * 5);
    }
}

TEST(An_allocation, gives_the_odd_cents_to_the_largest_remainders) {
    const std::int64_t thirds[] = {1, 1, 1};
    EXPECT_EQ(allocate({100, eur}, thirds), (std::vector<Money>{{34, eur}, {33, eur}, {33, eur}}));
    const std::int64_t lines[] = {1999, 501};
    EXPECT_EQ(allocate({-250, eur}, lines), (std::vector<Money>{{-200, eur}, {-50, eur}}));
    const std::int64_t free_lines[] = {0, 0};
    EXPECT_EQ(allocate({3, eur}, free_lines), (std::vector<Money>{{2, eur}, {1, eur}}));
    EXPECT_EQ(allocate({INT64_MIN, eur}, std::span(thirds).first(1))[0].minor_units, INT64_MIN);
}

TEST(An_allocation, loses_no_cent_and_is_never_off_by_a_whole_one) {
    SeededRandom random(4711);
    for (int round = 0; round < 5'000; ++round) {
        const Money amount{random.between(-1'000'000, 1'000'000), eur};
        std::vector<std::int64_t> weights(1 + random.below(20));
        for (auto& weight : weights) {
            weight = random.between(0, 100'000);
        }
        weights[0] += 1;
        const auto total = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
        const auto parts = allocate(amount, weights);
        Money sum{0, eur};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            sum += parts[i];
            const auto off =
                __int128{parts[i].minor_units} * total - __int128{amount.minor_units} * weights[i];
            ASSERT_LT(off < 0 ? -off : off, total) << "round " << round << " part " << i;
        }
        ASSERT_EQ(sum, amount) << "round " << round;
    }
}

TEST(An_allocation, over_nothing_or_over_a_negative_weight_is_a_programming_error) {
    const std::int64_t negative[] = {1, -1};
    EXPECT_THROW(allocate({100, eur}, {}), std::logic_error);
    EXPECT_THROW(allocate({100, eur}, negative), std::logic_error);
}

TEST(A_rate, is_written_and_read_in_percent) {
    EXPECT_EQ(percent_text({2550}), "25.5");
    EXPECT_EQ(percent_text({1900}), "19");
    EXPECT_EQ(parse_percent("8.1"), BasisPoints{810});
    EXPECT_FALSE(parse_percent("-1"));
    EXPECT_FALSE(parse_percent("19.123"));
    EXPECT_FALSE(parse_percent("10000.01"));
}

}  // namespace
}  // namespace kontor
