#pragma once

#include "platform/events/event.hpp"
#include "services/inventory/api.hpp"

namespace kontor::inventory {

/// What lies in a place of a SKU, or can still be promised, changed. Aggregate: the SKU.
struct StockChanged {
    std::string sku;
    std::vector<StockCell> cells;
    static constexpr events::Type type{"inventory.stock-changed", 1};
    static constexpr auto describe() {
        return described<StockChanged>(
            "What lies in a place of a SKU, or can still be promised, changed.",
            field<&StockChanged::sku>("What is sold."),
            field<&StockChanged::cells>("The places where it changed, as they are now."));
    }
};

/// A reservation's time was over before it was allocated: it holds nothing any more. Aggregate: the
/// reservation.
struct ReservationExpired {
    std::string reservation;
    static constexpr events::Type type{"inventory.reservation-expired", 1};
    static constexpr auto describe() {
        return described<ReservationExpired>(
            "A reservation's time was over before it was allocated.",
            field<&ReservationExpired::reservation>("Its key."));
    }
};

/// A count or a correction found less than was promised: somebody must be disappointed, or goods
/// brought from elsewhere. Aggregate: the SKU.
struct StockShort {
    std::string sku;
    std::string location;
    Quantity on_hand;
    Quantity promised;
    static constexpr events::Type type{"inventory.stock-short", 1};
    static constexpr auto describe() {
        return described<StockShort>(
            "A count found less than was promised.", field<&StockShort::sku>("What is sold."),
            field<&StockShort::location>("Where."), field<&StockShort::on_hand>("What lies there."),
            field<&StockShort::promised>("reserved + allocated."));
    }
};

}  // namespace kontor::inventory
