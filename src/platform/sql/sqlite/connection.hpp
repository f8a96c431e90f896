#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <sqlite3.h>

#include "platform/sql/sql.hpp"

namespace kontor::sql::sqlite {

using TimePoint = std::chrono::steady_clock::time_point;

struct CloseStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct CloseConnection {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};

/// A prepared statement, where its $1 to $n are (SQLite numbers them by first appearance), and the
/// names of its columns, which SQLite would put together anew each time they are asked for.
struct Prepared {
    std::string text;
    std::unique_ptr<sqlite3_stmt, CloseStatement> handle;
    std::vector<int> positions;
    std::vector<std::string> columns;
};

/// One connection to a database file, for one thread at a time. Keeps statements prepared.
class Connection {
public:
    enum class Use { write, read };

    Connection(const std::filesystem::path& file, Use use, bool durable);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs one statement to its end; answers the rows changed. Throws Error.
    std::int64_t run(const Statement& statement, const Args& args, std::size_t index,
                     RowSink* sink);

    /// Runs statements without arguments or rows, as in a migration.
    void script(const std::string& text);

    /// From now on a statement that runs past `deadline` ends with Error::Kind::timeout.
    void set_deadline(TimePoint deadline) { deadline_ = deadline; }

    /// False once SQLite has rolled the transaction back by itself, as it does when the disk is
    /// full.
    bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

    /// Pages in the WAL after the last commit of this connection.
    int wal_pages() const { return wal_pages_; }

    /// Copies what it can from the WAL into the file without waiting for anybody. A failure is not
    /// an error: the WAL keeps all, and the next commit tells.
    void checkpoint();

private:
    Prepared& prepare(const Statement& statement);
    void bind(const Prepared& prepared, const Statement& statement, const Args& args);
    [[noreturn]] void fail(std::string_view what) const;

    std::unique_ptr<sqlite3, CloseConnection> handle_;
    std::unordered_map<const void*, Prepared> statements_;
    TimePoint deadline_ = TimePoint::max();
    int wal_pages_ = 0;
};

}  // namespace kontor::sql::sqlite
