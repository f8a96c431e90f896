#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "app/seed/shop.hpp"

namespace kontor::seed {

/// What the generator needs to know of a market beside what it publishes.
struct MarketProfile {
    std::string_view code;
    std::string_view region;  ///< Of its warehouse: `central`, `west`, `south`, `north`, `east`.
    int store_weight;         ///< Its share of the stores.
    /// What shoppers pay for a euro of the base price, in thousandths of the currency: exchange,
    /// VAT and level included. An integer, so that no machine rounds otherwise.
    std::int64_t price_permille;
};

/// All 19, Germany first; `market_profiles()` runs in parallel with `all_markets()`.
std::vector<Market> all_markets();
std::span<const MarketProfile> market_profiles();

}  // namespace kontor::seed
