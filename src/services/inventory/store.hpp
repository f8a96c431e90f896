#pragma once

#include <span>

#include "platform/sql/sql.hpp"
#include "services/inventory/api.hpp"

/// Rows of stock that are read, and those that say how it is reserved. Each function runs inside
/// its caller's transaction. Counters change in batches only: see batch_store.hpp.
namespace kontor::inventory::store {

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

void put_policy(sql::Transaction& transaction, const StockPolicy& policy);
/// Whether a part of `kit` is a kit, or `kit` a part of one.
Task<bool> is_nested(sql::Transaction& transaction, const Kit& kit);
/// Replaces what `kit` is made of.
void put_kit(sql::Transaction& transaction, const Kit& kit);

/// Replaces the markets whose online orders `location` serves.
Task<void> put_online_markets(sql::Transaction& transaction, std::string_view location,
                              std::span<const MarketCode> markets);

}  // namespace kontor::inventory::store
