#pragma once

#include <map>

#include "platform/service/service.hpp"
#include "services/inventory/store.hpp"

/// How counters change: with their movements and events, in the caller's transaction. Nothing else
/// writes to cells.
namespace kontor::inventory::ledger {

/// Who changes counters.
struct Books {
    sql::Transaction& transaction;
    const Context& context;
    events::Outbox& outbox;
    Timestamp now;
};

/// Sets what was counted, entry by entry.
Task<PutOutcome> count(Books books, const std::vector<StockCount>& counts);

/// Reserves every line of `wanted`, in this order, or refuses with `unknown_sku`, `out_of_stock`.
/// On a refusal the transaction must be rolled back.
Task<Result<std::vector<ReservedLine>>> hold(Books books, const ReserveStock& wanted,
                                             std::uint64_t reservation);

/// What becomes of a quantity: -1 takes it from a counter, 1 adds it. What is taken from on_hand is
/// at most what lies there.
struct Shift {
    store::Cause cause;
    int reserved = 0;
    int allocated = 0;
    int on_hand = 0;
};
inline constexpr Shift reserved_to_allocated{store::Cause::allocate, -1, 1};
inline constexpr Shift reserved_to_available{store::Cause::release, -1, 0};
inline constexpr Shift allocated_to_available{store::Cause::release, 0, -1};
inline constexpr Shift allocated_to_gone{store::Cause::ship, 0, -1, -1};
inline constexpr Shift expired_to_available{store::Cause::expire, -1, 0};

/// Moves `parts` of `lines` between counters. `reference`: on whose behalf.
Task<void> shift(Books books, const std::vector<HeldLine>& lines, std::span<const Part> parts,
                 Shift how, std::string_view reference);

/// Puts goods on the shelf, line by line, each once under `wanted.key`.
Task<PutOutcome> restock(Books books, const RestockGoods& wanted);

}  // namespace kontor::inventory::ledger
