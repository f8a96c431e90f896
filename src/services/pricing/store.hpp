#pragma once

#include <span>

#include "platform/sql/sql.hpp"
#include "services/pricing/api.hpp"

/// The rows of prices and tax rates. Each function runs inside its caller's transaction.
namespace kontor::pricing::store {

/// Writes the windows that differ from their rows; whether each did, in the order given.
Task<std::vector<bool>> put(sql::Transaction& transaction, std::span<const Price> prices);

/// Counts a change of each SKU; answers the new versions. Its row's lock orders the SKU's events.
Task<std::vector<std::int64_t>> count_changes(sql::Transaction& transaction,
                                              std::span<const std::string> skus);

/// All windows of each SKU, by market and start, in the order given.
Task<std::vector<std::vector<Price>>> windows_of(sql::Transaction& transaction,
                                                 std::span<const std::string> skus);
/// Those in one market.
Task<std::vector<std::vector<Price>>> windows_in(sql::Transaction& transaction, MarketCode market,
                                                 std::span<const std::string> skus);

/// At most `limit` SKUs with prices, after `after`, in their order.
Task<std::vector<std::string>> skus(sql::Transaction& transaction, std::string_view after,
                                    std::int64_t limit);

/// The same for tax rates and their markets.
Task<std::vector<bool>> put(sql::Transaction& transaction, std::span<const TaxRate> rates);
Task<std::vector<std::int64_t>> count_changes(sql::Transaction& transaction,
                                              std::span<const MarketCode> markets);
/// By market, class and first day; without `market` those of all.
Task<std::vector<TaxRate>> tax_rates(sql::Transaction& transaction,
                                     std::optional<MarketCode> market);

}  // namespace kontor::pricing::store
