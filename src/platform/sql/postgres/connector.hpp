#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include <libpq-fe.h>

#include "platform/async/loop.hpp"
#include "platform/sql/sql.hpp"

namespace kontor::sql::postgres {

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Handle = std::unique_ptr<PGconn, Finish>;

struct FreeCancel {
    void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};
using Canceller = std::unique_ptr<PGcancel, FreeCancel>;

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, Clear>;

/// Opens sessions, and cancels what runs in them, on a thread of its own: both block.
class Connector {
public:
    Connector(std::string url, std::string schema, const PostgresOptions& options);
    ~Connector();

    /// Blocks. A session with the schema as its path, that reads only unless told otherwise.
    /// Throws Error (`unavailable`).
    Handle connect() const;

    /// A session, or why there is none.
    using Opened = std::expected<Handle, std::exception_ptr>;
    /// The same without blocking: `done` is told on `loop`, which outlives this; never, if this or
    /// the loop ends before.
    void connect_later(Loop& loop, std::move_only_function<void(Opened)> done);

    /// Asks the server to cancel what runs in a session. It may come late and hit what follows, so
    /// the session is not used again.
    void cancel_later(Canceller cancel);

private:
    using Work = std::move_only_function<void()>;

    void enqueue(Work work);
    void work();

    std::string url_;
    std::string schema_;
    PostgresOptions options_;

    std::mutex mutex_;  ///< Guards what follows.
    std::condition_variable changed_;
    std::deque<Work> wanted_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace kontor::sql::postgres
