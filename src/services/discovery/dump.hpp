#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace kontor::discovery {

/// Tells all that a projection holds, one line a fact, members separated by tabs, for comparing it
/// with the records:
///
///     market    CODE  JSON of stores::Market
///     store     ID    JSON of stores::Store
///     category  CODE  JSON of catalog::Category
///     product   ID    JSON of catalog::Product
///     price     SKU  MARKET  AMOUNT  CURRENCY  FROM  UNTIL      microseconds; empty: open
///     tax_rate  MARKET  CLASS  PERCENT  FIRST DAY
///     stock     SKU  LOCATION  AVAILABLE
///
/// In this order, each kind by its key; windows by market and start, cells by location. `folder`:
/// Host::folder of discovery; it may be in use by another process, but not by this one. Throws
/// lmdb::Error.
void dump(const std::filesystem::path& folder,
          const std::function<void(std::string_view line)>& line);

}  // namespace kontor::discovery
