#include "platform/service/upkeep.hpp"

#include <gmock/gmock.h>

#include "platform/sql/idempotency.hpp"
#include "support/events.hpp"
#include "support/test_host.hpp"

namespace kontor {
namespace {

using namespace std::chrono_literals;
using testing::LampSwitched;

class The_upkeep : public ::testing::TestWithParam<sql::Engine> {
protected:
    void switch_lamp(int times) {
        host_.run([](testing::TestHost& host, int count) -> Task<bool> {
            const auto written = co_await host.database->write(
                Context{}, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                    for (int i = 0; i < count; ++i) {
                        host.outbox.publish(transaction, Context{}, LampSwitched{i}, "lamp", i);
                    }
                    co_return true;
                });
            co_return written.value();
        }(host_, times));
    }
    /// Whether `key` is new, or its reply the one of before.
    bool runs_under(std::string key) {
        return host_.run([](testing::TestHost& host, std::string name) -> Task<bool> {
            Context context;
            context.principal.kind = Principal::Kind::staff;
            context.idempotency_key = std::move(name);
            bool ran = false;
            const auto reply = co_await host.database->write(
                context, [&](sql::Transaction& transaction) -> Task<Result<LampSwitched>> {
                    co_return co_await sql::idempotent<LampSwitched>(
                        transaction, context, "lamps.switch", "{}", host.clock.now(),
                        [&]() -> Task<Result<LampSwitched>> {
                            ran = true;
                            co_return LampSwitched{};
                        });
                });
            EXPECT_TRUE(reply);
            co_return ran;
        }(host_, std::move(key)));
    }
    void upkeep(Upkeep::Passed passed = {}) {
        Upkeep work(as_given_, 24h, std::move(passed));
        host_.run([](Upkeep& one) -> Task<bool> {
            co_await one.once();
            co_return true;
        }(work));
    }
    events::Position trimmed_through() { return host_.run(host_.outbox.trimmed_through()); }

    testing::TestHost host_{"lamps", GetParam()};
    const Host as_given_ = host_.host();
};

TEST_P(The_upkeep, forgets_keys_after_seven_days_and_not_before) {
    EXPECT_TRUE(runs_under("first"));
    host_.clock.advance(6 * 24h);
    EXPECT_TRUE(runs_under("second"));
    upkeep();
    EXPECT_FALSE(runs_under("first"));
    host_.clock.advance(25h);
    upkeep();
    EXPECT_TRUE(runs_under("first"));
    EXPECT_FALSE(runs_under("second"));
}

TEST_P(The_upkeep, forgets_events_that_are_old_and_passed_by_all_who_follow) {
    switch_lamp(2'500);
    upkeep([] { return events::Position(2'500); });
    EXPECT_EQ(trimmed_through(), 0) << "they are young";
    host_.clock.advance(25h);
    upkeep([] { return events::Position(1'700); });
    EXPECT_EQ(trimmed_through(), 1'700);
    upkeep([] { return events::Position(2'500); });
    EXPECT_EQ(trimmed_through(), 2'499) << "the newest stays";
}

TEST_P(The_upkeep, keeps_all_events_where_it_is_not_known_who_follows) {
    switch_lamp(10);
    host_.clock.advance(25h);
    upkeep();
    EXPECT_EQ(trimmed_through(), 0);
    EXPECT_EQ(host_.published().size(), 10U);
}

INSTANTIATE_TEST_SUITE_P(On, The_upkeep, testing::both_engines(), testing::engine_name);

}  // namespace
}  // namespace kontor
