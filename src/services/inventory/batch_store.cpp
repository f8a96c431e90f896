#include "services/inventory/batch_store.hpp"

#include <algorithm>

#include "platform/sql/values.hpp"

namespace kontor::inventory::store {

namespace {

// PostgreSQL keeps the plans that it made while the tables were small, and those read them whole.
constexpr sql::Statement look_up_by_index{"inventory.look_up_by_index",
                                          "SET LOCAL enable_seqscan = off"};

constexpr sql::Statement take_writer{"inventory.take_writer", R"sql(
    UPDATE stock_writer
       SET epoch = epoch + 1
    RETURNING epoch
)sql"};

constexpr sql::Statement read_reservations{"inventory.read_reservations", R"sql(
    WITH wanted (key) AS (VALUES ($1))
    SELECT r.key, r.id, r.status, r.expires_at, r.bound_to
      FROM wanted
      JOIN reservations r ON r.key = wanted.key
)sql"};

constexpr sql::Statement read_lines{"inventory.read_lines", R"sql(
    WITH wanted (reservation) AS (VALUES ($1))
    SELECT l.reservation, l.ordinal, l.cell, l.quantity, l.released, l.shipped, l.kit, l.per_unit
      FROM wanted
      JOIN reservation_lines l ON l.reservation = wanted.reservation
)sql"};

constexpr sql::Statement read_applied{"inventory.read_applied", R"sql(
    WITH wanted (scope, key) AS (VALUES ($1, $2))
    SELECT a.scope, a.key, a.content
      FROM wanted
      JOIN applied_changes a ON a.scope = wanted.scope AND a.key = wanted.key
)sql"};

constexpr sql::Statement read_kits{"inventory.read_kits", R"sql(
    WITH wanted (sku) AS (VALUES ($1))
    SELECT k.kit, k.ordinal, k.part, k.quantity
      FROM wanted
      JOIN kit_parts k ON k.kit = wanted.sku
)sql"};

constexpr sql::Statement read_skus{"inventory.read_known_skus", R"sql(
    WITH wanted (sku) AS (VALUES ($1))
    SELECT k.sku, k.version, COALESCE(p.backorder_limit, 0) AS backorder_limit,
           COALESCE(p.preorder_limit, 0) AS preorder_limit, p.preorder_until
      FROM wanted
      JOIN stocked_skus k ON k.sku = wanted.sku
      LEFT JOIN stock_policies p ON p.sku = k.sku
)sql"};

constexpr sql::Statement read_online{"inventory.read_online", R"sql(
    WITH wanted (market) AS (VALUES ($1))
    SELECT o.market, o.location
      FROM wanted
      JOIN online_locations o ON o.market = wanted.market
)sql"};

constexpr sql::Statement read_cells{"inventory.read_cells_by_id", R"sql(
    WITH wanted (id) AS (VALUES ($1))
    SELECT s.id, s.sku, s.location, s.on_hand, s.reserved, s.allocated, s.safety,
           s.counted_sequence, s.epoch
      FROM wanted
      JOIN stock s ON s.id = wanted.id
)sql"};

constexpr sql::Statement read_places{"inventory.read_places", R"sql(
    WITH wanted (sku, location) AS (VALUES ($1, $2))
    SELECT s.id, s.sku, s.location, s.on_hand, s.reserved, s.allocated, s.safety,
           s.counted_sequence, s.epoch
      FROM wanted
      JOIN stock s ON s.sku = wanted.sku AND s.location = wanted.location
)sql"};

using ReservationRow = std::tuple<std::string, std::uint64_t, ReservationStatus, Timestamp,
                                  std::optional<std::string>>;
using LineRow = std::tuple<std::uint64_t, std::int64_t, std::int64_t, Quantity, Quantity, Quantity,
                           std::optional<std::string>, Quantity>;
using AppliedRow = std::tuple<std::string, std::string, std::string>;
using KitRow = std::tuple<std::string, std::int64_t, std::string, Quantity>;
using SkuRow = std::tuple<std::string, std::int64_t, Quantity, Quantity, std::optional<Timestamp>>;
using OnlineRow = std::tuple<std::string, std::string>;

/// Each of `keys` as the arguments of a row.
template <class Keys>
std::vector<sql::Args> rows_of(const Keys& keys) {
    std::vector<sql::Args> rows;
    rows.reserve(keys.size());
    for (const auto& key : keys) {
        if constexpr (requires { key.first; }) {
            rows.emplace_back(key.first, key.second);
        } else if constexpr (requires { key.scope; }) {
            rows.emplace_back(key.scope, key.key);
        } else {
            rows.emplace_back(key);
        }
    }
    return rows;
}

/// Loads piece by piece: what is found says what else is needed.
class Loading {
public:
    Loading(sql::Transaction& transaction, Needs needs, Timestamp now)
        : transaction_(transaction), needs_(std::move(needs)), books_{.now = now} {}

    Task<Books> run() {
        co_await load_reservations();
        co_await load_applied();
        co_await load_kits();
        co_await load_skus();
        co_await load_cells();
        co_return std::move(books_);
    }

private:
    template <class Row, class Keys>
    Task<std::vector<Row>> find(const sql::Statement& statement, const Keys& keys) {
        const auto rows = rows_of(keys);
        co_return co_await transaction_.rows_together<Row>(statement, rows);
    }

    Task<void> load_reservations() {
        for (auto& [key, id, status, expires_at, bound_to] :
             co_await find<ReservationRow>(read_reservations, needs_.reservations)) {
            books_.reservations.emplace(std::move(key), Held{.id = id,
                                                             .status = status,
                                                             .expires_at = expires_at,
                                                             .bound_to = std::move(bound_to)});
        }
        std::unordered_map<std::uint64_t, Held*> by_id;
        std::vector<std::uint64_t> ids;
        for (auto& [key, held] : books_.reservations) {
            by_id.emplace(held.id, &held);
            ids.push_back(held.id);
        }
        const auto lines = co_await find<LineRow>(read_lines, ids);
        co_await load_cells_of(lines);
        for (const auto& line : lines) {
            auto& held = *by_id.at(std::get<0>(line));
            held.lines.push_back(line_of(line));
        }
        for (auto& [key, held] : books_.reservations) {
            std::ranges::sort(held.lines, {}, &HeldLine::ordinal);
        }
    }

    Task<void> load_cells_of(const std::vector<LineRow>& lines) {
        std::set<std::int64_t> ids;
        for (const auto& line : lines) {
            ids.insert(std::get<2>(line));
        }
        for (auto& cell : co_await find<Cell>(read_cells, ids)) {
            needs_.skus.insert(cell.sku);
            books_.load(std::move(cell));
        }
    }

    HeldLine line_of(const LineRow& row) const {
        const auto& [reservation, ordinal, id, quantity, released, shipped, kit, per_unit] = row;
        const auto cell = books_.cell_of_id.at(id);
        return {ordinal,
                cell,
                books_.cells[cell].sku,
                books_.cells[cell].location,
                quantity,
                released,
                shipped,
                kit,
                per_unit};
    }

    Task<void> load_applied() {
        for (auto& [scope, key, content] :
             co_await find<AppliedRow>(read_applied, needs_.applied)) {
            books_.applied.emplace(ChangeKey{std::move(scope), std::move(key)}, std::move(content));
        }
    }

    Task<void> load_kits() {
        auto rows = co_await find<KitRow>(read_kits, needs_.skus);
        std::ranges::sort(rows);
        for (auto& [kit, ordinal, part, quantity] : rows) {
            books_.kits[kit].push_back({std::move(part), quantity});
        }
        add_parts(needs_, books_);
    }

    Task<void> load_skus() {
        for (auto& [sku, version, backorder_limit, preorder_limit, preorder_until] :
             co_await find<SkuRow>(read_skus, needs_.skus)) {
            const bool preorder = preorder_until && books_.now < *preorder_until;
            books_.skus.emplace(
                std::move(sku),
                KnownSku{version,
                         std::max(backorder_limit, preorder ? preorder_limit : Quantity{})});
        }
    }

    Task<void> load_cells() {
        for (auto& [market, location] : co_await find<OnlineRow>(read_online, needs_.markets)) {
            books_.online[market].insert(std::move(location));
        }
        for (const auto& [sku, market] : needs_.online) {
            for (const auto& location : books_.online[std::string(market)]) {
                needs_.places.emplace(sku, location);
            }
        }
        for (auto& cell : co_await find<Cell>(read_places, needs_.places)) {
            books_.load(std::move(cell));
        }
    }

    sql::Transaction& transaction_;
    Needs needs_;
    Books books_;
};

}  // namespace

Task<std::int64_t> begin_batch(sql::Transaction& transaction) {
    if (transaction.engine() == sql::Engine::postgres) {
        transaction.execute_later(look_up_by_index);
    }
    const auto epoch = co_await transaction.row<std::int64_t>(take_writer);
    co_return epoch.value();
}

Task<Books> load(sql::Transaction& transaction, Needs needs, Timestamp now) {
    Loading loading(transaction, std::move(needs), now);
    co_return co_await loading.run();
}

}  // namespace kontor::inventory::store
