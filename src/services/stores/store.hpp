#pragma once

#include <set>
#include <span>

#include "platform/sql/sql.hpp"
#include "services/stores/api.hpp"

/// The rows of markets and stores. Each function runs inside its caller's transaction.
namespace kontor::stores::store {

/// Writes what differs from its row. The new version of each that did, in the order given.
Task<std::vector<std::optional<std::int64_t>>> put(sql::Transaction& transaction,
                                                   std::span<const Market> markets);
Task<std::vector<std::optional<std::int64_t>>> put(sql::Transaction& transaction,
                                                   std::span<const Store> stores);

/// By code.
Task<std::vector<Market>> markets(sql::Transaction& transaction);
Task<std::optional<Market>> market(sql::Transaction& transaction, MarketCode code);
Task<std::set<MarketCode>> market_codes(sql::Transaction& transaction);

/// By id; without `market` those of all.
Task<std::vector<Store>> stores(sql::Transaction& transaction, std::optional<MarketCode> market);

}  // namespace kontor::stores::store
