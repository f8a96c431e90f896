#pragma once

#include "platform/events/event.hpp"
#include "services/stores/api.hpp"

namespace kontor::stores {

/// A market was made or changed. Aggregate: its code.
struct MarketChanged {
    Market market;
    static constexpr events::Type type{"stores.market-changed", 1};
    static constexpr auto describe() {
        return described<MarketChanged>("A market was made or changed.",
                                        field<&MarketChanged::market>("As it is now."));
    }
};

/// A store or warehouse was made or changed. Aggregate: its id.
struct StoreChanged {
    Store store;
    static constexpr events::Type type{"stores.store-changed", 1};
    static constexpr auto describe() {
        return described<StoreChanged>("A store or warehouse was made or changed.",
                                       field<&StoreChanged::store>("As it is now."));
    }
};

}  // namespace kontor::stores
