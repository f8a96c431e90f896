#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

namespace kontor::bench {

/// What most would use instead: an SQLite FTS5 table of name, keys and description in memory, words
/// cut by unicode61 without accents, stemmed by Porter, ranked by bm25() with weights.
class Fts5 {
public:
    Fts5() {
        sqlite3* raw = nullptr;
        sqlite3_open(":memory:", &raw);
        database_.reset(raw);
        run("CREATE VIRTUAL TABLE docs USING fts5(name, keys, description, "
            "tokenize = 'porter unicode61 remove_diacritics 2')");
        run("BEGIN");
        insert_ = prepare("INSERT INTO docs(rowid, name, keys, description) VALUES (?, ?, ?, ?)");
        select_ = prepare(
            "SELECT rowid FROM docs WHERE docs MATCH ? "
            "ORDER BY bm25(docs, 5.0, 3.0, 1.0) LIMIT ?");
    }

    void add(std::uint64_t id, std::string_view name, std::string_view keys,
             std::string_view description) {
        sqlite3_bind_int64(insert_.get(), 1, static_cast<sqlite3_int64>(id));
        bind(insert_.get(), 2, name);
        bind(insert_.get(), 3, keys);
        bind(insert_.get(), 4, description);
        sqlite3_step(insert_.get());
        sqlite3_reset(insert_.get());
    }
    void finish() {
        run("COMMIT");
        run("INSERT INTO docs(docs) VALUES ('optimize')");
    }

    enum class Words { all, any };
    std::vector<std::uint64_t> find(std::string_view text, Words words, int limit) const {
        std::string match;
        std::string rest(text);
        for (rest += ' '; !rest.empty(); rest.erase(0, rest.find(' ') + 1)) {
            if (const auto word = rest.substr(0, rest.find(' ')); !word.empty()) {
                match += (match.empty()         ? "\""
                          : words == Words::any ? " OR \""
                                                : " \"") +
                         word + "\"";
            }
        }
        bind(select_.get(), 1, match);
        sqlite3_bind_int(select_.get(), 2, limit);
        std::vector<std::uint64_t> ids;
        while (sqlite3_step(select_.get()) == SQLITE_ROW) {
            ids.push_back(static_cast<std::uint64_t>(sqlite3_column_int64(select_.get(), 0)));
        }
        sqlite3_reset(select_.get());
        return ids;
    }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Close>;

    void run(const char* sql) {
        if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(database_.get()));
        }
    }
    Statement prepare(const char* sql) {
        sqlite3_stmt* raw = nullptr;
        if (sqlite3_prepare_v2(database_.get(), sql, -1, &raw, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(database_.get()));
        }
        return Statement(raw);
    }
    static void bind(sqlite3_stmt* statement, int at, std::string_view text) {
        sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()),
                          SQLITE_TRANSIENT);
    }

    std::unique_ptr<sqlite3, Close> database_;
    Statement insert_;
    Statement select_;
};

}  // namespace kontor::bench
