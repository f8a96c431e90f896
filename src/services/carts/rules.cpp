#include "services/carts/rules.hpp"

#include <map>

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

Totals totals(std::span<const Line> lines, const SumRules& rules) {
    struct Sum {
        Money shown;
        Money tax;
    };
    const Money zero{0, rules.currency};
    std::map<BasisPoints, Sum> by_rate;
    for (const auto& line : lines) {
        auto& sum = by_rate.try_emplace(line.tax_rate, Sum{zero, zero}).first->second;
        sum.shown += line.total;
        sum.tax += tax_of(line.total, line.tax_rate, rules);
    }
    Totals totals{.net = zero, .gross = zero, .taxes = {}};
    for (const auto& [rate, sum] : by_rate) {
        const auto tax = rules.tax_rounding == stores::TaxRounding::line
                             ? sum.tax
                             : tax_of(sum.shown, rate, rules);
        const auto net = rules.prices == stores::PriceDisplay::gross ? sum.shown - tax : sum.shown;
        totals.net += net;
        totals.gross += net + tax;
        totals.taxes.push_back({rate, net, tax});
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
