#include "platform/service/local_follow_ups.hpp"

#include <gmock/gmock.h>

#include "platform/async/asio_loop.hpp"
#include "platform/events/memory_log.hpp"
#include "support/events.hpp"

namespace kontor {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using testing::lamp_event;
using testing::LampSwitched;

struct FollowUpsTag;

/// A service that has something to do for each lamp that is switched, and cannot for `broken`.
class Follow_ups : public ::testing::TestWithParam<sql::Engine> {
public:
    Task<bool> put_lamps_aside() {
        (co_await log_.append("lamps", {lamp_event(1, "hall", 1), lamp_event(2, "hall", 2),
                                        lamp_event(3, "porch", 1)}))
            .value();
        consumer_.start();
        EXPECT_TRUE(co_await consumer_.reached(3, 60s));
        co_return true;
    }
    Task<std::vector<events::DeadLetter>> listed(std::int64_t limit = 100) {
        co_return (co_await follow_ups_.dead_letters({}, {.limit = limit})).value().items;
    }
    Task<std::vector<events::DeadLetter>> retried() {
        co_return (co_await follow_ups_.retry_dead_letters({}, {})).value().items;
    }
    void run(Task<bool> test) { EXPECT_TRUE(loop_.run_until_done(std::move(test))); }

    std::string broken_ = "hall";
    std::vector<std::string> done_;
    std::set<std::string> keys_;

    AsioLoop loop_;
    ManualClock clock_;
    testing::TestDatabase place_{GetParam()};
    std::unique_ptr<sql::Database> database_ = place_.open_with("diary");
    events::MemoryLog log_;
    events::ReactionSink sink_{
        {"diary", "lamps"},
        *database_,
        clock_,
        events::Handlers<Context>{}.on<LampSwitched>(
            [this](Context context, const LampSwitched&,
                   const events::Envelope& event) -> Task<void> {
                if (event.aggregate == broken_) {
                    throw std::runtime_error("the bulb of the " + broken_ + " is broken");
                }
                if (keys_.insert(context.idempotency_key).second) {  // as a service would
                    done_.push_back(event.aggregate + ":" + std::to_string(event.sequence));
                }
                co_return;
            })};
    events::Consumer consumer_{
        "diary", "lamps", log_, sink_, {.attempts_max = 2, .retry_first = 1ms, .retry_last = 1ms}};
    LocalFollowUps<FollowUpsTag> follow_ups_{*database_, {&consumer_}};
};

TEST_P(Follow_ups, are_listed_with_who_failed_and_why_and_with_what_waits_behind_them) {
    using events::DeadLetter;
    run([](Follow_ups& here) -> Task<bool> {
        co_await here.put_lamps_aside();
        const auto items = co_await here.listed();
        EXPECT_THAT(items,
                    ElementsAre(Field(&DeadLetter::sequence, 1), Field(&DeadLetter::sequence, 2)));
        EXPECT_EQ(items.at(0).consumer, "diary");
        EXPECT_EQ(items.at(0).stream, "lamps");
        EXPECT_EQ(items.at(0).error, "the bulb of the hall is broken");
        EXPECT_EQ((co_await here.listed(1)).size(), 1U);
        co_await here.consumer_.stop();
        co_return true;
    }(*this));
    EXPECT_THAT(done_, ElementsAre("porch:3"));
}

TEST_P(Follow_ups, stay_listed_while_their_cause_stays_and_are_done_in_order_once_it_is_mended) {
    run([](Follow_ups& here) -> Task<bool> {
        co_await here.put_lamps_aside();
        EXPECT_EQ((co_await here.retried()).size(), 2U);
        here.broken_ = "";
        EXPECT_THAT(co_await here.retried(), IsEmpty());
        co_await here.consumer_.stop();
        co_return true;
    }(*this));
    EXPECT_THAT(done_, ElementsAre("porch:3", "hall:1", "hall:2"));
}

INSTANTIATE_TEST_SUITE_P(On, Follow_ups, testing::both_engines(), testing::engine_name);

}  // namespace
}  // namespace kontor
