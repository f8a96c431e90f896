#include "platform/lmdb/lmdb.hpp"

#include <utility>

#include <fmt/format.h>
#include <lmdb.h>

namespace kontor::lmdb {

namespace {

// Address space, not memory or disk: the file grows as it is filled.
constexpr std::size_t map_size = std::size_t{64} << 30;
constexpr unsigned tables_max = 32;
constexpr unsigned readers_max = 512;

void check(int code, std::string_view doing) {
    if (code != MDB_SUCCESS) {
        throw Error(doing, code);
    }
}

MDB_val value_of(std::string_view bytes) {
    return {bytes.size(), const_cast<char*>(bytes.data())};  // LMDB only reads it
}

std::string_view bytes_of(const MDB_val& value) {
    return {static_cast<const char*>(value.mv_data), value.mv_size};
}

struct CloseCursor {
    void operator()(MDB_cursor* cursor) const { mdb_cursor_close(cursor); }
};

}  // namespace

Error::Error(std::string_view doing, int code)
    : std::runtime_error(fmt::format("{}: {}", doing, mdb_strerror(code))) {}

std::optional<std::string_view> Transaction::get(Table table, std::string_view key) const {
    auto wanted = value_of(key);
    MDB_val value{};
    const int code = mdb_get(transaction_, table.handle, &wanted, &value);
    if (code == MDB_NOTFOUND) {
        return std::nullopt;
    }
    check(code, "reading from LMDB");
    return bytes_of(value);
}

void Transaction::each(
    Table table, std::string_view from,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
    MDB_cursor* opened = nullptr;
    check(mdb_cursor_open(transaction_, table.handle, &opened), "reading from LMDB");
    const std::unique_ptr<MDB_cursor, CloseCursor> cursor(opened);
    auto key = value_of(from);
    MDB_val value{};
    int code = mdb_cursor_get(cursor.get(), &key, &value, from.empty() ? MDB_FIRST : MDB_SET_RANGE);
    while (code == MDB_SUCCESS && visit(bytes_of(key), bytes_of(value))) {
        code = mdb_cursor_get(cursor.get(), &key, &value, MDB_NEXT);
    }
    if (code != MDB_NOTFOUND) {
        check(code, "reading from LMDB");
    }
}

std::uint64_t Transaction::size(Table table) const {
    MDB_stat stat{};
    check(mdb_stat(transaction_, table.handle, &stat), "reading from LMDB");
    return stat.ms_entries;
}

Reading::Reading(const Environment& environment) : environment_(environment) {
    transaction_ = environment.take_reader();
}

Reading::~Reading() {
    environment_.give_back(transaction_);
}

Writing::Writing(Environment& environment) {
    check(mdb_txn_begin(environment.environment_, nullptr, 0, &transaction_), "writing to LMDB");
}

Writing::~Writing() {
    if (transaction_ != nullptr) {
        mdb_txn_abort(transaction_);
    }
}

void Writing::put(Table table, std::string_view key, std::string_view value) {
    auto key_value = value_of(key);
    auto data = value_of(value);
    check(mdb_put(transaction_, table.handle, &key_value, &data, 0), "writing to LMDB");
}

void Writing::erase(Table table, std::string_view key) {
    auto key_value = value_of(key);
    const int code = mdb_del(transaction_, table.handle, &key_value, nullptr);
    if (code != MDB_NOTFOUND) {
        check(code, "writing to LMDB");
    }
}

void Writing::commit() {
    check(mdb_txn_commit(std::exchange(transaction_, nullptr)), "committing to LMDB");
}

Environment::Environment(const std::filesystem::path& folder, Durability durability) {
    std::filesystem::create_directories(folder);
    check(mdb_env_create(&environment_), "opening LMDB");
    try {
        check(mdb_env_set_mapsize(environment_, map_size), "opening LMDB");
        check(mdb_env_set_maxdbs(environment_, tables_max), "opening LMDB");
        check(mdb_env_set_maxreaders(environment_, readers_max), "opening LMDB");
        // Read transactions belong to an object, not to a thread (NOTLS); pages are read at random.
        const unsigned flags =
            MDB_NOTLS | MDB_NORDAHEAD | (durability == Durability::process ? MDB_NOSYNC : 0U);
        check(mdb_env_open(environment_, folder.c_str(), flags, 0640),
              fmt::format("opening LMDB in {}", folder.string()));
    } catch (...) {
        mdb_env_close(environment_);
        throw;
    }
}

Environment::~Environment() {
    for (auto* reader : idle_readers_) {
        mdb_txn_abort(reader);
    }
    mdb_env_close(environment_);
}

Table Environment::table(const char* name) {
    MDB_txn* transaction = nullptr;
    check(mdb_txn_begin(environment_, nullptr, 0, &transaction), "opening an LMDB table");
    MDB_dbi handle = 0;
    if (const int code = mdb_dbi_open(transaction, name, MDB_CREATE, &handle)) {
        mdb_txn_abort(transaction);
        throw Error("opening an LMDB table", code);
    }
    check(mdb_txn_commit(transaction), "opening an LMDB table");
    return {handle};
}

void Environment::sync() {
    check(mdb_env_sync(environment_, 1), "bringing LMDB to the disk");
}

MDB_txn* Environment::take_reader() const {
    MDB_txn* reader = nullptr;
    {
        const std::lock_guard lock(mutex_);
        if (!idle_readers_.empty()) {
            reader = idle_readers_.back();
            idle_readers_.pop_back();
        }
    }
    if (reader != nullptr) {
        check(mdb_txn_renew(reader), "reading from LMDB");
    } else {
        check(mdb_txn_begin(environment_, nullptr, MDB_RDONLY, &reader), "reading from LMDB");
    }
    return reader;
}

void Environment::give_back(MDB_txn* reader) const {
    mdb_txn_reset(reader);
    const std::lock_guard lock(mutex_);
    idle_readers_.push_back(reader);
}

}  // namespace kontor::lmdb
