#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "platform/sql/sql.hpp"

namespace kontor::events {

/// The right to do what only one process may do, held for a while and renewed. Who holds it by the
/// clock may be wrong (clocks differ, processes pause); so every write that depends on it asks
/// `holds` in its own transaction, where the epoch decides.
class Lease {
public:
    /// `name`: what is leased: `relay`. `holder`: different for every process.
    Lease(std::string name, std::string holder, sql::Database& database, const Clock& clock,
          std::chrono::milliseconds duration = std::chrono::seconds(10));

    /// Takes or renews it: the epoch, one higher at each change of the holder; nothing while
    /// another holds it. Throws sql::Error.
    Task<std::optional<std::int64_t>> acquire();

    /// Whether `epoch` is still the present one; keeps it so until the transaction ends.
    Task<bool> holds(sql::Transaction& transaction, std::int64_t epoch) const;

    /// Gives it up, so that another need not wait for its end.
    Task<void> release();

private:
    std::string name_;
    std::string holder_;
    sql::Database& database_;
    const Clock& clock_;
    std::chrono::milliseconds duration_;
};

}  // namespace kontor::events
