#pragma once

#include "platform/events/event.hpp"
#include "services/inventory/api.hpp"

namespace kontor::inventory {

/// Counters of a SKU changed. Aggregate: the SKU.
struct StockChanged {
    std::string sku;
    std::vector<StockCell> cells;
    static constexpr events::Type type{"inventory.stock-changed", 1};
    static constexpr auto describe() {
        return described<StockChanged>(
            "Counters of a SKU changed.", field<&StockChanged::sku>("What is sold."),
            field<&StockChanged::cells>("The places where they changed, as they are now."));
    }
};

}  // namespace kontor::inventory
