#include "platform/sql/values.hpp"
#include "services/inventory/batch_store.hpp"

namespace kontor::inventory::store {

namespace {

constexpr sql::Statement add_cells{"inventory.add_cells", R"sql(
    INSERT INTO stock (sku, location, on_hand, reserved, allocated, safety, counted_sequence, epoch)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    RETURNING id, sku, location
)sql"};

// A cell is written by the batch that saw it as it is.
constexpr sql::Statement update_cells{"inventory.update_cells", R"sql(
    WITH decided (id, seen, on_hand, reserved, allocated, safety, counted_sequence, epoch)
      AS (VALUES ($1, $2, $3, $4, $5, $6, $7, $8))
    UPDATE stock
       SET on_hand = decided.on_hand,
           reserved = decided.reserved,
           allocated = decided.allocated,
           safety = decided.safety,
           counted_sequence = decided.counted_sequence,
           epoch = decided.epoch
      FROM decided
     WHERE stock.id = decided.id
       AND stock.epoch = decided.seen
)sql"};

constexpr sql::Statement put_versions{"inventory.put_versions", R"sql(
    INSERT INTO stocked_skus (sku, version)
    VALUES ($1, $2)
    ON CONFLICT (sku) DO UPDATE
       SET version = excluded.version
)sql"};

constexpr sql::Statement add_movements{"inventory.add_movements", R"sql(
    INSERT INTO movements (cell, cause, reference, on_hand, reserved, allocated, moved_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql"};

constexpr sql::Statement add_reservations{"inventory.add_reservations", R"sql(
    INSERT INTO reservations (id, key, status, expires_at, bound_to)
    VALUES ($1, $2, $3, $4, $5)
)sql"};

constexpr sql::Statement update_reservations{"inventory.update_reservations", R"sql(
    WITH decided (id, status, expires_at, bound_to) AS (VALUES ($1, $2, $3, $4))
    UPDATE reservations
       SET status = decided.status,
           expires_at = decided.expires_at,
           bound_to = decided.bound_to
      FROM decided
     WHERE reservations.id = decided.id
)sql"};

constexpr sql::Statement add_lines{"inventory.add_lines", R"sql(
    INSERT INTO reservation_lines (reservation, ordinal, cell, quantity, released, shipped, kit,
                                   per_unit)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql"};

constexpr sql::Statement update_lines{"inventory.update_lines", R"sql(
    WITH decided (reservation, ordinal, released, shipped) AS (VALUES ($1, $2, $3, $4))
    UPDATE reservation_lines
       SET released = decided.released,
           shipped = decided.shipped
      FROM decided
     WHERE reservation_lines.reservation = decided.reservation
       AND reservation_lines.ordinal = decided.ordinal
)sql"};

constexpr sql::Statement add_applied{"inventory.add_applied", R"sql(
    INSERT INTO applied_changes (scope, key, content, applied_at)
    VALUES ($1, $2, $3, $4)
)sql"};

Task<void> write_cells(sql::Transaction& transaction, Books& books) {
    std::vector<sql::Args> added;
    std::vector<sql::Args> updated;
    for (const auto index : books.changed) {
        const auto& cell = books.cells[index];
        if (cell.id == 0) {
            added.emplace_back(cell.sku, cell.location, cell.on_hand, cell.reserved, cell.allocated,
                               cell.safety, cell.counted_sequence, books.epoch);
        } else {
            updated.emplace_back(cell.id, cell.epoch, cell.on_hand, cell.reserved, cell.allocated,
                                 cell.safety, cell.counted_sequence, books.epoch);
        }
    }
    using NewCell = std::tuple<std::int64_t, std::string, std::string>;
    for (const auto& [id, sku, location] :
         co_await transaction.rows_together<NewCell>(add_cells, added)) {
        books.cells[books.find(sku, location).value()].id = id;
    }
    const auto written = co_await transaction.execute_together(update_cells, updated);
    if (written != static_cast<std::int64_t>(updated.size())) {
        throw sql::Error(sql::Error::Kind::conflict,
                         "a cell of stock was written past the batch that had seen it");
    }
}

void write_versions(sql::Transaction& transaction, const Books& books) {
    std::set<std::string_view> moved;
    for (const auto cell : books.moved) {
        moved.insert(books.cells[cell].sku);
    }
    std::vector<sql::Args> rows;
    for (const auto sku : moved) {
        rows.emplace_back(sku, books.skus.at(std::string(sku)).version);
    }
    transaction.execute_together_later(put_versions, rows);
}

void write_movements(sql::Transaction& transaction, const Books& books) {
    std::vector<sql::Args> rows;
    rows.reserve(books.movements.size());
    for (const auto& [cell, cause, reference, moved] : books.movements) {
        rows.emplace_back(books.cells[cell].id, cause, reference, moved.on_hand, moved.reserved,
                          moved.allocated, books.now);
    }
    transaction.execute_together_later(add_movements, rows);
}

void write_reservations(sql::Transaction& transaction, const Books& books) {
    std::vector<sql::Args> added;
    std::vector<sql::Args> updated;
    std::vector<sql::Args> new_lines;
    std::vector<sql::Args> old_lines;
    for (const auto& [key, held] : books.reservations) {
        if (held.is_new) {
            added.emplace_back(held.id, key, held.status, held.expires_at, held.bound_to);
        } else if (held.changed) {
            updated.emplace_back(held.id, held.status, held.expires_at, held.bound_to);
        }
        for (const auto& line : held.lines) {
            if (held.is_new) {
                new_lines.emplace_back(held.id, line.ordinal, books.cells[line.cell].id,
                                       line.quantity, line.released, line.shipped, line.kit,
                                       line.per_unit);
            } else if (held.lines_changed) {
                old_lines.emplace_back(held.id, line.ordinal, line.released, line.shipped);
            }
        }
    }
    transaction.execute_together_later(add_reservations, added);
    transaction.execute_together_later(update_reservations, updated);
    transaction.execute_together_later(add_lines, new_lines);
    transaction.execute_together_later(update_lines, old_lines);
}

void write_applied(sql::Transaction& transaction, const Books& books) {
    std::vector<sql::Args> rows;
    for (const auto& change : books.newly_applied) {
        rows.emplace_back(change.scope, change.key, books.applied.at(change), books.now);
    }
    transaction.execute_together_later(add_applied, rows);
}

}  // namespace

Task<void> write(sql::Transaction& transaction, Books& books) {
    co_await write_cells(transaction, books);
    write_versions(transaction, books);
    write_reservations(transaction, books);
    write_movements(transaction, books);
    write_applied(transaction, books);
}

}  // namespace kontor::inventory::store
