#include <gmock/gmock.h>

#include <cstdlib>
#include <map>

#include "platform/async/asio_loop.hpp"
#include "platform/sql/sql.hpp"
#include "support/temporary_folder.hpp"
#include "unsynced_disk.hpp"

namespace kontor::faults {
namespace {

constexpr sql::Migration tables{"entries", 1, "entries", R"sql(
    CREATE TABLE entries (id BIGINT PRIMARY KEY, text TEXT NOT NULL) {{strict}};
    CREATE TABLE counts (id BIGINT PRIMARY KEY, entries BIGINT NOT NULL) {{strict}};
    INSERT INTO counts (id, entries) VALUES (1, 0);
)sql"};
constexpr sql::Statement add_entry{"test.add_entry",
                                   "INSERT INTO entries (id, text) VALUES ($1, $2)"};
constexpr sql::Statement count_entry{"test.count_entry",
                                     "UPDATE counts SET entries = entries + 1 WHERE id = 1"};
constexpr sql::Statement read_count{"test.read_count", "SELECT entries FROM counts"};
constexpr sql::Statement read_entries{"test.read_entries", "SELECT id, text FROM entries"};
constexpr sql::Statement check_file{"test.check_file", "PRAGMA integrity_check"};

constexpr int clients = 8;
constexpr int cuts_of_one_file = 3;
constexpr std::uint64_t writes_max = 3'000;
constexpr std::uint64_t text_bytes_max = 12'000;

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// One database file that is written to and loses its power again and again.
class Life {
public:
    Life(std::uint64_t seed, bool durable) : random_(seed), disk_(seed), durable_(durable) {
        open()->migrate(std::span(&tables, 1));
    }

    /// Writes until the power goes, and looks what is there once it is back.
    void lose_power() {
        disk_.cut_at(1 + random_.below(writes_max));
        {
            auto database = open();
            std::vector<Task<bool>> all;
            for (int i = 0; i < clients; ++i) {
                all.push_back(write_until_cut(*database));
            }
            loop_.run_until_done(when_all(std::move(all)));
        }
        disk_.restore();
        look();
    }

    std::uint64_t acknowledged() const { return promised_.size(); }
    std::uint64_t unsynced() const { return disk_.unsynced(); }
    std::vector<std::string> lost;     ///< Acknowledged, and not there any more or not the same.
    std::vector<std::string> damaged;  ///< What must not be whatever was acknowledged.

private:
    std::unique_ptr<sql::Database> open() {
        return sql::open_sqlite(folder_.path() / "life.db", {.durable = durable_});
    }

    Task<bool> write_until_cut(sql::Database& database) {
        while (!disk_.is_cut()) {
            const auto id = ++last_id_;
            const std::string text(1 + random_.below(text_bytes_max),
                                   static_cast<char>('a' + id % 26));
            try {
                const auto written = co_await database.write(
                    Context{}, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                        co_await transaction.execute(add_entry, id, text);
                        co_await transaction.execute(count_entry);
                        co_return true;
                    });
                if (written) {
                    promised_.emplace(id, text);
                }
            } catch (const sql::Error&) {
                co_return false;  // no power
            }
        }
        co_return true;
    }

    void look() {
        try {
            auto database = open();
            const auto checked = loop_.run_until_done(database->rows<std::string>({}, check_file));
            if (checked != std::vector<std::string>{"ok"}) {
                damaged.push_back(checked.front());
            }
            compare(*database);
        } catch (const sql::Error& error) {
            damaged.emplace_back(error.what());
        }
    }

    void compare(sql::Database& database) {
        using Entry = std::tuple<std::int64_t, std::string>;
        std::map<std::int64_t, std::string> there;
        for (auto& [id, text] : loop_.run_until_done(database.rows<Entry>({}, read_entries))) {
            there.emplace(id, std::move(text));
        }
        for (const auto& [id, text] : promised_) {
            const auto found = there.find(id);
            if (found == there.end() || found->second != text) {
                lost.push_back(fmt::format("entry {} of {}", id, last_id_));
            }
        }
        const auto counted = loop_.run_until_done(database.row<std::int64_t>({}, read_count));
        if (counted != std::ssize(there)) {
            damaged.push_back(
                fmt::format("{} entries, counted are {}", there.size(), counted.value_or(-1)));
        }
        promised_ = std::move(there);  // from now on all of it must stay
    }

    SeededRandom random_;
    testing::TemporaryFolder folder_;
    UnsyncedDisk disk_;
    AsioLoop loop_;
    bool durable_;
    std::int64_t last_id_ = 0;
    std::map<std::int64_t, std::string> promised_;
};

struct A_power_loss : ::testing::Test {
    const std::uint64_t rounds = number_from_environment("KONTOR_POWER_LOSS_ROUNDS", 8);
    const std::uint64_t seed = number_from_environment("KONTOR_FAULT_SEED", SystemRandom().u64());
    std::uint64_t lost = 0;
    std::uint64_t damaged = 0;
    std::uint64_t unsynced = 0;
    std::uint64_t kept = 0;

    void live(bool durable) {
        for (std::uint64_t round = 0; round < rounds; ++round) {
            Life life(seed + round, durable);
            for (int cut = 0; cut < cuts_of_one_file && life.damaged.empty(); ++cut) {
                life.lose_power();
            }
            lost += life.lost.size();
            damaged += life.damaged.size();
            unsynced += life.unsynced();
            kept += life.acknowledged();
            if (durable) {
                tell(round, life);
            }
        }
        fmt::print(
            "KONTOR_FAULT_SEED={}: {} files lost power {} times each; {} commits kept, {} "
            "lost, {} damages; {} writes were not synced\n",
            seed, rounds, cuts_of_one_file, kept, lost, damaged, unsynced);
    }
    void tell(std::uint64_t round, const Life& life) const {
        for (const auto* what : {&life.lost, &life.damaged}) {
            if (!what->empty()) {
                fmt::print("KONTOR_FAULT_SEED={}: {}\n", seed + round, what->front());
            }
        }
    }
};

TEST_F(A_power_loss, takes_nothing_that_was_acknowledged) {
    live(true);
    EXPECT_EQ(lost, 0U);
    EXPECT_EQ(damaged, 0U);
    EXPECT_GT(kept, 0U);
    EXPECT_GT(unsynced, 0U) << "the power never went while something was unsynced";
}

TEST_F(A_power_loss, takes_commits_that_were_not_synced_and_this_test_sees_it) {
    live(false);
    EXPECT_GT(lost + damaged, 0U);
}

}  // namespace
}  // namespace kontor::faults
