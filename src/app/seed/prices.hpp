#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/seed/markets.hpp"
#include "app/seed/shop.hpp"
#include "base/random.hpp"

namespace kontor::seed {

/// The nearest price that a shop would print: 149.99 EUR, 24.95 CHF, 1,299 SEK, 2,495 ISK.
/// `exact`: above 0, in minor units. Never below the currency's smallest price point.
Money price_point(std::int64_t exact, Currency currency);

/// A sale that a product takes part in, in some of its markets.
struct Sale {
    int discount_percent = 0;  ///< 0: none.
    Timestamp from;
    Timestamp until;
    std::uint64_t markets = 0;  ///< A bit for each market.
};

/// Most products have none; some had one, have one now, or will.
Sale choose_sale(Random& random, Timestamp today);

/// The lasting price in every market, and the sale's where it makes the article cheaper.
/// `base_cents`: above 0, euro cents.
std::vector<Price> make_prices(std::int64_t base_cents, const Sale& sale,
                               std::span<const Market> markets);

}  // namespace kontor::seed
