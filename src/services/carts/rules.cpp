#include "services/carts/rules.hpp"

#include <algorithm>
#include <stdexcept>

namespace kontor::carts {

namespace {

constexpr auto rounding = Rounding::half_up;

Money tax_of(Money shown, BasisPoints rate, const SumRules& rules) {
    return rules.prices == stores::PriceDisplay::gross ? tax_in_gross(shown, rate, rounding)
                                                       : tax_of_net(shown, rate, rounding);
}

}  // namespace

Money line_total(Money unit_price, Quantity quantity) {
    return multiply(unit_price, quantity, rounding);
}

void Sums::add(const Line& line, const SumRules& rules) {
    auto sum = std::ranges::lower_bound(by_rate, line.tax_rate, {}, &RateSum::rate);
    if (sum == by_rate.end() || sum->rate != line.tax_rate) {
        const Money zero{0, rules.currency};
        sum = by_rate.insert(sum, {.rate = line.tax_rate, .shown = zero, .tax = zero});
    }
    ++sum->lines;
    sum->shown += line.total;
    sum->tax += tax_of(line.total, line.tax_rate, rules);
}

void Sums::take_out(const Line& line, const SumRules& rules) {
    const auto sum = std::ranges::find(by_rate, line.tax_rate, &RateSum::rate);
    if (sum == by_rate.end()) {
        throw std::logic_error(fmt::format("line {} is in no sum", to_text(line.id)));
    }
    sum->shown -= line.total;
    sum->tax -= tax_of(line.total, line.tax_rate, rules);
    if (--sum->lines == 0) {
        by_rate.erase(sum);
    }
}

std::int64_t Sums::lines() const {
    std::int64_t count = 0;
    for (const auto& sum : by_rate) {
        count += sum.lines;
    }
    return count;
}

Totals totals(const Sums& sums, const SumRules& rules) {
    const Money zero{0, rules.currency};
    Totals totals{.net = zero, .gross = zero, .taxes = {}};
    for (const auto& sum : sums.by_rate) {
        const auto tax = rules.tax_rounding == stores::TaxRounding::line
                             ? sum.tax
                             : tax_of(sum.shown, sum.rate, rules);
        const auto net = rules.prices == stores::PriceDisplay::gross ? sum.shown - tax : sum.shown;
        totals.net += net;
        totals.gross += net + tax;
        totals.taxes.push_back({sum.rate, net, tax});
    }
    return totals;
}

std::optional<Refusal> quantity_fault(std::string_view sku, Quantity quantity, Quantity minimum,
                                      Quantity step) {
    if (quantity < minimum) {
        return refusal(refused::bad_quantity, "quantity {} of {}: must be at least {}",
                       to_text(quantity), sku, to_text(minimum));
    }
    if (quantity > quantity_max) {
        return refusal(refused::bad_quantity, "quantity {} of {}: must be at most {}",
                       to_text(quantity), sku, to_text(quantity_max));
    }
    if (!quantity.is_multiple_of(step)) {
        return refusal(refused::bad_quantity, "quantity {} of {}: must be a multiple of {}",
                       to_text(quantity), sku, to_text(step));
    }
    return std::nullopt;
}

}  // namespace kontor::carts
