#pragma once

#include "base/money.hpp"
#include "base/quantity.hpp"

namespace kontor {

/// What one base unit costs, so that packs of different size can be compared.
struct UnitPrice {
    Money price;
    Unit unit;
    constexpr bool operator==(const UnitPrice&) const = default;
};

/// The price per kilogram, litre, metre, square metre, cubic metre or piece, as the Directive
/// 98/6/EC and the German PAngV (section 5) want it shown: 4.99 EUR for 300 MLT is 16.63 a LTR.
/// `content` is what is in one pack and must be positive, or std::logic_error.
UnitPrice unit_price(Money price, Measure content, Rounding rounding);

}  // namespace kontor
