#include "services/carts/rules.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/random.hpp"

namespace kontor::carts {
namespace {

using stores::PriceDisplay;
using stores::TaxRounding;

constexpr Currency euro("EUR");

/// All lines at once, one number after the other, with nothing kept.
Totals counted_anew(const std::vector<Line>& lines, const SumRules& rules) {
    const bool gross = rules.prices == PriceDisplay::gross;
    const auto tax_of = [&](Money shown, BasisPoints rate) {
        return gross ? tax_in_gross(shown, rate, Rounding::half_up)
                     : tax_of_net(shown, rate, Rounding::half_up);
    };
    std::map<BasisPoints, std::pair<Money, Money>> shown_and_tax;
    for (const auto& line : lines) {
        auto& [shown, tax] =
            shown_and_tax.try_emplace(line.tax_rate, Money{0, euro}, Money{0, euro}).first->second;
        shown += line.total;
        tax += tax_of(line.total, line.tax_rate);
    }
    Totals all{.net = {0, euro}, .gross = {0, euro}, .taxes = {}};
    for (const auto& [rate, sums] : shown_and_tax) {
        const auto& [shown, line_tax] = sums;
        const auto tax = rules.tax_rounding == TaxRounding::line ? line_tax : tax_of(shown, rate);
        const auto net = gross ? shown - tax : shown;
        all.net += net;
        all.gross += net + tax;
        all.taxes.push_back({rate, net, tax});
    }
    return all;
}

struct Kept_sums : ::testing::TestWithParam<std::tuple<PriceDisplay, TaxRounding>> {
    const std::uint64_t seed = SystemRandom().u64();
    SeededRandom random{seed};
    const SumRules rules{euro, std::get<0>(GetParam()), std::get<1>(GetParam())};
    Sums sums;
    std::vector<Line> lines;

    Line any_line() {
        constexpr std::int32_t rates[] = {0, 700, 1900, 2550};
        Line line;
        line.id = {random.u64()};
        line.quantity = {static_cast<std::int64_t>(random.u64() % 9'000) + 1};
        line.unit_price = {static_cast<std::int64_t>(random.u64() % 100'000), euro};
        line.total = line_total(line.unit_price, line.quantity);
        line.tax_rate = {rates[random.u64() % 4]};
        return line;
    }
    void change_something() {
        if (lines.empty() || random.u64() % 3 == 0) {
            lines.push_back(any_line());
            sums.add(lines.back(), rules);
            return;
        }
        const auto place = random.u64() % lines.size();
        sums.take_out(lines[place], rules);
        if (random.u64() % 2 == 0) {
            lines[place] = any_line();
            sums.add(lines[place], rules);
        } else {
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(place));
        }
    }
};

TEST_P(Kept_sums, come_to_what_all_lines_counted_anew_come_to_whatever_changed) {
    for (int change = 0; change < 2'000; ++change) {
        change_something();
        ASSERT_EQ(totals(sums, rules), counted_anew(lines, rules))
            << "after change " << change << " of seed " << seed;
        ASSERT_EQ(sums.lines(), std::ssize(lines)) << "seed " << seed;
    }
}

TEST_P(Kept_sums, are_net_and_taxes_and_gross_to_the_cent) {
    for (int change = 0; change < 500; ++change) {
        change_something();
        const auto sum = totals(sums, rules);
        auto net_and_taxes = sum.net;
        for (const auto& tax : sum.taxes) {
            net_and_taxes += tax.amount;
        }
        ASSERT_EQ(net_and_taxes, sum.gross) << "seed " << seed;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Of, Kept_sums,
    ::testing::Combine(::testing::Values(PriceDisplay::gross, PriceDisplay::net),
                       ::testing::Values(TaxRounding::line, TaxRounding::document)),
    [](const auto& info) {
        return fmt::format("{}_prices_rounded_by_{}", describe::enum_text(std::get<0>(info.param)),
                           describe::enum_text(std::get<1>(info.param)));
    });

TEST(Kept_sums_of_nothing, lack_a_line_that_is_taken_out) {
    Sums sums;
    EXPECT_THROW(sums.take_out({}, {}), std::logic_error);
}

}  // namespace
}  // namespace kontor::carts
