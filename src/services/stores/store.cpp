#include "services/stores/store.hpp"

#include "platform/describe/stored.hpp"
#include "platform/sql/values.hpp"

namespace kontor::stores::store {

namespace {

constexpr sql::Statement put_market{"stores.put_market", R"sql(
    INSERT INTO markets (code, version, document)
    VALUES ($1, 1, $2)
    ON CONFLICT (code) DO UPDATE
       SET version = markets.version + 1,
           document = excluded.document
     WHERE markets.document <> excluded.document
    RETURNING version
)sql"};

constexpr sql::Statement put_store{"stores.put_store", R"sql(
    INSERT INTO stores (id, market, version, document)
    VALUES ($1, $2, 1, $3)
    ON CONFLICT (id) DO UPDATE
       SET market = excluded.market,
           version = stores.version + 1,
           document = excluded.document
     WHERE stores.document <> excluded.document
    RETURNING version
)sql"};

constexpr sql::Statement read_markets{"stores.read_markets", R"sql(
    SELECT document FROM markets ORDER BY code
)sql"};

constexpr sql::Statement read_market{"stores.read_market", R"sql(
    SELECT document FROM markets WHERE code = $1
)sql"};

constexpr sql::Statement read_market_codes{"stores.read_market_codes", R"sql(
    SELECT code FROM markets
)sql"};

constexpr sql::Statement read_stores{"stores.read_stores", R"sql(
    SELECT document FROM stores ORDER BY id
)sql"};

constexpr sql::Statement read_stores_of_market{"stores.read_stores_of_market", R"sql(
    SELECT document FROM stores WHERE market = $1 ORDER BY id
)sql"};

}  // namespace

Task<std::vector<std::optional<std::int64_t>>> put(sql::Transaction& transaction,
                                                   std::span<const Market> markets) {
    std::vector<sql::Args> rows;
    for (const auto& market : markets) {
        rows.emplace_back(market.code, to_json(market));
    }
    co_return co_await transaction.row_each<std::int64_t>(put_market, rows);
}

Task<std::vector<std::optional<std::int64_t>>> put(sql::Transaction& transaction,
                                                   std::span<const Store> stores) {
    std::vector<sql::Args> rows;
    for (const auto& store : stores) {
        rows.emplace_back(store.id, store.market, to_json(store));
    }
    co_return co_await transaction.row_each<std::int64_t>(put_store, rows);
}

Task<std::vector<Market>> markets(sql::Transaction& transaction) {
    co_return from_stored_json<Market>(co_await transaction.rows<std::string>(read_markets));
}

Task<std::optional<Market>> market(sql::Transaction& transaction, MarketCode code) {
    const auto document = co_await transaction.row<std::string>(read_market, code);
    co_return document ? std::optional(from_stored_json<Market>(*document)) : std::nullopt;
}

Task<std::set<MarketCode>> market_codes(sql::Transaction& transaction) {
    const auto codes = co_await transaction.rows<MarketCode>(read_market_codes);
    co_return std::set<MarketCode>(codes.begin(), codes.end());
}

Task<std::vector<Store>> stores(sql::Transaction& transaction, std::optional<MarketCode> market) {
    const auto documents =
        market ? co_await transaction.rows<std::string>(read_stores_of_market, *market)
               : co_await transaction.rows<std::string>(read_stores);
    co_return from_stored_json<Store>(documents);
}

}  // namespace kontor::stores::store
