#include "platform/sql/idempotency.hpp"

#include <gmock/gmock.h>

#include "platform/async/asio_loop.hpp"
#include "support/databases.hpp"

namespace kontor::sql {
namespace {

using namespace std::chrono_literals;

struct Receipt {
    std::int64_t number = 0;
    std::string note;
    bool operator==(const Receipt&) const = default;

    static constexpr auto describe() {
        return described<Receipt>("The reply of the operation under test.",
                                  field<&Receipt::number>("Counts the effects."),
                                  field<&Receipt::note>("Repeats the request."));
    }
};

constexpr RefusalKind sold_out{"sold_out", 409, "Nothing is left."};

constexpr Migration effects[] = {
    {"test", 1, "effects", "CREATE TABLE effects (note TEXT NOT NULL) {{strict}};"}};
constexpr Statement add_effect{"test.add_effect", "INSERT INTO effects (note) VALUES ($1)"};
constexpr Statement count_effects{"test.count_effects", "SELECT COUNT(*) FROM effects"};
constexpr Statement count_keys{"test.count_keys", "SELECT COUNT(*) FROM idempotency_keys"};

class An_idempotent_operation : public ::testing::TestWithParam<Engine> {
protected:
    An_idempotent_operation() {
        auto steps = migrations_of("platform/sql");
        steps.insert(steps.end(), std::begin(effects), std::end(effects));
        database_->migrate(steps);
        context_.idempotency_key = "key-1";
        context_.principal = {Principal::Kind::guest, 7};
    }

    Task<Result<Receipt>> order(Context context, std::string note, Duration takes = 0ms) {
        co_return co_await database_->write(
            context, [&](Transaction& transaction) -> Task<Result<Receipt>> {
                co_return co_await idempotent<Receipt>(
                    transaction, context, "test.order", note, now_, [&]() -> Task<Result<Receipt>> {
                        co_await transaction.execute(add_effect, note);
                        if (takes > 0ms) {
                            co_await sleep_for(takes);  // only PostgreSQL's bodies may
                        }
                        if (note == "refused") {
                            co_return refuse(sold_out, "nothing is left");
                        }
                        const auto count = co_await transaction.row<std::int64_t>(count_effects);
                        co_return Receipt{*count, note};
                    });
            });
    }
    Result<Receipt> ordered(const std::string& note) {
        return loop_.run_until_done(order(context_, note));
    }
    std::int64_t count(const Statement& what) {
        return *loop_.run_until_done(database_->row<std::int64_t>({}, what));
    }

    AsioLoop loop_;
    Context context_;
    Timestamp now_{1'800'000'000'000'000};
    testing::TestDatabase place_{GetParam()};
    std::unique_ptr<Database> database_ = place_.open();
};

TEST_P(An_idempotent_operation, sent_again_is_answered_with_the_stored_reply) {
    const auto first = ordered("two drills");
    EXPECT_EQ(first, (Receipt{1, "two drills"}));
    EXPECT_EQ(ordered("two drills"), first);
    EXPECT_EQ(count(count_effects), 1);
}

TEST_P(An_idempotent_operation, sent_again_with_another_body_is_refused) {
    (void)ordered("two drills");
    const auto second = ordered("three drills");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "idempotency_key_reused");
    EXPECT_EQ(count(count_effects), 1);
}

TEST_P(An_idempotent_operation, sent_many_times_at_once_has_one_effect) {
    std::vector<Task<Result<Receipt>>> tasks;
    for (int i = 0; i < 100; ++i) {
        tasks.push_back(order(context_, "two drills"));
    }
    const auto answers = loop_.run_until_done(when_all(std::move(tasks)));
    EXPECT_THAT(answers, ::testing::Each(Result<Receipt>(Receipt{1, "two drills"})));
    EXPECT_EQ(count(count_effects), 1);
}

TEST_P(An_idempotent_operation, that_was_refused_may_be_tried_again_under_its_key) {
    EXPECT_EQ(ordered("refused").error().code, "sold_out");
    EXPECT_EQ(count(count_keys), 0);
    EXPECT_TRUE(ordered("two drills"));
}

TEST_P(An_idempotent_operation, of_another_caller_does_not_meet_this_ones_reply) {
    (void)ordered("two drills");
    context_.principal = {Principal::Kind::guest, 8};
    EXPECT_EQ(ordered("three drills"), (Receipt{2, "three drills"}));
}

TEST_P(An_idempotent_operation, without_a_key_has_its_effect_each_time) {
    context_.idempotency_key = "";
    EXPECT_TRUE(ordered("two drills"));
    EXPECT_TRUE(ordered("two drills"));
    EXPECT_EQ(count(count_effects), 2);
    EXPECT_EQ(count(count_keys), 0);
}

TEST_P(An_idempotent_operation, needs_a_uuid_of_a_caller_without_a_token_and_a_key_of_sane_length) {
    context_.principal = {};
    EXPECT_EQ(ordered("two drills").error().code, "invalid");
    context_.idempotency_key = "0f8fad5b-d9cb-469f-a165-70867728950e";
    EXPECT_TRUE(ordered("two drills"));
    context_.principal = {Principal::Kind::staff, 1};
    context_.idempotency_key = std::string(256, 'x');
    EXPECT_EQ(ordered("two drills").error().code, "invalid");
}

TEST_P(An_idempotent_operation, is_forgotten_after_seven_days) {
    (void)ordered("two drills");
    const auto purge_at = [&](std::chrono::hours age) {
        return loop_.run_until_done(purge_idempotency_keys(*database_, {}, now_ + age));
    };
    EXPECT_EQ(purge_at(7 * 24h), 0);
    EXPECT_EQ(purge_at(7 * 24h + 1h), 1);
    EXPECT_EQ(ordered("two drills"), (Receipt{2, "two drills"}));
}

INSTANTIATE_TEST_SUITE_P(On, An_idempotent_operation, testing::both_engines(),
                         testing::engine_name);

// SQLite's one writer leaves no two of them under way at once.
using Concurrent_duplicates = An_idempotent_operation;

TEST_P(Concurrent_duplicates, wait_for_the_first_and_get_its_reply) {
    const auto [first, second] = loop_.run_until_done(
        when_all(order(context_, "two drills", 50ms), order(context_, "two drills")));
    EXPECT_EQ(first, second);
    EXPECT_EQ(count(count_effects), 1);
}

TEST_P(Concurrent_duplicates, are_told_to_come_back_when_their_deadline_comes_first) {
    auto hasty = context_;
    hasty.deadline = std::chrono::steady_clock::now() + 200ms;
    const auto [first, second] =
        loop_.run_until_done(when_all(order(context_, "two drills", 600ms),
                                      [](Task<Result<Receipt>> task) -> Task<Result<Receipt>> {
                                          co_await sleep_for(50ms);
                                          co_return co_await std::move(task);
                                      }(order(hasty, "two drills"))));
    EXPECT_TRUE(first);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "in_progress");
    EXPECT_GT(second.error().retry_after_s, 0);
}

INSTANTIATE_TEST_SUITE_P(On, Concurrent_duplicates, ::testing::Values(Engine::postgres),
                         testing::engine_name);

}  // namespace
}  // namespace kontor::sql
