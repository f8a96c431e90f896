#include "platform/events/consumer.hpp"

#include <gmock/gmock.h>

#include "platform/async/asio_loop.hpp"
#include "platform/events/memory_log.hpp"
#include "platform/events/outbox_log.hpp"
#include "platform/events/sql_sink.hpp"
#include "support/events.hpp"

namespace kontor::events {
namespace {

using namespace std::chrono_literals;
using kontor::testing::lamp_event;
using kontor::testing::LampSwitched;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr sql::Migration diary_table[] = {{"diary", 1, "diary", R"sql(
    CREATE TABLE diary (
        entry      {{auto_id}},
        lamp       TEXT   NOT NULL,
        version    BIGINT NOT NULL,
        brightness BIGINT NOT NULL CONSTRAINT brightness_is_lawful CHECK (brightness < 1000)
    ) {{strict}};
)sql"}};
constexpr sql::Statement write_entry{"diary.write", R"sql(
    INSERT INTO diary (lamp, version, brightness)
    VALUES ($1, $2, $3)
)sql"};
constexpr sql::Statement read_diary{"diary.read", R"sql(
    SELECT lamp || ':' || version
      FROM diary
     ORDER BY entry
)sql"};

/// A service that writes down, in its own database, which lamp was switched when.
class Diary {
public:
    explicit Diary(const kontor::testing::TestDatabase& place)
        : database(place.open_with("diary")) {
        database->migrate(diary_table);
    }

    TransactionSink sink() {
        return {{"diary", "lamps"},
                *database,
                clock,
                Handlers<sql::Transaction&>{}.on<LampSwitched>(
                    [](sql::Transaction& transaction, const LampSwitched& event,
                       const Envelope& envelope) -> Task<void> {
                        co_await transaction.execute(write_entry, envelope.aggregate,
                                                     envelope.aggregate_version, event.brightness);
                    })};
    }

    ManualClock clock;
    std::unique_ptr<sql::Database> database;
};

class A_consumer : public ::testing::TestWithParam<sql::Engine> {
protected:
    template <class T>
    T run(Task<T> task) {
        return loop_.run_until_done(std::move(task));
    }
    std::vector<std::string> entries() {
        return run(diary_.database->rows<std::string>(Context{}, read_diary));
    }
    void append(std::vector<Envelope> events) {
        ASSERT_TRUE(run(log_.append("lamps", std::move(events))));
    }
    /// Runs a consumer until it has come to `position`, and stops it.
    ConsumerStatus consume_until(Position position, Log& log) {
        auto sink = diary_.sink();
        return consume_until(position, log, sink);
    }
    ConsumerStatus consume_until(Position position, Log& log, Sink& sink) {
        Consumer consumer("diary", "lamps", log, sink, options_);
        return run([](Consumer& one, Position wanted) -> Task<ConsumerStatus> {
            one.start();
            const bool reached = co_await one.reached(wanted, 60s);
            EXPECT_TRUE(reached) << one.status().position << ": " << one.status().last_error;
            co_await one.stop();
            co_return one.status();
        }(consumer, position));
    }
    ConsumerStatus consume_until(Position position) { return consume_until(position, log_); }

    AsioLoop loop_;
    kontor::testing::TestDatabase place_{GetParam()};
    Diary diary_{place_};
    MemoryLog log_;
    ConsumerOptions options_{.attempts_max = 3, .retry_first = 1ms, .retry_last = 4ms};
};

TEST_P(A_consumer, follows_what_a_service_of_this_process_commits) {
    kontor::testing::TestDatabase lamps_place(GetParam());
    kontor::testing::Lamps lamps(lamps_place);
    OutboxLog log;
    log.add(lamps.outbox);
    run(lamps.switch_lamp("lamp-1", 1));
    run(lamps.switch_lamp("lamp-2", 1));
    consume_until(2, log);
    run(lamps.switch_lamp("lamp-1", 2));
    consume_until(3, log);
    EXPECT_THAT(entries(), ElementsAre("lamp-1:1", "lamp-2:1", "lamp-1:2"));
}

TEST_P(A_consumer, resumes_after_a_restart_where_it_stopped) {
    append({lamp_event(1, "a", 1), lamp_event(2, "a", 2)});
    EXPECT_EQ(consume_until(2).applied, 2U);
    append({lamp_event(3, "a", 3)});
    EXPECT_EQ(consume_until(3).applied, 1U);
    EXPECT_THAT(entries(), ElementsAre("a:1", "a:2", "a:3"));
}

TEST_P(A_consumer, replays_from_zero_when_asked) {
    append({lamp_event(1, "a", 1), lamp_event(2, "a", 2)});
    auto sink = diary_.sink();
    Consumer consumer("diary", "lamps", log_, sink, options_);
    run([](Consumer& one) -> Task<bool> {
        one.start();
        co_await one.reached(2, 60s);
        one.replay();
        while (one.status().applied < 4) {
            co_await sleep_for(1ms);
        }
        co_await one.stop();
        co_return true;
    }(consumer));
    EXPECT_THAT(entries(), ElementsAre("a:1", "a:2", "a:1", "a:2"));
}

TEST_P(A_consumer, ignores_what_it_sees_twice_and_survives_a_faulty_log) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    MemoryLog faulty({.duplicate = 0.5, .shorten = 0.5, .refuse = 0.2, .seed = seed});
    std::vector<std::string> wanted;
    for (Position i = 1; i <= 300; ++i) {
        std::vector<Envelope> one{lamp_event(i, "lamp-" + std::to_string(i % 7), i)};
        while (!run(faulty.append("lamps", one))) {
        }
        wanted.push_back(one[0].aggregate + ":" + std::to_string(i));
    }
    options_.batch_max = 20;
    const auto status = consume_until(300, faulty);
    EXPECT_EQ(entries(), wanted);
    EXPECT_GT(status.duplicates, 0U);
}

TEST_P(A_consumer, passes_over_types_it_does_not_know_and_counts_them) {
    auto unknown = lamp_event(2, "a", 2);
    unknown.type = "lamps.lamp-stolen";
    append({lamp_event(1, "a", 1), unknown, lamp_event(3, "a", 3)});
    auto sink = diary_.sink();
    consume_until(3, log_, sink);
    EXPECT_THAT(entries(), ElementsAre("a:1", "a:3"));
    EXPECT_EQ(sink.unknown_types(), 1U);
}

TEST_P(A_consumer, reads_a_later_schema_version_without_what_it_does_not_know) {
    auto later = lamp_event(1, "a", 1);
    later.schema_version = 2;
    later.data = R"({"brightness":5,"colour":"red"})";
    append({later});
    consume_until(1);
    EXPECT_THAT(entries(), ElementsAre("a:1"));
}

TEST_P(A_consumer, parks_a_poisonous_event_and_what_follows_of_its_aggregate_only) {
    append({lamp_event(1, "a", 1), lamp_event(2, "b", 1, 5'000), lamp_event(3, "a", 2),
            lamp_event(4, "b", 2), lamp_event(5, "c", 1)});
    auto sink = diary_.sink();
    const auto status = consume_until(5, log_, sink);
    EXPECT_THAT(entries(), ElementsAre("a:1", "a:2", "c:1"));
    EXPECT_EQ(status.parked, 2U);
    const auto letters = run(sink.dead_letters());
    ASSERT_EQ(letters.size(), 2U);
    EXPECT_THAT(letters[0].error, HasSubstr("brightness_is_lawful"));
    EXPECT_THAT(letters[1].error, HasSubstr("waits behind"));
}

TEST_P(A_consumer, keeps_parking_behind_a_poisonous_event_after_a_restart) {
    append({lamp_event(1, "b", 1, 5'000)});
    consume_until(1);
    append({lamp_event(2, "b", 2), lamp_event(3, "a", 1)});
    consume_until(3);
    EXPECT_THAT(entries(), ElementsAre("a:1"));
}

TEST_P(A_consumer, takes_parked_events_in_order_once_their_cause_is_mended) {
    auto broken = true;
    TransactionSink sink({"diary", "lamps"}, *diary_.database, diary_.clock,
                         Handlers<sql::Transaction&>{}.on<LampSwitched>(
                             [&](sql::Transaction& transaction, const LampSwitched&,
                                 const Envelope& envelope) -> Task<void> {
                                 if (broken && envelope.aggregate == "b") {
                                     throw std::runtime_error("cannot read b");
                                 }
                                 co_await transaction.execute(write_entry, envelope.aggregate,
                                                              envelope.aggregate_version, 1);
                             }));
    append({lamp_event(1, "b", 1), lamp_event(2, "b", 2), lamp_event(3, "a", 1)});
    consume_until(3, log_, sink);
    broken = false;
    Consumer consumer("diary", "lamps", log_, sink, options_);
    run([](Consumer& one, MemoryLog& log) -> Task<bool> {
        one.start();
        EXPECT_TRUE(co_await one.retry_parked(60s));
        (co_await log.append("lamps", {lamp_event(4, "b", 3)})).value();
        co_await one.reached(4, 60s);
        co_await one.stop();
        co_return true;
    }(consumer, log_));
    EXPECT_THAT(entries(), ElementsAre("a:1", "b:1", "b:2", "b:3"));
    EXPECT_THAT(run(sink.dead_letters()), IsEmpty());
}

TEST_P(A_consumer, never_parks_what_fails_for_a_reason_that_passes) {
    int calls = 0;
    ReactionSink sink({"diary", "lamps"}, *diary_.database, diary_.clock,
                      Handlers<Context>{}.on<LampSwitched>(
                          [&](Context, const LampSwitched&, const Envelope&) -> Task<void> {
                              if (++calls < 10) {
                                  throw TransientFailure("the other service is away");
                              }
                              co_return;
                          }));
    append({lamp_event(1, "a", 1)});
    const auto status = consume_until(1, log_, sink);
    EXPECT_EQ(calls, 10);
    EXPECT_EQ(status.parked, 0U);
}

TEST_P(A_consumer, calls_services_with_the_events_trace_and_the_same_key_at_every_delivery) {
    std::vector<std::string> keys;
    Trace trace;
    ReactionSink sink({"diary", "lamps"}, *diary_.database, diary_.clock,
                      Handlers<Context>{}.on<LampSwitched>(
                          [&](Context context, const LampSwitched&, const Envelope&) -> Task<void> {
                              keys.push_back(context.idempotency_key);
                              trace = context.trace;
                              if (keys.size() == 1) {
                                  throw TransientFailure("once");
                              }
                              co_return;
                          }));
    auto event = lamp_event(1, "a", 1);
    event.trace.trace_id = {9};
    append({event});
    consume_until(1, log_, sink);
    EXPECT_THAT(keys, ElementsAre("diary-evt_1", "diary-evt_1"));
    EXPECT_EQ(trace, event.trace);
}

TEST_P(A_consumer, that_calls_services_does_so_for_many_aggregates_at_once_and_in_order_for_each) {
    int under_way = 0;
    int most = 0;
    std::map<std::string, std::vector<Position>> order;
    ReactionSink sink({"diary", "lamps"}, *diary_.database, diary_.clock,
                      Handlers<Context>{}.on<LampSwitched>(
                          [&](Context, const LampSwitched&, const Envelope& event) -> Task<void> {
                              most = std::max(most, ++under_way);
                              const auto& sequences = order[event.aggregate];
                              // The first ones take longest: what does not wait for them overtakes.
                              co_await sleep_for(sequences.empty() ? 5ms : 1ms);
                              order[event.aggregate].push_back(event.sequence);
                              --under_way;
                          }));
    std::vector<Envelope> events;
    for (Position i = 1; i <= 120; ++i) {
        events.push_back(lamp_event(i, fmt::format("lamp {}", i % 40), i));
    }
    append(std::move(events));
    EXPECT_EQ(consume_until(120, log_, sink).applied, 120U);
    EXPECT_EQ(most, 32);
    EXPECT_EQ(order.size(), 40U);
    for (const auto& [lamp, sequences] : order) {
        EXPECT_EQ(sequences.size(), 3U) << lamp;
        EXPECT_TRUE(std::ranges::is_sorted(sequences)) << lamp;
    }
}

TEST_P(A_consumer, that_runs_twice_still_lets_each_event_take_effect_once) {
    for (Position i = 1; i <= 50; ++i) {
        append({lamp_event(i, "a", i)});
    }
    auto here = diary_.sink();
    Diary elsewhere(place_);
    auto there = elsewhere.sink();
    options_.batch_max = 3;
    Consumer one("diary", "lamps", log_, here, options_);
    Consumer other("diary", "lamps", log_, there, options_);
    run([](Consumer& first, Consumer& second) -> Task<bool> {
        first.start();
        second.start();
        EXPECT_TRUE(co_await first.reached(50, 60s));
        EXPECT_TRUE(co_await second.reached(50, 60s));
        co_await first.stop();
        co_await second.stop();
        co_return true;
    }(one, other));
    std::vector<std::string> wanted;
    for (Position i = 1; i <= 50; ++i) {
        wanted.push_back("a:" + std::to_string(i));
    }
    EXPECT_EQ(entries(), wanted);
    EXPECT_EQ(one.status().failures + other.status().failures, 0U) << "to be overtaken is none";
}

INSTANTIATE_TEST_SUITE_P(On, A_consumer, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::events
