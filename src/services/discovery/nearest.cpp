#include "services/discovery/nearest.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kontor::discovery {

double distance_m(Coordinates a, Coordinates b) {
    constexpr double mean_radius_m = 6'371'008.8;  // IUGG
    constexpr double radian = std::numbers::pi / 180;
    const double up = std::sin((b.latitude - a.latitude) * radian / 2);
    const double across = std::sin((b.longitude - a.longitude) * radian / 2);
    const double h =
        up * up + std::cos(a.latitude * radian) * std::cos(b.latitude * radian) * across * across;
    return 2 * mean_radius_m * std::asin(std::min(1.0, std::sqrt(h)));
}

std::vector<NearStore> nearest_stores(const World& world, const MarketEntry& market,
                                      const std::optional<Coordinates>& from) {
    std::vector<NearStore> stores;
    for (std::size_t number = 0; number < world.places().size(); ++number) {
        const auto& place = world.places()[number];
        if (place.market != market.number) {
            continue;
        }
        auto& near = stores.emplace_back(&place, number);
        if (from) {
            const auto& at = place.store->location;
            near.distance_m = std::llround(distance_m(*from, {at.lat, at.lon}));
        }
    }
    std::ranges::sort(stores, {}, [](const NearStore& near) {
        return std::pair(near.distance_m, std::string_view(near.place->id));
    });
    return stores;
}

StoreView view_of(const NearStore& near) {
    const auto& store = *near.place->store;
    return {.id = store.id,
            .name = store.name,
            .street = store.address.street,
            .postal_code = store.address.postal_code,
            .city = store.address.city,
            .country = std::string(store.address.country.view()),
            .location = {store.location.lat, store.location.lon},
            .distance_m = near.distance_m,
            .opening_hours = store.opening_hours};
}

}  // namespace kontor::discovery
