#pragma once

#include <set>
#include <span>
#include <variant>

#include "services/inventory/books.hpp"

/// The changes of stock that the writer takes, many in one batch.
namespace kontor::inventory {

/// Ends a held reservation whose time is over.
struct ExpireReservation {
    std::string reservation;
};

/// Sets counters to what was counted; each SKU and place once.
struct CountStock {
    std::vector<StockCount> counts;
};

/// Goods that came to a place, or went.
struct Delta {
    std::size_t index = 0;  ///< Of the entry in its request.
    std::string key;        ///< Unique within the scope: it happens once.
    std::string sku;
    std::string location;
    Quantity change;
};

struct MoveGoods {
    Cause cause = Cause::adjust;
    std::string scope;
    std::string reference;
    std::vector<Delta> deltas;
};

using Change = std::variant<ReserveStock, ExtendReservation, AllocateStock, ReleaseStock, ShipStock,
                            ExpireReservation, CountStock, MoveGoods>;
using Outcome = std::variant<Reservation, PutOutcome>;

/// A change with what it depends on beside the books.
struct Request {
    Change change;
    MarketCode market;     ///< Whose online orders are served.
    std::uint64_t id = 0;  ///< Of the reservation, if it becomes one.
};

/// Whether it is a piece of a feed: many counts or movements at once, for which nobody waits.
bool is_bulk(const Change& change);

/// How many lines a batch gets longer by it.
std::size_t weight_of(const Change& change);

/// What a batch must know before it can decide. The texts are those of its requests.
struct Needs {
    using Pair = std::pair<std::string_view, std::string_view>;

    std::set<std::string_view> reservations{};
    std::set<std::string, std::less<>> skus{};
    std::set<std::string_view> markets{};
    std::set<Pair> online{};  ///< A SKU in the places that serve a market.
    std::set<Pair> places{};  ///< A SKU in a place.
    std::set<ChangeKey> applied{};
};

Needs needs_of(std::span<const Request> requests);

/// Adds the parts of kits that `needs` names.
void add_parts(Needs& needs, const Books& books);

/// The keys under which a reservation is changed in part.
ChangeKey release_key(const ReleaseStock& wanted);
ChangeKey shipment_key(const ShipStock& wanted);

}  // namespace kontor::inventory
