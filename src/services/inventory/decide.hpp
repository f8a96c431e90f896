#pragma once

#include "services/inventory/change.hpp"

/// Pure decisions about changes of stock, one after another over the books of a batch: each all or
/// nothing, and as if it were alone. A refusal leaves the books as they were.
namespace kontor::inventory {

Result<Outcome> decide(Books& books, const Request& request);

/// Each by itself; `decide` calls them.
Result<Reservation> decide_reserve(Books& books, const ReserveStock& wanted,
                                   const Request& request);
Result<Reservation> decide_extend(Books& books, const ExtendReservation& wanted);
Result<Reservation> decide_allocate(Books& books, const AllocateStock& wanted);
Result<Reservation> decide_release(Books& books, const ReleaseStock& wanted, std::uint64_t id);
Result<Reservation> decide_ship(Books& books, const ShipStock& wanted);
Result<Reservation> decide_expire(Books& books, const ExpireReservation& wanted);
PutOutcome decide_count(Books& books, const CountStock& wanted);
PutOutcome decide_moves(Books& books, const MoveGoods& wanted);

/// As callers see it.
Reservation reservation_of(const std::string& key, const Held& held);
/// Why nothing more can be done with it.
std::unexpected<Refusal> ended(std::string_view key, const Held& held);

}  // namespace kontor::inventory
