#include <gmock/gmock.h>

#include <atomic>
#include <stdexcept>

#include "platform/async/asio_loop.hpp"
#include "platform/sql/sql.hpp"
#include "support/databases.hpp"

namespace kontor::sql {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr RefusalKind too_small{"too_small", 422, "The amount is under the minimum."};

constexpr Statement put{"test.put", R"sql(
    INSERT INTO amounts (name, amount)
    VALUES ($1, $2)
)sql"};
constexpr Statement raise{"test.raise", R"sql(
    UPDATE amounts
       SET amount = amount + $2
     WHERE name = $1
    RETURNING amount
)sql"};
constexpr Statement amount_of{"test.amount_of", R"sql(
    SELECT amount
      FROM amounts
     WHERE name = $1
)sql"};
constexpr Statement raise_each{"test.raise_each", R"sql(
    WITH raised (name, by) AS (VALUES ($1, $2))
    UPDATE amounts
       SET amount = amounts.amount + raised.by
      FROM raised
     WHERE amounts.name = raised.name
)sql"};
constexpr Statement find_each{"test.find_each", R"sql(
    WITH wanted (name) AS (VALUES ($1))
    SELECT amounts.name, amounts.amount
      FROM wanted
      JOIN amounts ON amounts.name = wanted.name
)sql"};
constexpr Statement note{"test.note", "INSERT INTO parts (whole, note) VALUES ($1, $2)"};
constexpr Statement noted{"test.noted", "SELECT note FROM parts ORDER BY note"};
constexpr Statement count{"test.count", "SELECT COUNT(*) FROM amounts"};
constexpr Statement all_names{"test.all_names", "SELECT name FROM amounts ORDER BY name"};

constexpr Migration tables[] = {{"test", 1, "tables", R"sql(
    CREATE TABLE amounts (
        name   TEXT PRIMARY KEY,
        amount BIGINT NOT NULL CONSTRAINT amount_is_positive CHECK (amount > 0)
    ) {{strict}};
    CREATE TABLE parts (
        whole  TEXT NOT NULL REFERENCES amounts (name),
        note   TEXT
    ) {{strict}};
)sql"}};

class A_transaction : public ::testing::TestWithParam<Engine> {
protected:
    A_transaction() { database_->migrate(tables); }

    template <class Body>
    auto write(Body body) {
        return loop_.run_until_done(database_->write(context_, std::move(body)));
    }
    std::int64_t rows_in_table() {
        return *loop_.run_until_done(database_->row<std::int64_t>(context_, count));
    }
    std::vector<std::string> names() {
        return loop_.run_until_done(database_->rows<std::string>(context_, all_names));
    }
    Task<Result<bool>> add(std::string name, std::int64_t amount) {
        co_return co_await database_->write(
            context_, [&](Transaction& transaction) -> Task<Result<bool>> {
                co_await transaction.execute(put, name, amount);
                if (amount < 10) {
                    co_return refuse(too_small, "amount {}: must be at least 10", amount);
                }
                co_return true;
            });
    }
    /// The error that `task` ends with.
    template <class T>
    Error error_of(Task<T> task) {
        try {
            (void)loop_.run_until_done(std::move(task));
        } catch (const Error& error) {
            return error;
        }
        throw std::logic_error("expected an sql::Error");
    }

    AsioLoop loop_;
    Context context_;
    testing::TestDatabase place_{GetParam()};
    std::unique_ptr<Database> database_ = place_.open();
};

TEST_P(A_transaction, that_answers_a_value_is_committed_and_seen_by_all) {
    const auto answer = write([](Transaction& transaction) -> Task<Result<std::int64_t>> {
        co_await transaction.execute(put, "drill", 12);
        co_return *(co_await transaction.row<std::int64_t>(raise, "drill", 3));
    });
    EXPECT_EQ(answer, 15);
    const auto second = place_.open();
    EXPECT_EQ(loop_.run_until_done(second->row<int>(context_, amount_of, "drill")), 15);
}

TEST_P(A_transaction, takes_many_rows_together) {
    using Found = std::tuple<std::string, std::int64_t>;
    const auto found = write([](Transaction& transaction) -> Task<Result<std::vector<Found>>> {
        const std::vector<Args> amounts{Args("drill", 12), Args("saw", 7), Args("{\"nail\"}", 5)};
        EXPECT_EQ(co_await transaction.execute_together(put, amounts), 3);
        const std::vector<Args> raised{Args("saw", 3), Args("drill", 4), Args("unknown", 1)};
        EXPECT_EQ(co_await transaction.execute_together(raise_each, raised), 2);
        const std::vector<Args> notes{Args("saw", std::optional<std::string>("sharp")),
                                      Args("drill", std::optional<std::string>())};
        transaction.execute_together_later(note, notes);
        const std::vector<Args> wanted{Args("saw"), Args("{\"nail\"}"), Args("unknown")};
        co_return co_await transaction.rows_together<Found>(find_each, wanted);
    });
    EXPECT_THAT(found.value(), UnorderedElementsAre(Found{"saw", 10}, Found{"{\"nail\"}", 5}));
    const auto notes =
        loop_.run_until_done(database_->rows<std::optional<std::string>>(context_, noted));
    EXPECT_THAT(notes, UnorderedElementsAre(std::nullopt, "sharp"));
}

TEST_P(A_transaction, of_no_rows_together_does_nothing) {
    EXPECT_EQ(write([](Transaction& transaction) -> Task<Result<std::int64_t>> {
                  transaction.execute_together_later(note, {});
                  co_return co_await transaction.execute_together(put, {});
              }),
              0);
}

TEST_P(A_transaction, that_answers_a_refusal_changes_nothing) {
    const auto answer = loop_.run_until_done(add("drill", 9));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "too_small");
    EXPECT_EQ(rows_in_table(), 0);
}

TEST_P(A_transaction, that_throws_changes_nothing_and_passes_the_exception_on) {
    EXPECT_THROW(write([](Transaction& transaction) -> Task<Result<bool>> {
                     co_await transaction.execute(put, "drill", 12);
                     throw std::runtime_error("broken");
                 }),
                 std::runtime_error);
    EXPECT_EQ(rows_in_table(), 0);
}

TEST_P(A_transaction, that_fails_takes_none_of_those_waiting_with_it_along) {
    std::vector<Task<Result<bool>>> tasks;
    tasks.push_back(add("drill", 12));
    tasks.push_back(add("saw", 3));
    tasks.push_back([](Task<Result<bool>> duplicate) -> Task<Result<bool>> {
        co_return co_await refusing(std::move(duplicate), "amounts.name",
                                    refusal(refusals::conflict, "there is one already"));
    }(add("drill", 14)));
    tasks.push_back(add("hammer", 20));
    const auto answers = loop_.run_until_done(when_all(std::move(tasks)));
    EXPECT_TRUE(answers[3]);
    EXPECT_EQ(answers[1].error().code, "too_small");
    // Of two with the same key one wins; which one is up to the engine.
    EXPECT_NE(answers[0].has_value(), answers[2].has_value());
    EXPECT_THAT(names(), ElementsAre("drill", "hammer"));
}

TEST_P(A_transaction, is_one_of_a_thousand_at_once_and_none_is_lost) {
    const auto first = loop_.run_until_done(add("counter", 10));
    ASSERT_TRUE(first);
    std::vector<Task<Result<std::int64_t>>> tasks;
    for (int i = 0; i < 1'000; ++i) {
        tasks.push_back(
            database_->write(context_, [](Transaction& transaction) -> Task<Result<std::int64_t>> {
                co_return *(co_await transaction.row<std::int64_t>(raise, "counter", 1));
            }));
    }
    auto answers = loop_.run_until_done(when_all(std::move(tasks)));
    std::ranges::sort(answers, {}, [](const auto& answer) { return *answer; });
    for (int i = 0; i < 1'000; ++i) {
        ASSERT_EQ(answers[static_cast<std::size_t>(i)], 11 + i);
    }
}

TEST_P(A_transaction, that_reads_cannot_write) {
    EXPECT_EQ(error_of(database_->read(context_,
                                       [](Transaction& transaction) -> Task<Result<bool>> {
                                           co_await transaction.execute(put, "drill", 12);
                                           co_return true;
                                       }))
                  .kind(),
              Error::Kind::read_only);
    EXPECT_EQ(rows_in_table(), 0);
}

TEST_P(A_transaction, names_the_constraint_it_violates_alike_on_both_engines) {
    ASSERT_TRUE(loop_.run_until_done(add("drill", 12)));
    const auto unique = error_of(add("drill", 12));
    EXPECT_EQ(unique.kind(), Error::Kind::unique);
    EXPECT_EQ(unique.constraint(), "amounts.name");

    const auto check = error_of(add("saw", -1));
    EXPECT_EQ(check.kind(), Error::Kind::check);
    EXPECT_EQ(check.constraint(), "amount_is_positive");

    const auto insert_part = [this](std::optional<std::string> whole) {
        return database_->write(context_, [whole](Transaction& transaction) -> Task<Result<bool>> {
            static constexpr Statement part{"test.part", "INSERT INTO parts (whole) VALUES ($1)"};
            co_await transaction.execute(part, whole);
            co_return true;
        });
    };
    EXPECT_EQ(error_of(insert_part("lathe")).kind(), Error::Kind::foreign_key);
    const auto null = error_of(insert_part(std::nullopt));
    EXPECT_EQ(null.kind(), Error::Kind::not_null);
    EXPECT_EQ(null.constraint(), "parts.whole");
}

TEST_P(A_transaction, runs_one_statement_for_many_argument_sets_and_answers_each) {
    const auto answer = write([](Transaction& transaction) -> Task<Result<bool>> {
        const std::vector<Args> wanted{Args("drill", 12), Args("saw", 30), Args("hammer", 20)};
        EXPECT_THAT(co_await transaction.execute_each(put, wanted), ElementsAre(1, 1, 1));
        const std::vector<Args> raises{Args("saw", 1), Args("lathe", 1), Args("drill", 1)};
        EXPECT_THAT(co_await transaction.row_each<int>(raise, raises),
                    ElementsAre(31, std::nullopt, 13));
        const std::vector<Args> asked{Args("drill"), Args("lathe"), Args("hammer")};
        EXPECT_THAT(co_await transaction.rows_each<int>(amount_of, asked),
                    ElementsAre(ElementsAre(13), ElementsAre(), ElementsAre(20)));
        EXPECT_THAT(co_await transaction.execute_each(put, {}), ElementsAre());
        co_return true;
    });
    EXPECT_TRUE(answer);
}

TEST_P(A_transaction, applies_what_was_executed_later_before_what_follows_and_at_the_commit) {
    const auto answer = write([](Transaction& transaction) -> Task<Result<std::int64_t>> {
        transaction.execute_later(put, std::string("drill"), 12);
        const auto seen = co_await transaction.row<std::int64_t>(count);
        transaction.execute_later(put, std::string("saw"), 14);
        co_return *seen;
    });
    EXPECT_EQ(answer, 1);
    EXPECT_THAT(names(), ElementsAre("drill", "saw"));
}

TEST_P(A_transaction, whose_later_statement_fails_is_not_committed) {
    EXPECT_EQ(error_of(database_->write(context_,
                                        [](Transaction& transaction) -> Task<Result<bool>> {
                                            transaction.execute_later(put, "drill", 12);
                                            transaction.execute_later(put, "drill", 12);
                                            co_return true;
                                        }))
                  .kind(),
              Error::Kind::unique);
    EXPECT_EQ(rows_in_table(), 0);
}

TEST_P(A_transaction, that_goes_on_after_an_error_is_not_committed) {
    EXPECT_ANY_THROW((void)write([](Transaction& transaction) -> Task<Result<bool>> {
        co_await transaction.execute(put, "drill", 12);
        try {
            co_await transaction.execute(put, "drill", 12);
        } catch (const Error&) {
        }
        co_return true;
    }));
    EXPECT_EQ(rows_in_table(), 0);
}

TEST_P(A_transaction, whose_deadline_has_passed_is_refused_and_never_begun) {
    context_.deadline = std::chrono::steady_clock::now() - 1ms;
    const auto answer = loop_.run_until_done(add("drill", 12));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "deadline_exceeded");
    context_.deadline = Context::TimePoint::max();
    EXPECT_EQ(rows_in_table(), 0);
}

TEST_P(A_transaction, that_reads_beyond_its_deadline_is_stopped) {
    static constexpr Statement endless{"test.endless", R"sql(
        WITH RECURSIVE numbers (n) AS (
            SELECT CAST(1 AS BIGINT)
             UNION ALL
            SELECT n + 1 FROM numbers
        )
        SELECT COUNT(*) FROM numbers WHERE n < 0
    )sql"};
    context_.deadline = std::chrono::steady_clock::now() + 100ms;
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(error_of(database_->row<int>(context_, endless)).kind(), Error::Kind::timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
    context_.deadline = Context::TimePoint::max();
    EXPECT_EQ(rows_in_table(), 0);  // and the connection is of use again
}

TEST_P(A_transaction, wakes_the_listeners_if_it_is_to_notify_and_was_committed) {
    static std::atomic<int> woken;
    woken = 0;
    database_->on_notify([] { ++woken; });
    const auto put_one = [&](const char* name, bool notifies, bool keeps) {
        (void)loop_.run_until_done(
            database_->write(context_, [=](Transaction& transaction) -> Task<Result<bool>> {
                co_await transaction.execute(put, std::string(name), 10);
                if (notifies) {
                    transaction.notify();
                }
                if (!keeps) {
                    co_return refuse(too_small, "nothing is kept");
                }
                co_return true;
            }));
    };
    put_one("drill", true, false);
    EXPECT_EQ(woken, 0);
    put_one("drill", false, true);
    EXPECT_EQ(woken, 0);
    put_one("saw", true, true);
    EXPECT_EQ(woken, 1);
}

TEST_P(A_transaction, with_a_faulty_statement_says_which_one) {
    static constexpr Statement faulty{"test.faulty", "SELECT nonsense FROM amounts"};
    const auto error = error_of(database_->row<int>(context_, faulty));
    EXPECT_EQ(error.kind(), Error::Kind::statement);
    EXPECT_THAT(error.what(), HasSubstr("test.faulty"));
    const auto few = error_of(database_->row<int>(context_, amount_of));
    EXPECT_EQ(few.kind(), Error::Kind::statement);
}

INSTANTIATE_TEST_SUITE_P(On, A_transaction, testing::both_engines(), testing::engine_name);

TEST(Group_commit, puts_what_waits_together_into_few_commits) {
    std::atomic<int> commits = 0;
    AsioLoop loop;
    const testing::TestDatabase place(Engine::sqlite);
    const auto database = place.open();
    database->migrate(tables);
    database->on_notify([&] { ++commits; });
    std::vector<Task<Result<bool>>> tasks;
    for (int i = 0; i < 1'000; ++i) {
        tasks.push_back(
            database->write(Context{}, [i](Transaction& transaction) -> Task<Result<bool>> {
                co_await transaction.execute(put, std::to_string(i), 10);
                transaction.notify();
                co_return true;
            }));
    }
    (void)loop.run_until_done(when_all(std::move(tasks)));
    EXPECT_GE(commits, 1'000 / 256);
    EXPECT_LT(commits, 100);
}

TEST(Group_commit, refuses_more_than_may_wait) {
    AsioLoop loop;
    const testing::TemporaryFolder folder;
    const auto database = open_sqlite(folder.path() / "records.db", {.waiting_max = 10});
    database->migrate(tables);
    std::vector<Task<Result<bool>>> tasks;
    for (int i = 0; i < 1'000; ++i) {
        tasks.push_back(
            database->write(Context{}, [i](Transaction& transaction) -> Task<Result<bool>> {
                co_await transaction.execute(put, std::to_string(i), 10);
                co_return true;
            }));
    }
    const auto answers = loop.run_until_done(when_all(std::move(tasks)));
    const auto refused = std::ranges::count_if(answers, [](const auto& answer) {
        return !answer && answer.error().code == "unavailable";
    });
    const auto kept = loop.run_until_done(database->row<std::int64_t>(Context{}, count));
    EXPECT_GT(refused, 0);
    EXPECT_EQ(kept, 1'000 - refused);
}

}  // namespace
}  // namespace kontor::sql
