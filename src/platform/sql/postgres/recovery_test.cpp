#include <gtest/gtest.h>

#include "platform/async/asio_loop.hpp"
#include "platform/sql/sql.hpp"
#include "support/databases.hpp"
#include "support/postgres.hpp"

namespace kontor::sql {
namespace {

using namespace std::chrono_literals;

constexpr Migration tables[] = {
    {"test", 1, "notes", "CREATE TABLE notes (text TEXT PRIMARY KEY) {{strict}};"}};
constexpr Statement add{"test.add", "INSERT INTO notes (text) VALUES ($1)"};
constexpr Statement count{"test.count", "SELECT COUNT(*) FROM notes"};
// A trigger that kills its own session in the middle of the COMMIT.
constexpr Migration dies_at_commit[] = {tables[0], {"test", 2, "dies_at_commit", R"sql(
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_terminate_backend(pg_backend_pid());
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER dies_at_commit AFTER INSERT ON notes
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die();
)sql"}};

class A_lost_connection : public ::testing::Test {
protected:
    Task<Result<bool>> write(std::string text) {
        co_return co_await database_->write({},
                                            [&](Transaction& transaction) -> Task<Result<bool>> {
                                                ++runs_;
                                                co_await transaction.execute(add, text);
                                                if (interruption_) {
                                                    std::exchange(interruption_, nullptr)();
                                                }
                                                co_await transaction.row<std::int64_t>(count);
                                                co_return true;
                                            });
    }
    std::int64_t notes() { return *loop_.run_until_done(database_->row<std::int64_t>({}, count)); }

    AsioLoop loop_;
    int runs_ = 0;
    std::function<void()> interruption_;
    testing::TestDatabase place_{Engine::postgres};
    std::unique_ptr<Database> database_ = place_.open();
};

TEST_F(A_lost_connection, that_was_idle_is_replaced_unnoticed) {
    database_->migrate(tables);
    EXPECT_TRUE(loop_.run_until_done(write("before")));
    testing::restart_postgres();
    EXPECT_TRUE(loop_.run_until_done(write("after")));
    EXPECT_EQ(notes(), 2);
}

TEST_F(A_lost_connection, inside_a_transaction_lets_the_body_run_again_on_another) {
    database_->migrate(tables);
    interruption_ = [] { testing::restart_postgres(); };
    EXPECT_TRUE(loop_.run_until_done(write("once")));
    EXPECT_EQ(runs_, 2);
    EXPECT_EQ(notes(), 1);
}

TEST_F(A_lost_connection, during_the_commit_is_an_unknown_outcome_and_is_not_repeated) {
    database_->migrate(dies_at_commit);
    EXPECT_THROW((void)loop_.run_until_done(write("perhaps")), OutcomeUnknown);
    EXPECT_EQ(runs_, 1);
}

TEST_F(A_lost_connection, that_cannot_be_replaced_is_unavailable) {
    database_ = open_postgres("host=/nowhere dbname=x", "x");
    try {
        (void)loop_.run_until_done(write("never"));
        FAIL() << "expected an error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), Error::Kind::unavailable);
    }
}

TEST_F(A_lost_connection, that_cannot_be_replaced_is_told_to_everybody_who_waits_for_one) {
    database_ = open_postgres("host=/nowhere dbname=x", "x", {.connections_max = 1});
    const auto is_unavailable = [this]() -> Task<bool> {
        Context hasty;
        hasty.deadline = std::chrono::steady_clock::now() + 1s;
        try {
            (void)co_await database_->row<std::int64_t>(hasty, count);
        } catch (const Error& error) {
            co_return error.kind() ==
                Error::Kind::unavailable&& std::chrono::steady_clock::now() < hasty.deadline;
        }
        co_return false;
    };
    std::vector<Task<bool>> tasks;
    for (int i = 0; i < 5; ++i) {
        tasks.push_back(is_unavailable());
    }
    EXPECT_EQ(loop_.run_until_done(when_all(std::move(tasks))), std::vector<bool>(5, true));
}

TEST(Postgres_transactions, that_deadlock_run_again_until_both_are_done) {
    AsioLoop loop;
    const testing::TestDatabase place(Engine::postgres);
    const auto database = place.open();
    database->migrate(tables);
    static constexpr Statement change{"test.change",
                                      "UPDATE notes SET text = text WHERE text = $1"};
    const auto both = [&](std::string one, std::string other) {
        return [](Database& records, std::string a, std::string b) -> Task<Result<bool>> {
            co_return co_await records.write({},
                                             [&](Transaction& transaction) -> Task<Result<bool>> {
                                                 co_await transaction.execute(change, a);
                                                 co_await sleep_for(20ms);
                                                 co_await transaction.execute(change, b);
                                                 co_return true;
                                             });
        }(*database, std::move(one), std::move(other));
    };
    (void)loop.run_until_done(
        database->write({}, [](Transaction& transaction) -> Task<Result<bool>> {
            transaction.execute_later(add, "a");
            transaction.execute_later(add, "b");
            co_return true;
        }));
    const auto [first, second] = loop.run_until_done(when_all(both("a", "b"), both("b", "a")));
    EXPECT_TRUE(first);
    EXPECT_TRUE(second);
}

TEST(Postgres_connections, are_waited_for_in_line_and_refused_past_the_deadline) {
    AsioLoop loop;
    const testing::TestDatabase place(Engine::postgres);
    const auto database =
        open_postgres(testing::postgres_url(), place.schema(), {.connections_max = 1});
    const auto hold = [](Database& records, Context context, Duration time) -> Task<Result<bool>> {
        co_return co_await records.read(context,
                                        [&](Transaction& transaction) -> Task<Result<bool>> {
                                            static constexpr Statement one{"test.one", "SELECT 1"};
                                            co_await transaction.row<int>(one);
                                            co_await sleep_for(time);
                                            co_return true;
                                        });
    };
    Context hasty;
    hasty.deadline = std::chrono::steady_clock::now() + 100ms;
    std::vector<Task<Result<bool>>> tasks;
    tasks.push_back(hold(*database, {}, 500ms));
    tasks.push_back(hold(*database, hasty, 0ms));
    tasks.push_back(hold(*database, {}, 0ms));
    const auto answers = loop.run_until_done(when_all(std::move(tasks)));
    EXPECT_TRUE(answers[0]);
    ASSERT_FALSE(answers[1]);
    EXPECT_EQ(answers[1].error().code, "deadline_exceeded");
    EXPECT_TRUE(answers[2]);
}

}  // namespace
}  // namespace kontor::sql
