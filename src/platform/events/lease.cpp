#include "platform/events/lease.hpp"

#include <utility>

namespace kontor::events {

namespace {

constexpr sql::Statement take{"lease.take", R"sql(
    INSERT INTO leases (name, holder, epoch, expires_at)
    VALUES ($1, $2, 1, $4)
    ON CONFLICT (name) DO UPDATE
       SET holder = excluded.holder,
           epoch = CASE WHEN leases.holder = excluded.holder THEN leases.epoch
                        ELSE leases.epoch + 1 END,
           expires_at = excluded.expires_at
     WHERE leases.holder = excluded.holder
        OR leases.expires_at <= $3
    RETURNING epoch
)sql"};

constexpr sql::Statement check_epoch{"lease.check_epoch", R"sql(
    UPDATE leases
       SET epoch = epoch
     WHERE name = $1
       AND holder = $2
       AND epoch = $3
)sql"};

constexpr sql::Statement give_up{"lease.give_up", R"sql(
    UPDATE leases
       SET expires_at = 0
     WHERE name = $1
       AND holder = $2
)sql"};

}  // namespace

Lease::Lease(std::string name, std::string holder, sql::Database& database, const Clock& clock,
             std::chrono::milliseconds duration)
    : name_(std::move(name)),
      holder_(std::move(holder)),
      database_(database),
      clock_(clock),
      duration_(duration) {}

Task<std::optional<std::int64_t>> Lease::acquire() {
    const auto epoch = co_await database_.write(
        Context{},
        [this](sql::Transaction& transaction) -> Task<Result<std::optional<std::int64_t>>> {
            const auto now = clock_.now();
            co_return co_await transaction.row<std::int64_t>(take, name_, holder_, now,
                                                             now + duration_);
        });
    co_return epoch ? *epoch : std::nullopt;
}

Task<bool> Lease::holds(sql::Transaction& transaction, std::int64_t epoch) const {
    co_return co_await transaction.execute(check_epoch, name_, holder_, epoch) == 1;
}

Task<void> Lease::release() {
    co_await database_.write(Context{},
                             [this](sql::Transaction& transaction) -> Task<Result<bool>> {
                                 co_await transaction.execute(give_up, name_, holder_);
                                 co_return true;
                             });
}

}  // namespace kontor::events
