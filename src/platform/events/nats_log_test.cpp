#include "platform/events/nats_log.hpp"

#include <gmock/gmock.h>

#include "platform/async/asio_loop.hpp"
#include "support/nats.hpp"

namespace kontor::events {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Envelope> lamp_events(Position first, Position last) {
    std::vector<Envelope> events;
    for (auto at = first; at <= last; ++at) {
        events.push_back({.id = "evt_" + std::to_string(at),
                          .source = "lamps",
                          .type = "lamps.lamp-switched",
                          .time = {1'767'225'600'000'000},
                          .aggregate = "lamp-" + std::to_string(at % 3),
                          .aggregate_version = at,
                          .sequence = at,
                          .data = R"({"brightness":5})"});
    }
    return events;
}

std::vector<Position> counted(Position first, Position last) {
    std::vector<Position> positions;
    for (auto at = first; at <= last; ++at) {
        positions.push_back(at);
    }
    return positions;
}

class The_nats_log : public ::testing::Test {
protected:
    template <class T>
    T run(Task<T> task) {
        return loop_.run_until_done(std::move(task));
    }
    /// Another process, as far as NATS can tell.
    std::unique_ptr<StoringLog> open(const std::string& url) const {
        return open_nats(
            {.urls = {url}, .prefix = prefix_, .tail_events = 8, .request_timeout = 1'000ms});
    }
    std::unique_ptr<StoringLog> open() const { return open(kontor::testing::shared_nats().url()); }

    Result<std::vector<Position>> read(StoringLog& log, Position after, std::size_t max = 100,
                                       Duration wait = 20s) {
        return run([](StoringLog& from, Position begin, std::size_t count,
                      Duration patience) -> Task<Result<std::vector<Position>>> {
            std::vector<Position> positions;
            for (const auto& event : TRY(co_await from.read("lamps", begin, count, patience))) {
                positions.push_back(event.sequence);
            }
            co_return positions;
        }(log, after, max, wait));
    }
    /// Everything after `after` up to `last`, in as many reads as it takes.
    std::vector<Position> read_until(StoringLog& log, Position after, Position last) {
        std::vector<Position> all;
        while (after < last) {
            const auto some = read(log, after);
            if (!some || some->empty()) {
                ADD_FAILURE() << "nothing after " << after
                              << (some ? "" : ": " + some.error().message);
                return all;
            }
            all.insert(all.end(), some->begin(), some->end());
            after = all.back();
        }
        return all;
    }
    /// Appends until it is not refused any more.
    Position append(StoringLog& log, Position first, Position last) {
        for (int attempt = 0;; ++attempt) {
            const auto end = run(log.append("lamps", lamp_events(first, last)));
            if (end || attempt == 200) {
                EXPECT_TRUE(end) << end.error().message;
                return end.value_or(0);
            }
            run(wait_a_little());
        }
    }
    static Task<bool> wait_a_little() {
        co_await sleep_for(50ms);
        co_return true;
    }

    AsioLoop loop_;
    const std::string prefix_ = kontor::testing::fresh_nats_prefix();
};

TEST_F(The_nats_log, gives_back_whole_what_another_process_stored) {
    const auto writer = open();
    append(*writer, 1, 3);
    const auto reader = open();
    EXPECT_EQ(run(reader->read("lamps", 0, 10, 20s)).value(), lamp_events(1, 3));
    EXPECT_EQ(run(reader->end("lamps")).value(), 3);
}

TEST_F(The_nats_log, stores_once_what_is_appended_again_and_again) {
    const auto one = open();
    const auto other = open();
    append(*one, 1, 5);
    append(*other, 1, 8);
    EXPECT_EQ(append(*one, 3, 6), 8);
    EXPECT_EQ(read_until(*one, 0, 8), counted(1, 8));
}

TEST_F(The_nats_log, keeps_its_order_when_two_append_at_once) {
    const auto one = open();
    const auto other = open();
    const auto both = run([](StoringLog& first, StoringLog& second) -> Task<bool> {
        const auto push = [](StoringLog& log) -> Task<bool> {
            for (Position end = 0; end < 400;) {
                end = (co_await log.append("lamps", lamp_events(end + 1, end + 20))).value_or(end);
            }
            co_return true;
        };
        const auto done = co_await when_all(push(first), push(second));
        co_return done.first&& done.second;
    }(*one, *other));
    EXPECT_TRUE(both);
    EXPECT_EQ(read_until(*one, 0, 400), counted(1, 400));
}

TEST_F(The_nats_log, wakes_a_reader_of_another_process) {
    const auto writer = open();
    const auto reader = open();
    append(*writer, 1, 1);
    ASSERT_THAT(read(*reader, 0).value(), ElementsAre(1));
    const auto seen = run([](StoringLog& from, StoringLog& to) -> Task<std::vector<Envelope>> {
        const auto append_soon = [](StoringLog& log) -> Task<bool> {
            co_await sleep_for(20ms);
            co_return (co_await log.append("lamps", lamp_events(2, 2))).has_value();
        };
        auto both = co_await when_all(from.read("lamps", 1, 10, 20s), append_soon(to));
        EXPECT_TRUE(both.second);
        co_return std::move(both.first).value();
    }(*reader, *writer));
    EXPECT_EQ(seen, lamp_events(2, 2));
}

TEST_F(The_nats_log, answers_with_nothing_when_nothing_comes) {
    const auto log = open();
    append(*log, 1, 2);
    EXPECT_THAT(read(*log, 2, 10, 50ms).value(), IsEmpty());
}

TEST_F(The_nats_log, reads_from_any_position_also_beyond_its_memory) {
    const auto log = open();
    append(*log, 1, 2'500);
    const auto reader = open();
    EXPECT_EQ(read_until(*reader, 0, 2'500), counted(1, 2'500));
    EXPECT_THAT(read(*reader, 2'498).value(), ElementsAre(2'499, 2'500));
    EXPECT_THAT(read(*reader, 1'233, 2).value(), ElementsAre(1'234, 1'235));
}

TEST_F(The_nats_log, says_which_positions_it_does_not_have) {
    const auto log = open();
    append(*log, 11, 20);
    const auto reader = open();
    EXPECT_EQ(read(*reader, 5).error().code, "position_trimmed");
    EXPECT_THAT(read(*reader, 10, 1).value(), ElementsAre(11));
}

TEST_F(The_nats_log, loses_nothing_and_goes_on_when_the_server_is_killed) {
    kontor::testing::NatsServer server;
    const auto log = open(server.url());
    append(*log, 1, 100);
    EXPECT_EQ(read_until(*log, 0, 100), counted(1, 100));
    server.kill();
    EXPECT_EQ(run(log->append("lamps", lamp_events(101, 101))).error().code, "unavailable");
    EXPECT_THAT(read(*log, 100, 10, 50ms).value(), IsEmpty());
    server.start();
    append(*log, 101, 200);
    EXPECT_EQ(read_until(*log, 100, 200), counted(101, 200));
    EXPECT_EQ(read_until(*log, 0, 200), counted(1, 200));
}

TEST_F(The_nats_log, opened_while_the_server_is_away_connects_when_it_comes) {
    kontor::testing::NatsServer server;
    server.kill();
    const auto log = open(server.url());
    EXPECT_EQ(run(log->append("lamps", lamp_events(1, 1))).error().code, "unavailable");
    server.start();
    append(*log, 1, 2);
    EXPECT_EQ(read_until(*log, 0, 2), counted(1, 2));
}

}  // namespace
}  // namespace kontor::events
