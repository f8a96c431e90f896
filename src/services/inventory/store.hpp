#pragma once

#include <span>

#include "platform/sql/sql.hpp"
#include "services/inventory/api.hpp"
#include "services/inventory/rules.hpp"

/// The rows of stock and reservations. Each function runs inside its caller's transaction. Whoever
/// changes cells counts their SKUs' changes first: those rows' locks keep the changes of a SKU, and
/// so its events, in order, and two that take several SKUs in order from waiting for each other.
namespace kontor::inventory::store {

/// Why counters change.
enum class Cause { count, reserve, allocate, release, expire, ship, restock };
BOOST_DESCRIBE_ENUM(Cause, count, reserve, allocate, release, expire, ship, restock)

/// A cell's counters as they are now.
struct Cell {
    std::int64_t id = 0;
    std::string sku;
    std::string location;
    Quantity on_hand;
    Quantity reserved;
    Quantity allocated;
    Quantity safety;
    Quantity counted_change;

    static constexpr auto describe() {
        return described<Cell>("A row of stock.", field<&Cell::id>(""), field<&Cell::sku>(""),
                               field<&Cell::location>(""), field<&Cell::on_hand>(""),
                               field<&Cell::reserved>(""), field<&Cell::allocated>(""),
                               field<&Cell::safety>(""), field<&Cell::counted_change>(""));
    }
};

/// What is added to a cell's counters.
struct Movement {
    std::int64_t cell = 0;
    Quantity on_hand;
    Quantity reserved;
    Quantity allocated;
};

struct StoredReservation {
    std::uint64_t id = 0;
    ReservationStatus status = ReservationStatus::held;
    Timestamp expires_at;
    std::optional<std::string> bound_to;

    static constexpr auto describe() {
        using R = StoredReservation;
        return described<R>("A row of reservations.", field<&R::id>(""), field<&R::status>(""),
                            field<&R::expires_at>(""), field<&R::bound_to>(""));
    }
};

/// Counts a change of each SKU, known or not; the new versions. `skus`: sorted.
Task<std::vector<std::int64_t>> count_changes(sql::Transaction& transaction,
                                              std::span<const std::string> skus);
/// The same of known SKUs; nothing for one that was never counted.
Task<std::vector<std::optional<std::int64_t>>> count_known_changes(
    sql::Transaction& transaction, std::span<const std::string> skus);

/// Writes the counts that differ from their cells; the cells of those, in the order given.
Task<std::vector<std::optional<Cell>>> put(sql::Transaction& transaction,
                                           std::span<const StockCount> counts);

/// The places that could serve each line, the one with most first: the one it names, or those that
/// serve `market` online.
Task<std::vector<std::vector<Candidate>>> candidates(sql::Transaction& transaction,
                                                     MarketCode market,
                                                     std::span<const WantedLine> lines);

/// Reserves in each cell, where it still has that much available; its counters after it.
Task<std::vector<std::optional<Cell>>> take(sql::Transaction& transaction,
                                            std::span<const Movement> movements);
/// What lies in each cell.
Task<std::vector<std::optional<Quantity>>> on_hand(sql::Transaction& transaction,
                                                   std::span<const std::int64_t> cells);
/// Adds goods to places, where needed to new ones; the counters after it.
Task<std::vector<std::optional<Cell>>> shelve(sql::Transaction& transaction,
                                              std::span<const RestockedLine> lines);
/// Adds each movement to its cell; the counters after it.
Task<std::vector<std::optional<Cell>>> shift(sql::Transaction& transaction,
                                             std::span<const Movement> movements);
/// Writes movements down, with why, on whose behalf and when.
void record(sql::Transaction& transaction, std::span<const Movement> movements, Cause cause,
            std::string_view reference, Timestamp at);
/// The same for many: one round trip.
Task<void> record_all(sql::Transaction& transaction, std::span<const Movement> movements,
                      Cause cause, Timestamp at);

/// False where the key has a reservation already.
Task<bool> add(sql::Transaction& transaction, std::string_view key,
               const StoredReservation& reservation);
void add_lines(sql::Transaction& transaction, std::uint64_t reservation,
               std::span<const Movement> movements);
/// Locks it until the transaction ends.
Task<std::optional<StoredReservation>> find(sql::Transaction& transaction, std::string_view key);
Task<std::vector<HeldLine>> lines(sql::Transaction& transaction, std::uint64_t reservation);
/// Writes its status, end and order.
Task<void> update(sql::Transaction& transaction, const StoredReservation& reservation);
/// Writes what of the lines was released and shipped.
Task<void> update_lines(sql::Transaction& transaction, std::uint64_t reservation,
                        std::span<const HeldLine> lines);
/// Notes that the change `key` of `scope` is applied; what it was, where it was applied before.
Task<std::optional<std::string>> apply_once(sql::Transaction& transaction, std::string_view scope,
                                            std::string_view key, std::string_view content,
                                            Timestamp now);
/// Keys of at most `limit` held reservations that have expired by `now`, the oldest first.
Task<std::vector<std::string>> expired(sql::Transaction& transaction, Timestamp now,
                                       std::int64_t limit);

/// By location.
Task<std::vector<StockLevel>> levels(sql::Transaction& transaction, std::string_view sku);
/// At most `limit` SKUs that were ever counted, after `after`, in their order.
Task<std::vector<std::string>> skus(sql::Transaction& transaction, std::string_view after,
                                    std::int64_t limit);
/// By location, for each SKU in the order given.
Task<std::vector<std::vector<StockCell>>> cells_of(sql::Transaction& transaction,
                                                   std::span<const std::string> skus);

/// Replaces the markets whose online orders `location` serves.
Task<void> put_online_markets(sql::Transaction& transaction, std::string_view location,
                              std::span<const MarketCode> markets);

}  // namespace kontor::inventory::store
