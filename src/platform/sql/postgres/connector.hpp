#pragma once

#include <condition_variable>
#include <deque>
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

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, Clear>;

/// Opens sessions on a thread of its own, since looking up a host's name blocks.
class Connector {
public:
    Connector(std::string url, std::string schema, const PostgresOptions& options);
    ~Connector();

    /// Blocks. A session with the schema as its path, that reads only unless told otherwise.
    /// Throws Error (`unavailable`).
    Handle connect() const;

    /// The same for a loop.
    Task<Handle> connect_later();

private:
    void work();

    std::string url_;
    std::string schema_;
    PostgresOptions options_;

    std::mutex mutex_;  ///< Guards what follows.
    std::condition_variable changed_;
    std::deque<Completion<Handle>> wanted_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace kontor::sql::postgres
