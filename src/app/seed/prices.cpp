#include "app/seed/prices.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace kontor::seed {

namespace {

/// From `from` minor units on, prices are a multiple of `multiple` less `less`.
struct Rung {
    std::int64_t from;
    std::int64_t multiple;
    std::int64_t less;
};
using Ladder = std::array<Rung, 3>;

constexpr Ladder cents{{{0, 10, 1}, {10'00, 1'00, 1}, {100'00, 10'00, 1}}};
constexpr Ladder rappen{{{0, 10, 5}, {10'00, 1'00, 5}, {100'00, 10'00, 5}}};
constexpr Ladder kronor{{{0, 1'00, 0}, {50'00, 10'00, 1'00}, {2'000'00, 100'00, 1'00}}};
constexpr Ladder forint{{{0, 10'00, 0}, {1'000'00, 100'00, 10'00}, {20'000'00, 1'000'00, 10'00}}};
constexpr Ladder kronur{{{0, 10, 5}, {1'000, 100, 5}, {20'000, 1'000, 5}}};

const Ladder& ladder(Currency currency) {
    const auto code = currency.view();
    if (code == "CHF") {
        return rappen;
    }
    if (code == "HUF") {
        return forint;
    }
    if (code == "ISK") {
        return kronur;
    }
    return code == "SEK" || code == "NOK" || code == "DKK" || code == "CZK" ? kronor : cents;
}

std::int64_t permille(std::string_view market) {
    return std::ranges::find(market_profiles(), market, &MarketProfile::code)->price_permille;
}

}  // namespace

Money price_point(std::int64_t exact, Currency currency) {
    const auto& rungs = ladder(currency);
    auto rung = rungs.front();
    for (const auto& higher : rungs) {
        rung = exact >= higher.from ? higher : rung;
    }
    const auto multiples = (exact + rung.multiple / 2) / rung.multiple;
    return {std::max<std::int64_t>(multiples, 1) * rung.multiple - rung.less, currency};
}

Sale choose_sale(Random& random, Timestamp today) {
    using std::chrono::days;
    const auto chance = random.below(100);
    const auto length = days(random.between(14, 45));
    Sale sale{.discount_percent = static_cast<int>(random.between(2, 7)) * 5,
              .from = today + days(-random.between(1, 13)),
              .until = {},
              .markets = random.u64() | 1};
    if (chance < 6) {
        sale.from = today + days(-random.between(60, 300));
    } else if (chance >= 14 && chance < 18) {
        sale.from = today + days(random.between(5, 60));
    } else if (chance >= 18) {
        return {};
    }
    sale.until = sale.from + length;
    return sale;
}

std::vector<Price> make_prices(std::int64_t base_cents, const Sale& sale,
                               std::span<const Market> markets) {
    std::vector<Price> prices;
    prices.reserve(markets.size());
    for (std::size_t i = 0; i < markets.size(); ++i) {
        const auto& market = markets[i];
        const auto exact = base_cents * permille(market.code) *
                           market.currency.minor_units_per_major() / (1000 * 100);
        const auto lasting = price_point(exact, market.currency);
        prices.push_back({market.code, lasting});
        if (sale.discount_percent == 0 || (sale.markets >> i & 1) == 0) {
            continue;
        }
        const auto reduced =
            price_point(exact * (100 - sale.discount_percent) / 100, market.currency);
        if (reduced < lasting) {
            prices.push_back({market.code, reduced, sale.from, sale.until});
        }
    }
    return prices;
}

}  // namespace kontor::seed
