#pragma once

#include <vector>

#include "services/discovery/api.hpp"
#include "services/discovery/world.hpp"

namespace kontor::discovery {

/// Metres as the crow flies: haversine on a sphere of 6,371,008.8 m, wrong by at most 0.6 %.
double distance_m(Coordinates a, Coordinates b);

/// A store seen from a point.
struct NearStore {
    const Place* place = nullptr;
    std::size_t number = 0;
    std::optional<std::int64_t> distance_m;
};

/// The market's stores, nearest first; by id where nobody says from where.
std::vector<NearStore> nearest_stores(const World& world, const MarketEntry& market,
                                      const std::optional<Coordinates>& from);

StoreView view_of(const NearStore& near);

}  // namespace kontor::discovery
