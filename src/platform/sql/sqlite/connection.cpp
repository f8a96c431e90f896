#include "platform/sql/sqlite/connection.hpp"

#include <fmt/format.h>

namespace kontor::sql::sqlite {

namespace {

// Another process (a backup, a second program) may hold the write lock for a moment.
constexpr int busy_timeout_ms = 5'000;
// Virtual machine steps between two looks at the clock: some 100 us.
constexpr int steps_between_deadline_checks = 10'000;

Error::Kind kind_of(int extended_code) {
    switch (extended_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return Error::Kind::unique;
        case SQLITE_CONSTRAINT_CHECK:
            return Error::Kind::check;
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return Error::Kind::foreign_key;
        case SQLITE_CONSTRAINT_NOTNULL:
            return Error::Kind::not_null;
        default:
            break;
    }
    switch (extended_code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
            return Error::Kind::unavailable;
        case SQLITE_INTERRUPT:
            return Error::Kind::timeout;
        case SQLITE_FULL:
            return Error::Kind::full;
        case SQLITE_READONLY:
            return Error::Kind::read_only;
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN:
            return Error::Kind::corrupt;
        default:
            return Error::Kind::statement;
    }
}

/// "UNIQUE constraint failed: products.slug" names the columns, "... failed: index 'x'" an index
/// over expressions.
std::string constraint_in(std::string_view message) {
    const auto colon = message.find(": ");
    if (colon == std::string_view::npos) {
        return {};
    }
    auto name = message.substr(colon + 2);
    if (name.starts_with("index '") && name.ends_with('\'')) {
        name = name.substr(7, name.size() - 8);
    }
    return std::string(name);
}

/// The row that a statement stands at.
class Cursor final : public RowView {
public:
    explicit Cursor(const Prepared& prepared)
        : statement_(prepared.handle.get()), names_(prepared.columns) {}

    int columns() const override { return static_cast<int>(names_.size()); }
    std::string_view name(int column) const override {
        return names_[static_cast<std::size_t>(column)];
    }
    bool is_null(int column) const override {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    std::int64_t integer(int column) const override {
        expect(column, sqlite3_column_type(statement_, column) == SQLITE_INTEGER, "an integer");
        return sqlite3_column_int64(statement_, column);
    }
    double real(int column) const override {
        const int type = sqlite3_column_type(statement_, column);
        expect(column, type == SQLITE_FLOAT || type == SQLITE_INTEGER, "a number");
        return sqlite3_column_double(statement_, column);
    }
    std::string_view text(int column) const override {
        expect(column, sqlite3_column_type(statement_, column) == SQLITE_TEXT, "text");
        const auto* bytes = sqlite3_column_text(statement_, column);
        return {reinterpret_cast<const char*>(bytes),
                static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    void expect(int column, bool fits, std::string_view wanted) const {
        if (!fits) {
            throw Error(Error::Kind::statement,
                        fmt::format("column {} is {}, not {}", name(column),
                                    is_null(column) ? "NULL" : "of another type", wanted));
        }
    }

    sqlite3_stmt* statement_;
    const std::vector<std::string>& names_;
};

/// Leaves a statement ready for its next run, whatever happens.
class Rewind {
public:
    explicit Rewind(sqlite3_stmt* statement) : statement_(statement) {}
    ~Rewind() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Rewind(const Rewind&) = delete;
    Rewind& operator=(const Rewind&) = delete;

private:
    sqlite3_stmt* statement_;
};

int bind_value(sqlite3_stmt* statement, int position, const Value& value) {
    if (value.is_null()) {
        return sqlite3_bind_null(statement, position);
    }
    switch (value.kind) {
        case ValueKind::integer:
            return sqlite3_bind_int64(statement, position, std::get<std::int64_t>(value.content));
        case ValueKind::real:
            return sqlite3_bind_double(statement, position, std::get<double>(value.content));
        case ValueKind::text:
            break;
    }
    const auto text = value.text();
    // An empty view may point nowhere, which SQLite would take for NULL.
    return sqlite3_bind_text64(statement, position, text.empty() ? "" : text.data(), text.size(),
                               SQLITE_STATIC, SQLITE_UTF8);
}

/// What holds for all connections of the process, before the first of them.
void configure_sqlite() {
    // Memory for pages as they are read: a shop opens twenty connections at its start, and SQLite
    // would touch memory for twenty pages of each.
    //
    // And no count of all memory, which nobody asks for: every allocation of every connection would
    // take its one lock.
    [[maybe_unused]] static const int done =
        sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0) +
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

}  // namespace

Connection::Connection(const std::filesystem::path& file, Use use, bool durable) {
    configure_sqlite();
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &opened,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(opened);
    if (code != SQLITE_OK) {
        fail("cannot open " + file.string());
    }
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, busy_timeout_ms);
    script(fmt::format(R"(
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = {};
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = 16777216;
        PRAGMA cache_size = {};
        PRAGMA query_only = {};
    )",
                       durable ? "FULL" : "OFF", use == Use::write ? -4096 : -1024,
                       use == Use::write ? "OFF" : "ON"));
    sqlite3_progress_handler(
        opened, steps_between_deadline_checks,
        [](void* self) {
            const auto deadline = static_cast<Connection*>(self)->deadline_;
            return deadline != TimePoint::max() && std::chrono::steady_clock::now() > deadline ? 1
                                                                                               : 0;
        },
        this);
    sqlite3_wal_hook(
        opened,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Connection*>(self)->wal_pages_ = pages;
            return SQLITE_OK;
        },
        this);
}

std::int64_t Connection::run(const Statement& statement, const Args& args, std::size_t index,
                             RowSink* sink) {
    auto& prepared = prepare(statement);
    auto* handle = prepared.handle.get();
    const Rewind rewind(handle);
    bind(prepared, statement, args);
    const Cursor cursor(prepared);
    if (sink != nullptr) {
        sink->begin(cursor);
    }
    std::int64_t rows = 0;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(handle)) == SQLITE_ROW) {
        ++rows;
        if (sink != nullptr) {
            sink->row(index, cursor);
        }
    }
    if (code != SQLITE_DONE) {
        fail(statement.name);
    }
    return sqlite3_stmt_readonly(handle) != 0 ? rows : sqlite3_changes64(handle_.get());
}

void Connection::script(const std::string& text) {
    if (sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail("script");
    }
}

void Connection::checkpoint() {
    int in_wal = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &in_wal, &copied);
    if (code == SQLITE_OK && in_wal == copied) {
        wal_pages_ = 0;  // the next commit starts the WAL over
    }
}

Prepared& Connection::prepare(const Statement& statement) {
    auto& prepared = statements_[statement.text.data()];
    if (prepared.handle && prepared.text == statement.text) {
        return prepared;
    }
    prepared.text = statement.text;
    const auto text = in_dialect(Engine::sqlite, statement.text);
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), text.data(), static_cast<int>(text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    prepared.handle.reset(handle);
    if (code != SQLITE_OK) {
        fail(statement.name);
    }
    const int count = sqlite3_bind_parameter_count(handle);
    prepared.positions.clear();
    for (int n = 1; n <= count; ++n) {
        const int position = sqlite3_bind_parameter_index(handle, fmt::format("${}", n).c_str());
        if (position == 0) {
            prepared.handle.reset();
            throw Error(Error::Kind::statement,
                        fmt::format("{}: parameters must be $1 to ${} without gaps", statement.name,
                                    count));
        }
        prepared.positions.push_back(position);
    }
    prepared.columns.clear();
    for (int column = 0; column < sqlite3_column_count(handle); ++column) {
        prepared.columns.emplace_back(sqlite3_column_name(handle, column));
    }
    return prepared;
}

void Connection::bind(const Prepared& prepared, const Statement& statement, const Args& args) {
    const auto& values = args.values();
    if (values.size() != prepared.positions.size()) {
        throw Error(Error::Kind::statement,
                    fmt::format("{}: has {} parameters but got {} arguments", statement.name,
                                prepared.positions.size(), values.size()));
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (bind_value(prepared.handle.get(), prepared.positions[i], values[i]) != SQLITE_OK) {
            fail(statement.name);
        }
    }
}

void Connection::fail(std::string_view what) const {
    const int code = sqlite3_extended_errcode(handle_.get());
    const std::string message = sqlite3_errmsg(handle_.get());
    const auto kind = kind_of(code);
    const bool names_constraint = (code & 0xff) == SQLITE_CONSTRAINT;
    throw Error(kind, fmt::format("{}: {} (SQLite {})", what, message, code),
                names_constraint ? constraint_in(message) : std::string());
}

}  // namespace kontor::sql::sqlite
