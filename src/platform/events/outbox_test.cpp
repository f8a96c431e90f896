#include "platform/events/outbox.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "platform/async/asio_loop.hpp"
#include "platform/events/outbox_log.hpp"
#include "support/events.hpp"

namespace kontor::events {
namespace {

using namespace std::chrono_literals;
using kontor::testing::LampSwitched;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr RefusalKind changed_mind{"changed_mind", 409, "Nothing is written after all."};

class The_outbox : public ::testing::TestWithParam<sql::Engine> {
protected:
    template <class T>
    T run(Task<T> task) {
        return loop_.run_until_done(std::move(task));
    }
    std::vector<Envelope> all(Position after = 0) { return run(lamps_.outbox.read(after, 1'000)); }
    std::vector<std::string> aggregates(Position after = 0) {
        std::vector<std::string> names;
        for (const auto& event : all(after)) {
            names.push_back(event.aggregate);
        }
        return names;
    }

    AsioLoop loop_;
    kontor::testing::TestDatabase place_{GetParam()};
    kontor::testing::Lamps lamps_{place_};
};

TEST_P(The_outbox, gives_back_what_was_published_with_its_envelope) {
    const Context caused{.trace = {.trace_id = {7}, .span_id = {8}, .sampled = true}};
    run(lamps_.database->write(Context{}, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
        lamps_.outbox.publish(transaction, caused, LampSwitched{40}, "lamp-1", 3);
        co_return true;
    }));
    const auto events = all();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].source, "lamps");
    EXPECT_EQ(events[0].type, "lamps.lamp-switched");
    EXPECT_EQ(events[0].aggregate, "lamp-1");
    EXPECT_EQ(events[0].aggregate_version, 3);
    EXPECT_EQ(events[0].sequence, 1);
    EXPECT_EQ(events[0].time, lamps_.clock.now());
    EXPECT_EQ(events[0].trace, caused.trace);
    EXPECT_EQ(events[0].data, R"({"brightness":40})");
}

TEST_P(The_outbox, forgets_what_a_refused_transaction_published) {
    run(lamps_.database->write(Context{}, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
        lamps_.outbox.publish(transaction, Context{}, LampSwitched{1}, "lamp-1", 1);
        co_return refuse(changed_mind, "never mind");
    }));
    run(lamps_.switch_lamp("lamp-2", 1));
    EXPECT_THAT(aggregates(), ElementsAre("lamp-2"));
}

TEST_P(The_outbox, reads_on_from_a_position_in_the_order_of_commits) {
    for (const auto* lamp : {"a", "b", "c", "d"}) {
        run(lamps_.switch_lamp(lamp, 1));
    }
    const auto first = run(lamps_.outbox.read(0, 2));
    ASSERT_EQ(first.size(), 2U);
    EXPECT_THAT(aggregates(first.back().sequence), ElementsAre("c", "d"));
    EXPECT_EQ(run(lamps_.outbox.end()), all().back().sequence);
}

TEST_P(The_outbox, takes_an_import_in_one_go_and_in_order) {
    run(lamps_.switch_many(100));
    const auto events = all();
    ASSERT_EQ(events.size(), 100U);
    for (std::size_t i = 0; i < events.size(); ++i) {
        EXPECT_EQ(events[i].sequence, static_cast<Position>(i + 1));
        EXPECT_EQ(events[i].data, to_json(LampSwitched{static_cast<std::int64_t>(i)}));
    }
}

TEST_P(The_outbox, trims_what_is_old_but_never_beyond_what_was_passed_on) {
    run(lamps_.switch_many(10));
    lamps_.clock.advance(10min);
    run(lamps_.switch_many(10));
    EXPECT_EQ(run(lamps_.outbox.trim(5, 5min)), 5);
    EXPECT_EQ(run(lamps_.outbox.trimmed_through()), 5);
    EXPECT_EQ(run(lamps_.outbox.trim(20, 5min)), 5);
    EXPECT_EQ(all().front().sequence, 11);
}

TEST_P(The_outbox, keeps_counting_when_everything_was_trimmed) {
    run(lamps_.switch_many(10));
    lamps_.clock.advance(10min);
    run(lamps_.outbox.trim(10, 5min));
    EXPECT_EQ(run(lamps_.outbox.end()), 10);
    run(lamps_.switch_lamp("late", 1));
    EXPECT_EQ(run(lamps_.outbox.end()), 11);
}

INSTANTIATE_TEST_SUITE_P(On, The_outbox, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

// Only PostgreSQL lets transactions run side by side. (Their bodies wait here for what is no
// statement, which only a test may do.)
class The_outbox_beside_a_long_transaction : public The_outbox {
protected:
    /// Writes to the database, waits until `go_on`, publishes, and commits.
    Task<void> publish_slowly(std::string lamp, std::int64_t version) {
        (co_await lamps_.database->write(
             Context{},
             [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                 co_await lamps_.outbox.publish_all(transaction, Context{},
                                                    {fact(LampSwitched{}, "slow", 1)});
                 ++waiting_;
                 while (!go_on_) {
                     co_await sleep_for(1ms);
                 }
                 lamps_.outbox.publish(transaction, Context{}, LampSwitched{}, lamp, version);
                 co_return true;
             }))
            .value();
        --waiting_;
    }
    Task<void> until_waiting(int count) {
        while (waiting_ != count) {
            co_await sleep_for(1ms);
        }
    }

    int waiting_ = 0;
    bool go_on_ = false;
};

TEST_P(The_outbox_beside_a_long_transaction, neither_waits_for_it_nor_skips_nor_reorders) {
    run([this]() -> Task<bool> {
        spawn(publish_slowly("lamp", 2));
        co_await until_waiting(1);
        co_await lamps_.switch_lamp("lamp", 1);  // begins later, commits earlier
        EXPECT_EQ((co_await lamps_.outbox.read(0, 10)).size(), 1U) << "it waits";
        go_on_ = true;
        co_await until_waiting(0);
        co_await lamps_.switch_lamp("lamp", 3);
        co_return true;
    }());
    std::vector<std::string> seen;
    for (const auto& event : all()) {
        seen.push_back(
            fmt::format("{} {}:{}", event.sequence, event.aggregate, event.aggregate_version));
    }
    EXPECT_THAT(seen, ElementsAre("1 lamp:1", "2 slow:1", "3 lamp:2", "4 lamp:3"));
}

TEST_P(The_outbox_beside_a_long_transaction, numbers_each_event_once_with_two_readers_at_work) {
    const auto other = place_.open();
    Outbox same("lamps", *other, lamps_.clock, lamps_.ids);
    run([this, &same]() -> Task<bool> {
        for (int round = 0; round < 20; ++round) {
            co_await lamps_.switch_many(20);
            const auto ends = co_await when_all(lamps_.outbox.end(), same.end());
            EXPECT_EQ(ends.first, 20 * (round + 1));
            EXPECT_EQ(ends.second, 20 * (round + 1));
        }
        co_return true;
    }());
    const auto events = all();
    ASSERT_EQ(events.size(), 400U);
    EXPECT_EQ(events.back().sequence, 400);
}

INSTANTIATE_TEST_SUITE_P(On, The_outbox_beside_a_long_transaction,
                         ::testing::Values(sql::Engine::postgres), kontor::testing::engine_name);

class The_outbox_log : public The_outbox {
protected:
    The_outbox_log() { log_.add(lamps_.outbox); }
    std::vector<Position> read(Position after, std::size_t max = 100, Duration wait = 0s) {
        std::vector<Position> positions;
        for (const auto& event : run(log_.read("lamps", after, max, wait)).value()) {
            positions.push_back(event.sequence);
        }
        return positions;
    }
    OutboxLog log_{{.tail_events = 8}};
};

TEST_P(The_outbox_log, wakes_a_reader_when_an_event_is_committed) {
    const auto events =
        run([](OutboxLog& log, kontor::testing::Lamps& lamps) -> Task<std::vector<Envelope>> {
            const auto switch_soon = [](kontor::testing::Lamps& late) -> Task<bool> {
                co_await sleep_for(5ms);
                co_return co_await late.switch_lamp("lamp-1", 1);
            };
            auto both = co_await when_all(log.read("lamps", 0, 10, 60s), switch_soon(lamps));
            EXPECT_TRUE(both.second);
            co_return std::move(both.first).value();
        }(log_, lamps_));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].aggregate, "lamp-1");
}

TEST_P(The_outbox_log, wakes_nobody_for_a_commit_without_events) {
    static std::atomic<int> woken;
    woken = 0;
    lamps_.database->on_notify([] { ++woken; });
    run(lamps_.switch_many(0));
    EXPECT_EQ(woken, 0);
    run(lamps_.switch_many(1));
    EXPECT_EQ(woken, 1);
}

TEST_P(The_outbox_log, answers_with_nothing_when_nothing_comes) {
    EXPECT_THAT(read(0), IsEmpty());
    run(lamps_.switch_many(3));
    EXPECT_THAT(read(3), IsEmpty());
}

TEST_P(The_outbox_log, reads_further_back_than_it_keeps_in_memory) {
    EXPECT_THAT(read(0), IsEmpty());
    run(lamps_.switch_many(20));
    EXPECT_THAT(read(18), ElementsAre(19, 20));
    EXPECT_THAT(read(0, 3), ElementsAre(1, 2, 3));
    EXPECT_THAT(read(9, 3), ElementsAre(10, 11, 12));
    EXPECT_THAT(read(12, 100), ElementsAre(13, 14, 15, 16, 17, 18, 19, 20));
}

TEST_P(The_outbox_log, notices_what_another_process_committed) {
    EXPECT_THAT(read(0), IsEmpty());
    kontor::testing::Lamps other(place_);
    run(other.switch_many(2));
    EXPECT_THAT(read(0, 100, 60s), ElementsAre(1, 2));
}

TEST_P(The_outbox_log, refuses_a_position_whose_events_were_trimmed) {
    run(lamps_.switch_many(10));
    lamps_.clock.advance(10min);
    run(lamps_.outbox.trim(5, 5min));
    EXPECT_EQ(run(log_.read("lamps", 4, 10, 0s)).error().code, "position_trimmed");
    EXPECT_THAT(read(5, 1), ElementsAre(6));
}

TEST_P(The_outbox_log, knows_only_the_streams_of_its_process) {
    EXPECT_EQ(run(log_.read("tables", 0, 10, 0s)).error().code, "not_found");
}

INSTANTIATE_TEST_SUITE_P(On, The_outbox_log, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::events
