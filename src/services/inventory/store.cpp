#include "services/inventory/store.hpp"

#include "platform/sql/values.hpp"

namespace kontor::inventory::store {

namespace {

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

constexpr sql::Statement write_policy{"inventory.write_policy", R"sql(
    INSERT INTO stock_policies (sku, backorder_limit, preorder_limit, preorder_until)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (sku) DO UPDATE
       SET backorder_limit = excluded.backorder_limit,
           preorder_limit = excluded.preorder_limit,
           preorder_until = excluded.preorder_until
)sql"};

constexpr sql::Statement read_nested{"inventory.read_nested", R"sql(
    SELECT k.kit
      FROM kit_parts k
     WHERE k.part = $1
        OR k.kit = $2
     LIMIT 1
)sql"};

constexpr sql::Statement forget_parts{"inventory.forget_parts", R"sql(
    DELETE FROM kit_parts WHERE kit = $1
)sql"};

constexpr sql::Statement add_part{"inventory.add_part", R"sql(
    INSERT INTO kit_parts (kit, ordinal, part, quantity)
    VALUES ($1, $2, $3, $4)
)sql"};

constexpr sql::Statement forget_online{"inventory.forget_online", R"sql(
    DELETE FROM online_locations WHERE location = $1
)sql"};

constexpr sql::Statement add_online{"inventory.add_online", R"sql(
    INSERT INTO online_locations (market, location)
    VALUES ($1, $2)
    ON CONFLICT (market, location) DO NOTHING
)sql"};

}  // namespace

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
    std::vector<sql::Args> args;
    args.reserve(skus.size());
    for (const auto& sku : skus) {
        args.emplace_back(sku);
    }
    co_return co_await transaction.rows_each<StockCell>(read_cells, args);
}

void put_policy(sql::Transaction& transaction, const StockPolicy& policy) {
    transaction.execute_later(write_policy, policy.sku, policy.backorder_limit,
                              policy.preorder_limit, policy.preorder_until);
}

Task<bool> is_nested(sql::Transaction& transaction, const Kit& kit) {
    std::vector<sql::Args> pairs;
    for (const auto& part : kit.parts) {
        pairs.emplace_back(kit.sku, part.sku);
    }
    for (const auto& found : co_await transaction.row_each<std::string>(read_nested, pairs)) {
        if (found) {
            co_return true;
        }
    }
    co_return false;
}

void put_kit(sql::Transaction& transaction, const Kit& kit) {
    transaction.execute_later(forget_parts, kit.sku);
    std::int64_t ordinal = 0;
    for (const auto& part : kit.parts) {
        transaction.execute_later(add_part, kit.sku, ordinal++, part.sku, part.quantity);
    }
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
