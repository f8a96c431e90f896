#include "platform/events/relay.hpp"

#include <gmock/gmock.h>

#include <random>

#include "platform/async/asio_loop.hpp"
#include "platform/async/loop_pool.hpp"
#include "platform/events/consumer.hpp"
#include "platform/events/memory_log.hpp"
#include "platform/events/nats_log.hpp"
#include "platform/events/outbox_log.hpp"
#include "platform/events/sql_sink.hpp"
#include "support/events.hpp"
#include "support/nats.hpp"

namespace kontor::events {
namespace {

using namespace std::chrono_literals;
using kontor::testing::Lamps;
using kontor::testing::LampSwitched;
using ::testing::HasSubstr;

/// A process of the producing service: its outbox, the log that reads it, a relay.
struct Producer {
    Producer(const kontor::testing::TestDatabase& place, StoringLog& target, RelayOptions options)
        : lamps(place), relay(lamps.outbox, with(source, lamps), target, lamps.clock, options) {}

    static OutboxLog& with(OutboxLog& log, Lamps& producer) {
        log.add(producer.outbox);
        return log;
    }

    Lamps lamps;
    OutboxLog source;
    Relay relay;
};

RelayOptions quick(std::string holder = "one") {
    return {.holder = std::move(holder),
            .batch_max = 7,
            .lease_duration = 200ms,
            .retry_first = 1ms,
            .retry_last = 4ms};
}

class The_relay : public ::testing::TestWithParam<sql::Engine> {
protected:
    template <class T>
    T run(Task<T> task) {
        return loop_.run_until_done(std::move(task));
    }
    /// What a reader of the target would see, in order.
    std::vector<std::string> stored(StoringLog& log) {
        std::vector<std::string> all;
        const auto events = run(log.read("lamps", 0, 10'000, 0s));
        for (const auto& event : events.value()) {
            all.push_back(std::to_string(event.sequence) + " " + event.data);
        }
        return all;
    }
    static std::vector<std::string> switched(Position count) {
        std::vector<std::string> all;
        for (Position i = 0; i < count; ++i) {
            all.push_back(std::to_string(i + 1) + " " + to_json(LampSwitched{i}));
        }
        return all;
    }
    /// Runs the relay until the target has `position`.
    void relay_until(Relay& relay, Position position) {
        run([](Relay& one, Position wanted) -> Task<bool> {
            one.start();
            EXPECT_TRUE(co_await one.reached(wanted, 60s)) << one.status().last_error;
            co_await one.stop();
            co_return true;
        }(relay, position));
    }

    AsioLoop loop_;
    kontor::testing::TestDatabase place_{GetParam()};
    MemoryLog target_;
};

TEST_P(The_relay, stores_every_event_in_order_though_the_target_fails_halfway) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    MemoryLog faulty({.refuse = 0.2, .half_append = 0.4, .seed = seed});
    Producer producer(place_, faulty, quick());
    run(producer.lamps.switch_many(200));
    relay_until(producer.relay, 200);
    auto events = run(faulty.read("lamps", 0, 1'000, 0s));
    for (; !events; events = run(faulty.read("lamps", 0, 1'000, 0s))) {
    }
    ASSERT_EQ(events->size(), 200U);
    for (std::size_t i = 0; i < 200; ++i) {
        EXPECT_EQ((*events)[i].data, to_json(LampSwitched{static_cast<std::int64_t>(i)}));
    }
    EXPECT_GT(producer.relay.status().failures, 0U);
}

TEST_P(The_relay, killed_after_storing_and_before_noting_it_stores_nothing_twice) {
    Producer producer(place_, target_, quick());
    run(producer.lamps.switch_many(10));
    auto batch = run(producer.lamps.outbox.read(0, 6));
    run(target_.append("lamps", std::move(batch))).value();
    relay_until(producer.relay, 10);
    EXPECT_EQ(stored(target_), switched(10));
}

TEST_P(The_relay, of_another_process_takes_over_when_the_lease_ends) {
    Producer one(place_, target_, quick("one"));
    run(one.lamps.switch_many(5));
    run(one.relay.relay_once());
    Producer other(place_, target_, quick("other"));
    EXPECT_EQ(run(other.relay.relay_once()), 0U);
    EXPECT_FALSE(other.relay.status().leading);
    other.lamps.clock.advance(1s);
    run(other.lamps.switch_lamp("late", 1, 5));
    EXPECT_EQ(run(other.relay.relay_once()), 1U);
    EXPECT_TRUE(other.relay.status().leading);
    EXPECT_EQ(stored(target_), switched(6));
}

TEST_P(The_relay, that_lost_its_lease_unawares_notes_nothing_down) {
    auto options = quick("one");
    options.lease_duration = 1h;  // by its own clock it still leads
    Producer one(place_, target_, options);
    run(one.lamps.switch_many(3));
    run(one.relay.relay_once());
    Producer other(place_, target_, quick("other"));
    other.lamps.clock.advance(2h);
    run(other.relay.relay_once());
    run(one.lamps.switch_lamp("late", 1, 3));
    try {
        run(one.relay.relay_once());
        ADD_FAILURE() << "it went on";
    } catch (const std::runtime_error& stopped) {
        EXPECT_THAT(stopped.what(), HasSubstr("another process"));
    }
    EXPECT_EQ(stored(target_), switched(4));
}

TEST_P(The_relay, trims_only_what_the_target_has) {
    auto options = quick();
    options.keep = 5min;
    Producer producer(place_, target_, options);
    run(producer.lamps.switch_many(10));
    producer.lamps.clock.advance(10min);
    run(producer.relay.relay_once());
    EXPECT_EQ(run(producer.lamps.outbox.trimmed_through()), 7);
    EXPECT_EQ(run(producer.lamps.outbox.read(7, 10)).size(), 3U);
}

TEST_P(The_relay, refuses_a_stream_that_belongs_to_another_database) {
    kontor::testing::TestDatabase older_place(GetParam());
    Producer older(older_place, target_, quick());
    run(older.lamps.switch_many(10));
    relay_until(older.relay, 10);
    Producer younger(place_, target_, quick());
    run(younger.lamps.switch_many(2));
    try {
        run(younger.relay.relay_once());
        ADD_FAILURE() << "it went on";
    } catch (const std::runtime_error& refused) {
        EXPECT_THAT(refused.what(), HasSubstr("ends at 10, the outbox at 2"));
    }
}

constexpr sql::Migration seen_table[] = {{"watchers", 1, "seen", R"sql(
    CREATE TABLE seen (
        entry   {{auto_id}},
        lamp    TEXT   NOT NULL,
        version BIGINT NOT NULL
    ) {{strict}};
)sql"}};
constexpr sql::Statement write_seen{"seen.write", R"sql(
    INSERT INTO seen (lamp, version)
    VALUES ($1, $2)
)sql"};
constexpr sql::Statement count_seen{"seen.count", "SELECT COUNT(*) FROM seen"};
constexpr sql::Statement out_of_order{"seen.out_of_order", R"sql(
    SELECT COUNT(*)
      FROM (SELECT version, ROW_NUMBER() OVER (PARTITION BY lamp ORDER BY entry) AS rank
              FROM seen) AS numbered
     WHERE version <> rank
)sql"};

TEST_P(The_relay, carries_events_through_nats_to_a_consumer_that_sees_each_once_and_in_order) {
    AsioLoop watching;
    const auto prefix = kontor::testing::fresh_nats_prefix();
    const auto& url = kontor::testing::shared_nats().url();
    const auto here = open_nats({.urls = {url}, .prefix = prefix});
    const auto there = open_nats({.urls = {url}, .prefix = prefix});
    Producer producer(place_, *here, quick());
    kontor::testing::TestDatabase watcher_place(GetParam());
    const auto records = watcher_place.open_with("watchers");
    records->migrate(seen_table);
    TransactionSink sink({"watchers", "lamps"}, *records, producer.lamps.clock,
                         Handlers<sql::Transaction&>{}.on<LampSwitched>(
                             [](sql::Transaction& transaction, const LampSwitched&,
                                const Envelope& envelope) -> Task<void> {
                                 co_await transaction.execute(write_seen, envelope.aggregate,
                                                              envelope.aggregate_version);
                             }));
    Consumer consumer("watchers", "lamps", *there, sink);
    std::thread watcher([&] {
        watching.run_until_done([](Consumer& one) -> Task<bool> {
            one.start();
            EXPECT_TRUE(co_await one.reached(300, 60s)) << one.status().last_error;
            co_await one.stop();
            co_return true;
        }(consumer));
    });
    run([](Producer& one) -> Task<bool> {
        one.relay.start();
        for (std::int64_t version = 1; version <= 30; ++version) {
            for (int lamp = 0; lamp < 10; ++lamp) {
                co_await one.lamps.switch_lamp("lamp-" + std::to_string(lamp), version);
            }
        }
        EXPECT_TRUE(co_await one.relay.reached(300, 60s)) << one.relay.status().last_error;
        co_await one.relay.stop();
        co_return true;
    }(producer));
    watcher.join();
    EXPECT_EQ(run(records->row<std::int64_t>(Context{}, count_seen)), 300);
    EXPECT_EQ(run(records->row<std::int64_t>(Context{}, out_of_order)), 0);
}

INSTANTIATE_TEST_SUITE_P(On, The_relay, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::events
