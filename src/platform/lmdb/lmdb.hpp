#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct MDB_env;
struct MDB_txn;

/// LMDB: ordered tables of bytes in one memory-mapped file; many readers that never wait, and one
/// writer (http://www.lmdb.tech/doc/).
namespace kontor::lmdb {

/// An accident: the disk is full, the file is damaged.
class Error : public std::runtime_error {
public:
    Error(std::string_view doing, int code);
};

/// One of an environment's tables.
struct Table {
    unsigned handle = 0;
};

/// Keys are up to 511 bytes and ordered bytewise. What `get` and `each` show lies in the mapped
/// file: it lives as long as the transaction, in a write until the next change.
class Transaction {
public:
    std::optional<std::string_view> get(Table table, std::string_view key) const;

    /// Visits entries from `from` on in the order of their keys until `visit` answers false.
    void each(Table table, std::string_view from,
              const std::function<bool(std::string_view key, std::string_view value)>& visit) const;

    std::uint64_t size(Table table) const;

protected:
    MDB_txn* transaction_ = nullptr;
};

class Environment;

/// Sees one state. Cheap (taken from a pool, about 0.1 us); short-lived, since the pages it sees
/// are not reused meanwhile. Any thread, one at a time.
class Reading : public Transaction {
public:
    explicit Reading(const Environment& environment);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

private:
    const Environment& environment_;
};

/// One at a time in the environment; undone unless committed. Stays on its thread.
class Writing : public Transaction {
public:
    explicit Writing(Environment& environment);
    ~Writing();
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

    void put(Table table, std::string_view key, std::string_view value);
    void erase(Table table, std::string_view key);
    void commit();
};

enum class Durability : bool {
    /// A commit is on disk when it returns.
    full,
    /// The machine's crash may leave the file damaged; the process's does not.
    process,
};

/// One folder with one file; opened once in a process.
class Environment {
public:
    /// Makes what is missing. Throws Error.
    Environment(const std::filesystem::path& folder, Durability durability);
    ~Environment();
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

    /// Opens or makes a table. Before any other use.
    Table table(const char* name);

    /// Brings all commits to the disk.
    void sync();

private:
    friend Reading;
    friend Writing;
    MDB_txn* take_reader() const;
    void give_back(MDB_txn* reader) const;

    MDB_env* environment_ = nullptr;
    mutable std::mutex mutex_;  ///< Guards `idle_readers_`.
    mutable std::vector<MDB_txn*> idle_readers_;
};

}  // namespace kontor::lmdb
