#include "app/seed/locations.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/seed/cities.hpp"
#include "app/seed/markets.hpp"
#include "app/seed/table.hpp"
#include "base/random.hpp"

namespace kontor::seed {

namespace {

struct Region {
    std::string_view name;
    std::string_view market;
    std::string_view city;
    std::string_view street;
    std::string_view postal_code;
    Coordinates coordinates;
};

constexpr std::array<Region, 5> regions{{
    {"central", "de", "Kassel", "Lagerring 1", "34123", {51.298, 9.541}},
    {"west", "nl", "Tilburg", "Magazijnweg 8", "5048 AB", {51.588, 5.012}},
    {"south", "it", "Verona", "Via dei Magazzini 14", "37137", {45.397, 10.960}},
    {"north", "se", "Linköping", "Lagergatan 3", "582 78", {58.429, 15.655}},
    {"east", "cz", "Brno", "Skladová 20", "617 00", {49.170, 16.640}},
}};

std::string_view region_of(std::string_view market) {
    return std::ranges::find(market_profiles(), market, &MarketProfile::code)->region;
}

std::string_view country_of(std::string_view code) {
    static const auto all = all_markets();
    return std::ranges::find(all, code, &Market::code)->country;
}

std::vector<Location> make_warehouses(const std::vector<Market>& markets) {
    std::vector<Location> warehouses;
    for (const auto& region : regions) {
        Location warehouse{.code = fmt::format("warehouse-{}", region.name),
                           .kind = LocationKind::warehouse,
                           .market = region.market,
                           .name = fmt::format("Kontor Logistik {}", region.city),
                           .address = {std::string(region.street), std::string(region.postal_code),
                                       region.city, country_of(region.market)},
                           .coordinates = region.coordinates,
                           .opening_hours = {},
                           .serves_online = {}};
        for (const auto& market : markets) {
            if (region_of(market.code) == region.name) {
                warehouse.serves_online.push_back(market.code);
            }
        }
        if (!warehouse.serves_online.empty()) {
            warehouses.push_back(std::move(warehouse));
        }
    }
    return warehouses;
}

/// At least one each; the rest in proportion to the weights, largest remainders first.
std::vector<std::int64_t> stores_per_market(const std::vector<Market>& markets,
                                            std::int64_t stores) {
    std::vector<std::int64_t> weights;
    for (std::size_t i = 0; i < markets.size(); ++i) {
        weights.push_back(market_profiles()[i].store_weight);
    }
    const auto rest = stores - static_cast<std::int64_t>(markets.size());
    std::vector<std::int64_t> counts;
    for (const auto& part : allocate(Money{rest, Currency()}, weights)) {
        counts.push_back(1 + part.minor_units);
    }
    return counts;
}

std::string fill_postal(std::string_view pattern, Random& random) {
    std::string code;
    for (const char c : pattern) {
        code += c == '#'   ? static_cast<char>('0' + random.below(10))
                : c == '@' ? static_cast<char>('A' + random.below(26))
                           : c;
    }
    return code;
}

std::string_view pick(std::string_view alternatives, Random& random) {
    const auto count = std::ranges::count(alternatives, '|') + 1;
    auto skip = random.below(static_cast<std::uint64_t>(count));
    auto chosen = take(alternatives, '|');
    for (; skip > 0; --skip) {
        chosen = take(alternatives, '|');
    }
    return chosen;
}

/// Moves by up to about 6 km, to where a big store finds room.
Coordinates outskirts(Coordinates centre, Random& random) {
    constexpr double degrees_per_step = 1e-5;
    const auto north = static_cast<double>(random.between(-5500, 5500));
    const auto east = static_cast<double>(random.between(-8000, 8000));
    return {centre.latitude + north * degrees_per_step, centre.longitude + east * degrees_per_step};
}

/// `Kontor Berlin`, `Kontor Berlin Nord`, `Kontor Lyon 2`.
std::string store_name(const City& city, std::int64_t round) {
    constexpr std::array<std::string_view, 8> quarters{"",      " Nord", " Süd",   " Ost",
                                                       " West", " Park", " Hafen", " Zentrum"};
    const bool german = city.market == "de" || city.market == "at";
    if (round == 0 || (german && round < static_cast<std::int64_t>(quarters.size()))) {
        return fmt::format("Kontor {}{}", city.name, quarters[static_cast<std::size_t>(round)]);
    }
    return fmt::format("Kontor {} {}", city.name, round + 1);
}

Location make_store(const Market& market, const City& city, std::int64_t ordinal,
                    std::int64_t round, Random& random) {
    const auto habits = local_habits(market.code);
    const auto number = random.between(1, 180);
    return {.code = fmt::format("{}-{:03}", market.code, ordinal + 1),
            .kind = LocationKind::store,
            .market = market.code,
            .name = store_name(city, round),
            .address = {fmt::format(fmt::runtime(pick(habits.streets, random)), number),
                        fill_postal(city.postal, random), city.name, market.country},
            .coordinates = outskirts(city.centre, random),
            .opening_hours = pick(habits.opening_hours, random),
            .serves_online = {}};
}

}  // namespace

std::vector<Location> make_locations(const std::vector<Market>& markets, const Options& options) {
    auto locations = make_warehouses(markets);
    const auto cities = all_cities();
    const auto counts = stores_per_market(markets, options.stores);
    SeededRandom random(options.seed);
    for (std::size_t i = 0; i < markets.size(); ++i) {
        const auto local = std::ranges::equal_range(cities, i, {}, [&](const City& city) {
            return static_cast<std::size_t>(
                std::ranges::find(market_profiles(), city.market, &MarketProfile::code) -
                market_profiles().begin());
        });
        const auto size = static_cast<std::int64_t>(local.size());
        for (std::int64_t ordinal = 0; ordinal < counts[i]; ++ordinal) {
            const auto& city = local[static_cast<std::size_t>(ordinal % size)];
            locations.push_back(make_store(markets[i], city, ordinal, ordinal / size, random));
        }
    }
    return locations;
}

}  // namespace kontor::seed
