#include "services/pricing/store.hpp"

#include "platform/sql/values.hpp"

namespace kontor::pricing::store {

namespace {

constexpr sql::Statement put_price{"pricing.put_price", R"sql(
    INSERT INTO prices (sku, market, valid_from, valid_until, amount, currency)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (sku, market, valid_from) DO UPDATE
       SET valid_until = excluded.valid_until,
           amount = excluded.amount,
           currency = excluded.currency
     WHERE prices.valid_until <> excluded.valid_until
        OR prices.amount <> excluded.amount
        OR prices.currency <> excluded.currency
)sql"};

constexpr sql::Statement count_sku_change{"pricing.count_sku_change", R"sql(
    INSERT INTO priced_skus (sku, version)
    VALUES ($1, 1)
    ON CONFLICT (sku) DO UPDATE
       SET version = priced_skus.version + 1
    RETURNING version
)sql"};

constexpr sql::Statement read_windows{"pricing.read_windows", R"sql(
    SELECT sku, market, valid_from, valid_until, amount, currency
      FROM prices
     WHERE sku = $1
     ORDER BY market, valid_from
)sql"};

constexpr sql::Statement read_windows_in_market{"pricing.read_windows_in_market", R"sql(
    SELECT sku, market, valid_from, valid_until, amount, currency
      FROM prices
     WHERE sku = $1
       AND market = $2
     ORDER BY valid_from
)sql"};

constexpr sql::Statement read_skus{"pricing.read_skus", R"sql(
    SELECT sku FROM priced_skus WHERE sku > $1 ORDER BY sku LIMIT $2
)sql"};

constexpr sql::Statement put_tax_rate{"pricing.put_tax_rate", R"sql(
    INSERT INTO tax_rates (market, tax_class, valid_from, rate)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (market, tax_class, valid_from) DO UPDATE
       SET rate = excluded.rate
     WHERE tax_rates.rate <> excluded.rate
)sql"};

constexpr sql::Statement count_market_change{"pricing.count_market_change", R"sql(
    INSERT INTO taxed_markets (market, version)
    VALUES ($1, 1)
    ON CONFLICT (market) DO UPDATE
       SET version = taxed_markets.version + 1
    RETURNING version
)sql"};

constexpr sql::Statement read_tax_rates{"pricing.read_tax_rates", R"sql(
    SELECT market, tax_class, rate, valid_from
      FROM tax_rates
     ORDER BY market, tax_class, valid_from
)sql"};

constexpr sql::Statement read_tax_rates_in_market{"pricing.read_tax_rates_in_market", R"sql(
    SELECT market, tax_class, rate, valid_from
      FROM tax_rates
     WHERE market = $1
     ORDER BY tax_class, valid_from
)sql"};

constexpr Timestamp since_ever{INT64_MIN};
constexpr Timestamp for_good{INT64_MAX};

struct Window {
    std::string sku;
    MarketCode market;
    Timestamp valid_from;
    Timestamp valid_until;
    std::int64_t amount = 0;
    Currency currency;

    static constexpr auto describe() {
        return described<Window>("A row of prices.", field<&Window::sku>(""),
                                 field<&Window::market>(""), field<&Window::valid_from>(""),
                                 field<&Window::valid_until>(""), field<&Window::amount>(""),
                                 field<&Window::currency>(""));
    }
};

Price price_of(Window&& row) {
    return {
        .sku = std::move(row.sku),
        .market = row.market,
        .amount = {row.amount, row.currency},
        .valid_from = row.valid_from == since_ever ? std::nullopt : std::optional(row.valid_from),
        .valid_until = row.valid_until == for_good ? std::nullopt : std::optional(row.valid_until)};
}

Task<std::vector<std::vector<Price>>> windows(sql::Transaction& transaction,
                                              const sql::Statement& statement,
                                              std::span<const sql::Args> args) {
    auto found = co_await transaction.rows_each<Window>(statement, args);
    std::vector<std::vector<Price>> prices(found.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        prices[i].reserve(found[i].size());
        for (auto& row : found[i]) {
            prices[i].push_back(price_of(std::move(row)));
        }
    }
    co_return prices;
}

/// Runs a statement that writes only what differs; which did.
Task<std::vector<bool>> changed_by(sql::Transaction& transaction, const sql::Statement& statement,
                                   std::span<const sql::Args> rows) {
    const auto counts = co_await transaction.execute_each(statement, rows);
    std::vector<bool> changed(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        changed[i] = counts[i] != 0;
    }
    co_return changed;
}

/// One version each, since the statement always answers one row.
template <class Key>
Task<std::vector<std::int64_t>> versions(sql::Transaction& transaction,
                                         const sql::Statement& statement,
                                         std::span<const Key> keys) {
    std::vector<sql::Args> args;
    args.reserve(keys.size());
    for (const auto& key : keys) {
        args.emplace_back(key);
    }
    const auto found = co_await transaction.row_each<std::int64_t>(statement, args);
    std::vector<std::int64_t> counted;
    counted.reserve(found.size());
    for (const auto& version : found) {
        counted.push_back(version.value());
    }
    co_return counted;
}

}  // namespace

Task<std::vector<bool>> put(sql::Transaction& transaction, std::span<const Price> prices) {
    std::vector<sql::Args> rows;
    rows.reserve(prices.size());
    for (const auto& price : prices) {
        rows.emplace_back(price.sku, price.market, price.valid_from.value_or(since_ever),
                          price.valid_until.value_or(for_good), price.amount.minor_units,
                          price.amount.currency);
    }
    co_return co_await changed_by(transaction, put_price, rows);
}

Task<std::vector<std::int64_t>> count_changes(sql::Transaction& transaction,
                                              std::span<const std::string> skus) {
    return versions(transaction, count_sku_change, skus);
}

Task<std::vector<std::vector<Price>>> windows_of(sql::Transaction& transaction,
                                                 std::span<const std::string> skus) {
    std::vector<sql::Args> args;
    args.reserve(skus.size());
    for (const auto& sku : skus) {
        args.emplace_back(sku);
    }
    co_return co_await windows(transaction, read_windows, args);
}

Task<std::vector<std::vector<Price>>> windows_in(sql::Transaction& transaction, MarketCode market,
                                                 std::span<const std::string> skus) {
    std::vector<sql::Args> args;
    args.reserve(skus.size());
    for (const auto& sku : skus) {
        args.emplace_back(sku, market);
    }
    co_return co_await windows(transaction, read_windows_in_market, args);
}

Task<std::vector<std::string>> skus(sql::Transaction& transaction, std::string_view after,
                                    std::int64_t limit) {
    return transaction.rows<std::string>(read_skus, after, limit);
}

Task<std::vector<bool>> put(sql::Transaction& transaction, std::span<const TaxRate> rates) {
    std::vector<sql::Args> rows;
    rows.reserve(rates.size());
    for (const auto& rate : rates) {
        rows.emplace_back(rate.market, rate.tax_class, rate.valid_from, rate.rate);
    }
    co_return co_await changed_by(transaction, put_tax_rate, rows);
}

Task<std::vector<std::int64_t>> count_changes(sql::Transaction& transaction,
                                              std::span<const MarketCode> markets) {
    return versions(transaction, count_market_change, markets);
}

Task<std::vector<TaxRate>> tax_rates(sql::Transaction& transaction,
                                     std::optional<MarketCode> market) {
    if (market) {
        co_return co_await transaction.rows<TaxRate>(read_tax_rates_in_market, *market);
    }
    co_return co_await transaction.rows<TaxRate>(read_tax_rates);
}

}  // namespace kontor::pricing::store
