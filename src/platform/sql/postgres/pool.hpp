#pragma once

#include <deque>
#include <memory>
#include <variant>
#include <vector>

#include "platform/sql/postgres/connection.hpp"

namespace kontor::sql::postgres {

class Pool;

/// A connection for one transaction; goes back to its pool unless it was lost.
class Lease {
public:
    Lease(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection);
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    Connection& operator*() const { return *connection_; }

private:
    std::shared_ptr<Pool> pool_;
    std::unique_ptr<Connection> connection_;
};

/// The connections of one loop, used on that loop only. They are opened when none is free, up to a
/// maximum, and kept; after that callers wait in line.
class Pool : public std::enable_shared_from_this<Pool> {
public:
    Pool(AsioLoop& loop, Connector& connector, const PostgresOptions& options)
        : loop_(loop), connector_(connector), options_(options) {}

    /// Refuses: `unavailable` when too many wait, `deadline_exceeded` when the time ran out while
    /// waiting, also for a connection to be opened. Throws Error where none can be made.
    Task<Result<Lease>> acquire(TimePoint deadline);

    /// Drops the idle connections: one was lost, so they are suspects.
    void drop_idle() { open_ -= static_cast<int>(std::exchange(idle_, {}).size()); }

private:
    friend class Lease;
    struct NotOpened {
        std::exception_ptr why;
    };
    /// What a waiter is told; the first: to look again for a connection.
    using Granted = std::variant<std::monostate, Refusal, NotOpened>;

    struct Waiter {
        TimePoint deadline;
        Completion<Granted> granted;
    };
    struct Busy {
        Connection* connection;
        TimePoint deadline;
        bool cancelled = false;
    };

    void open_one();
    void opened(Connector::Opened opened);
    Lease lease(TimePoint deadline);
    void give_back(std::unique_ptr<Connection> connection);
    void wake_one(Granted granted = {});
    void watch();
    void look_after();

    AsioLoop& loop_;
    Connector& connector_;
    PostgresOptions options_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::vector<Busy> busy_;
    std::deque<Waiter> waiting_;
    int open_ = 0;  ///< Idle, leased and being opened.
    bool watching_ = false;
};

}  // namespace kontor::sql::postgres
