#include "services/inventory/store.hpp"

#include "platform/sql/values.hpp"

namespace kontor::inventory::store {

namespace {

constexpr sql::Statement count_change{"inventory.count_change", R"sql(
    INSERT INTO stocked_skus (sku, version)
    VALUES ($1, 1)
    ON CONFLICT (sku) DO UPDATE
       SET version = stocked_skus.version + 1
    RETURNING version
)sql"};

constexpr sql::Statement count_known_change{"inventory.count_known_change", R"sql(
    UPDATE stocked_skus
       SET version = version + 1
     WHERE sku = $1
    RETURNING version
)sql"};

constexpr sql::Statement put_count{"inventory.put_count", R"sql(
    INSERT INTO stock (sku, location, on_hand, safety, counted_change)
    VALUES ($1, $2, $3, COALESCE(CAST($4 AS BIGINT), 0), $3)
    ON CONFLICT (sku, location) DO UPDATE
       SET on_hand = excluded.on_hand,
           safety = COALESCE(CAST($4 AS BIGINT), stock.safety),
           counted_change = excluded.on_hand - stock.on_hand
     WHERE stock.on_hand <> excluded.on_hand
        OR stock.safety <> COALESCE(CAST($4 AS BIGINT), stock.safety)
    RETURNING id, sku, location, on_hand, reserved, allocated, safety, counted_change
)sql"};

// CROSS JOIN keeps SQLite from starting with the SKU's cells, of which there are more than of a
// market's online locations.
constexpr sql::Statement read_candidates{"inventory.read_candidates", R"sql(
    SELECT s.id AS cell, s.on_hand - s.reserved - s.allocated - s.safety AS available
      FROM online_locations o
     CROSS JOIN stock s
     WHERE o.market = $2
       AND s.sku = $1
       AND s.location = o.location
     UNION ALL
    SELECT s.id AS cell, s.on_hand - s.reserved - s.allocated - s.safety AS available
      FROM stock s
     WHERE s.sku = $1
       AND s.location = $3
     ORDER BY available DESC, cell
)sql"};

constexpr sql::Statement take_stock{"inventory.take_stock", R"sql(
    UPDATE stock
       SET reserved = reserved + $2
     WHERE id = $1
       AND on_hand - reserved - allocated - safety >= $2
    RETURNING id, sku, location, on_hand, reserved, allocated, safety, counted_change
)sql"};

constexpr sql::Statement shift_stock{"inventory.shift_stock", R"sql(
    UPDATE stock
       SET on_hand = on_hand + $2,
           reserved = reserved + $3,
           allocated = allocated + $4
     WHERE id = $1
    RETURNING id, sku, location, on_hand, reserved, allocated, safety, counted_change
)sql"};

constexpr sql::Statement read_on_hand{"inventory.read_on_hand", R"sql(
    SELECT on_hand FROM stock WHERE id = $1
)sql"};

constexpr sql::Statement shelve_goods{"inventory.shelve_goods", R"sql(
    INSERT INTO stock (sku, location, on_hand)
    VALUES ($1, $2, $3)
    ON CONFLICT (sku, location) DO UPDATE
       SET on_hand = stock.on_hand + excluded.on_hand
    RETURNING id, sku, location, on_hand, reserved, allocated, safety, counted_change
)sql"};

constexpr sql::Statement add_movement{"inventory.add_movement", R"sql(
    INSERT INTO movements (cell, cause, reference, on_hand, reserved, allocated, moved_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql"};

constexpr sql::Statement add_reservation{"inventory.add_reservation", R"sql(
    INSERT INTO reservations (id, key, status, expires_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (key) DO NOTHING
)sql"};

constexpr sql::Statement add_line{"inventory.add_line", R"sql(
    INSERT INTO reservation_lines (reservation, ordinal, cell, quantity)
    VALUES ($1, $2, $3, $4)
)sql"};

constexpr sql::Statement find_reservation{"inventory.find_reservation", R"sql(
    SELECT id, status, expires_at, bound_to
      FROM reservations
     WHERE key = $1
    {{for_update}}
)sql"};

constexpr sql::Statement read_lines{"inventory.read_lines", R"sql(
    SELECT l.ordinal, l.cell, s.sku, s.location, l.quantity, l.released, l.shipped
      FROM reservation_lines l
      JOIN stock s ON s.id = l.cell
     WHERE l.reservation = $1
     ORDER BY l.ordinal
)sql"};

constexpr sql::Statement update_reservation{"inventory.update_reservation", R"sql(
    UPDATE reservations
       SET status = $2,
           expires_at = $3,
           bound_to = $4
     WHERE id = $1
)sql"};

constexpr sql::Statement update_line{"inventory.update_line", R"sql(
    UPDATE reservation_lines
       SET released = $3,
           shipped = $4
     WHERE reservation = $1
       AND ordinal = $2
)sql"};

constexpr sql::Statement add_applied{"inventory.add_applied", R"sql(
    INSERT INTO applied_changes (scope, key, content, applied_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (scope, key) DO NOTHING
)sql"};

constexpr sql::Statement read_applied{"inventory.read_applied", R"sql(
    SELECT content FROM applied_changes WHERE scope = $1 AND key = $2
)sql"};

constexpr sql::Statement read_expired{"inventory.read_expired", R"sql(
    SELECT key
      FROM reservations
     WHERE status = 'held'
       AND expires_at <= $1
     ORDER BY expires_at
     LIMIT $2
)sql"};

constexpr sql::Statement read_levels{"inventory.read_levels", R"sql(
    SELECT s.location, s.on_hand, s.reserved, s.allocated, s.safety,
           s.on_hand - s.reserved - s.allocated - s.safety AS available,
           (SELECT COUNT(*)
              FROM online_locations o
             WHERE o.location = s.location) AS serves_online
      FROM stock s
     WHERE s.sku = $1
     ORDER BY s.location
)sql"};

constexpr sql::Statement read_skus{"inventory.read_skus", R"sql(
    SELECT sku FROM stocked_skus WHERE sku > $1 ORDER BY sku LIMIT $2
)sql"};

constexpr sql::Statement read_cells{"inventory.read_cells", R"sql(
    SELECT location, on_hand, reserved, allocated, safety,
           on_hand - reserved - allocated - safety AS available
      FROM stock
     WHERE sku = $1
     ORDER BY location
)sql"};

constexpr sql::Statement forget_online{"inventory.forget_online", R"sql(
    DELETE FROM online_locations WHERE location = $1
)sql"};

constexpr sql::Statement add_online{"inventory.add_online", R"sql(
    INSERT INTO online_locations (market, location)
    VALUES ($1, $2)
    ON CONFLICT (market, location) DO NOTHING
)sql"};

std::vector<sql::Args> one_each(std::span<const std::string> texts) {
    std::vector<sql::Args> args;
    args.reserve(texts.size());
    for (const auto& text : texts) {
        args.emplace_back(text);
    }
    return args;
}

}  // namespace

Task<std::vector<std::int64_t>> count_changes(sql::Transaction& transaction,
                                              std::span<const std::string> skus) {
    const auto args = one_each(skus);
    std::vector<std::int64_t> versions;
    versions.reserve(skus.size());
    for (const auto& version : co_await transaction.row_each<std::int64_t>(count_change, args)) {
        versions.push_back(version.value());
    }
    co_return versions;
}

Task<std::vector<std::optional<std::int64_t>>> count_known_changes(
    sql::Transaction& transaction, std::span<const std::string> skus) {
    const auto args = one_each(skus);
    co_return co_await transaction.row_each<std::int64_t>(count_known_change, args);
}

Task<std::vector<std::optional<Cell>>> put(sql::Transaction& transaction,
                                           std::span<const StockCount> counts) {
    std::vector<sql::Args> rows;
    rows.reserve(counts.size());
    for (const auto& count : counts) {
        rows.emplace_back(count.sku, count.location, count.on_hand, count.safety);
    }
    co_return co_await transaction.row_each<Cell>(put_count, rows);
}

Task<std::vector<std::vector<Candidate>>> candidates(sql::Transaction& transaction,
                                                     MarketCode market,
                                                     std::span<const WantedLine> lines) {
    std::vector<sql::Args> args;
    args.reserve(lines.size());
    for (const auto& line : lines) {
        const bool named = line.location.has_value();
        args.emplace_back(line.sku, named ? std::string_view() : market.view(),
                          named ? std::string_view(*line.location) : std::string_view());
    }
    co_return co_await transaction.rows_each<Candidate>(read_candidates, args);
}

Task<std::vector<std::optional<Cell>>> take(sql::Transaction& transaction,
                                            std::span<const Movement> movements) {
    std::vector<sql::Args> args;
    args.reserve(movements.size());
    for (const auto& movement : movements) {
        args.emplace_back(movement.cell, movement.reserved);
    }
    co_return co_await transaction.row_each<Cell>(take_stock, args);
}

Task<std::vector<std::optional<Cell>>> shift(sql::Transaction& transaction,
                                             std::span<const Movement> movements) {
    std::vector<sql::Args> args;
    args.reserve(movements.size());
    for (const auto& movement : movements) {
        args.emplace_back(movement.cell, movement.on_hand, movement.reserved, movement.allocated);
    }
    co_return co_await transaction.row_each<Cell>(shift_stock, args);
}

Task<std::vector<std::optional<Quantity>>> on_hand(sql::Transaction& transaction,
                                                   std::span<const std::int64_t> cells) {
    std::vector<sql::Args> args;
    for (const auto cell : cells) {
        args.emplace_back(cell);
    }
    co_return co_await transaction.row_each<Quantity>(read_on_hand, args);
}

Task<std::vector<std::optional<Cell>>> shelve(sql::Transaction& transaction,
                                              std::span<const RestockedLine> lines) {
    std::vector<sql::Args> args;
    for (const auto& line : lines) {
        args.emplace_back(line.sku, line.location, line.quantity);
    }
    co_return co_await transaction.row_each<Cell>(shelve_goods, args);
}

void record(sql::Transaction& transaction, std::span<const Movement> movements, Cause cause,
            std::string_view reference, Timestamp at) {
    for (const auto& movement : movements) {
        transaction.execute_later(add_movement, movement.cell, cause, reference, movement.on_hand,
                                  movement.reserved, movement.allocated, at);
    }
}

Task<void> record_all(sql::Transaction& transaction, std::span<const Movement> movements,
                      Cause cause, Timestamp at) {
    std::vector<sql::Args> rows;
    rows.reserve(movements.size());
    for (const auto& movement : movements) {
        rows.emplace_back(movement.cell, cause, "", movement.on_hand, movement.reserved,
                          movement.allocated, at);
    }
    co_await transaction.execute_each(add_movement, rows);
}

Task<bool> add(sql::Transaction& transaction, std::string_view key,
               const StoredReservation& reservation) {
    co_return co_await transaction.execute(add_reservation, reservation.id, key, reservation.status,
                                           reservation.expires_at) != 0;
}

void add_lines(sql::Transaction& transaction, std::uint64_t reservation,
               std::span<const Movement> movements) {
    std::int64_t ordinal = 0;
    for (const auto& movement : movements) {
        transaction.execute_later(add_line, reservation, ordinal++, movement.cell,
                                  movement.reserved);
    }
}

Task<std::optional<StoredReservation>> find(sql::Transaction& transaction, std::string_view key) {
    return transaction.row<StoredReservation>(find_reservation, key);
}

Task<std::vector<HeldLine>> lines(sql::Transaction& transaction, std::uint64_t reservation) {
    return transaction.rows<HeldLine>(read_lines, reservation);
}

Task<void> update(sql::Transaction& transaction, const StoredReservation& reservation) {
    co_await transaction.execute(update_reservation, reservation.id, reservation.status,
                                 reservation.expires_at, reservation.bound_to);
}

Task<void> update_lines(sql::Transaction& transaction, std::uint64_t reservation,
                        std::span<const HeldLine> lines) {
    std::vector<sql::Args> args;
    for (const auto& line : lines) {
        args.emplace_back(reservation, line.ordinal, line.released, line.shipped);
    }
    co_await transaction.execute_each(update_line, args);
}

Task<std::optional<std::string>> apply_once(sql::Transaction& transaction, std::string_view scope,
                                            std::string_view key, std::string_view content,
                                            Timestamp now) {
    if (co_await transaction.execute(add_applied, scope, key, content, now) != 0) {
        co_return std::nullopt;
    }
    co_return co_await transaction.row<std::string>(read_applied, scope, key);
}

Task<std::vector<std::string>> expired(sql::Transaction& transaction, Timestamp now,
                                       std::int64_t limit) {
    return transaction.rows<std::string>(read_expired, now, limit);
}

Task<std::vector<StockLevel>> levels(sql::Transaction& transaction, std::string_view sku) {
    return transaction.rows<StockLevel>(read_levels, sku);
}

Task<std::vector<std::string>> skus(sql::Transaction& transaction, std::string_view after,
                                    std::int64_t limit) {
    return transaction.rows<std::string>(read_skus, after, limit);
}

Task<std::vector<std::vector<StockCell>>> cells_of(sql::Transaction& transaction,
                                                   std::span<const std::string> skus) {
    const auto args = one_each(skus);
    co_return co_await transaction.rows_each<StockCell>(read_cells, args);
}

Task<void> put_online_markets(sql::Transaction& transaction, std::string_view location,
                              std::span<const MarketCode> markets) {
    std::vector<sql::Args> rows;
    for (const auto& market : markets) {
        rows.emplace_back(market, location);
    }
    co_await transaction.execute(forget_online, location);
    co_await transaction.execute_each(add_online, rows);
}

}  // namespace kontor::inventory::store
