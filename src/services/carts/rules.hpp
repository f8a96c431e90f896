#pragma once

#include "services/carts/api.hpp"
#include "services/stores/api.hpp"

namespace kontor::carts {

/// How a market sums up; kept with the cart, so that every later change sums alike.
struct SumRules {
    Currency currency;
    stores::PriceDisplay prices = stores::PriceDisplay::gross;
    stores::TaxRounding tax_rounding = stores::TaxRounding::line;
};

/// Quantity times price, rounded half up to the minor unit, once a line.
Money line_total(Money unit_price, Quantity quantity);

/// Sums over lines. Taxes are rounded half up, per line or per rate of the whole as `rules` say;
/// net + taxes = gross always.
Totals totals(std::span<const Line> lines, const SumRules& rules);

/// What is wrong with a quantity, or nothing: at least `minimum`, a multiple of `step`, at most
/// quantity_max.
std::optional<Refusal> quantity_fault(std::string_view sku, Quantity quantity, Quantity minimum,
                                      Quantity step);

}  // namespace kontor::carts
