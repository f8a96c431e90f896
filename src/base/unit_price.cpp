#include "base/unit_price.hpp"

#include <stdexcept>

namespace kontor {

UnitPrice unit_price(Money price, Measure content, Rounding rounding) {
    if (content.amount.thousandths <= 0) {
        throw std::logic_error("a unit price needs a positive content");
    }
    const auto base = base_unit(content.unit);
    constexpr auto exact_per_base = __int128{Quantity::scale} * 1'000'000;
    const auto exact_content = __int128{content.amount.thousandths} * base.millionths;
    const auto minor_units =
        decimal::divide(price.minor_units * exact_per_base, exact_content, rounding);
    return {{minor_units, price.currency}, base.unit};
}

}  // namespace kontor
