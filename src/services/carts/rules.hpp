#pragma once

#include "services/carts/api.hpp"
#include "services/stores/api.hpp"

namespace kontor::carts {

/// How a market sums up; kept with the cart, so that every later change sums alike.
struct SumRules {
    Currency currency;
    stores::PriceDisplay prices = stores::PriceDisplay::gross;
    stores::TaxRounding tax_rounding = stores::TaxRounding::line;
    bool operator==(const SumRules&) const = default;
};

/// Quantity times price, rounded half up to the minor unit, once a line.
Money line_total(Money unit_price, Quantity quantity);

/// What the lines of one tax rate come to.
struct RateSum {
    BasisPoints rate;
    std::int64_t lines = 0;
    Money shown;  ///< Gross or net, as the market shows prices.
    Money tax;    ///< Rounded line by line.
    bool operator==(const RateSum&) const = default;
    static constexpr auto describe() {
        using R = RateSum;
        return described<R>("What the lines of one tax rate come to.",
                            field<&R::rate>("In percent."), field<&R::lines>("How many."),
                            field<&R::shown>("As the market shows prices."),
                            field<&R::tax>("Rounded line by line."));
    }
};

/// What all lines of a cart come to. Kept with the cart, so that a change of one line needs no
/// other: a line that changes is taken out as it was and added as it is.
struct Sums {
    std::vector<RateSum> by_rate;  ///< Ascending; each of at least one line.

    void add(const Line& line, const SumRules& rules);
    void take_out(const Line& line, const SumRules& rules);
    std::int64_t lines() const;

    bool operator==(const Sums&) const = default;
    static constexpr auto describe() {
        return described<Sums>("What all lines come to.", field<&Sums::by_rate>("By tax rate."));
    }
};

/// Taxes are rounded half up, per line or per rate of the whole as `rules` say; net + taxes = gross
/// always.
Totals totals(const Sums& sums, const SumRules& rules);

/// What is wrong with a quantity, or nothing: at least `minimum`, a multiple of `step`, at most
/// quantity_max.
std::optional<Refusal> quantity_fault(std::string_view sku, Quantity quantity, Quantity minimum,
                                      Quantity step);

}  // namespace kontor::carts
