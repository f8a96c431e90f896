#include <gmock/gmock.h>

#include <limits>
#include <thread>

#include "platform/async/loop_pool.hpp"
#include "platform/async/run_on.hpp"
#include "services/inventory/tests/stocked_shop.hpp"

namespace kontor::inventory {
namespace {

using namespace std::chrono_literals;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr auto pieces = Quantity::of;

constexpr sql::Statement batches{"test.batches", "SELECT epoch FROM stock_writer"};

/// Another process on the database of a test.
struct Process {
    explicit Process(kontor::testing::TestHost& shared)
        : database(shared.place.open()),
          outbox("inventory", *database, shared.clock, shared.ids),
          inventory({shared.clock, shared.ids, shared.random, *database, outbox, shared.log,
                     shared.directory, shared.folder.path(), shared.operators, shared.settings}) {}

    std::unique_ptr<sql::Database> database;
    events::Outbox outbox;
    LocalInventory inventory;
};

class The_writer : public StockedShop {
protected:
    std::int64_t batches_so_far() {
        return host_.run(host_.database->row<std::int64_t>(Context{}, batches)).value();
    }
    Task<Result<Reservation>> one_drill(std::string key, Context context) {
        return inventory_.reserve(std::move(context), {std::move(key), {{"drill", pieces(1), {}}}});
    }
    Task<Result<Reservation>> one_drill(std::string key) {
        return one_drill(std::move(key), german_);
    }
    static PutStock a_feed(int counts) {
        PutStock feed;
        for (int i = 0; i < counts; ++i) {
            feed.counts.push_back({fmt::format("sku-{}", i), "north", pieces(1), {}});
        }
        return feed;
    }
    /// Notes in `answered_` who was answered; whether it was no refusal.
    template <class T>
    Task<bool> noting(std::string who, Task<T> task) {
        const bool done = (co_await std::move(task)).has_value();
        answered_.push_back(std::move(who));
        co_return done;
    }

    std::vector<std::string> answered_;
};

TEST_P(The_writer, commits_together_what_queued) {
    count({{"drill", "north", pieces(1'000), {}}});
    const auto before = batches_so_far();
    std::vector<Task<Result<Reservation>>> buyers;
    for (int i = 0; i < 300; ++i) {
        buyers.push_back(one_drill(fmt::format("r{}", i)));
    }
    for (const auto& answer : host_.run(when_all(std::move(buyers)))) {
        EXPECT_TRUE(answer);
    }
    EXPECT_EQ(counters("drill", "north"), "1000/300/0/700");
    EXPECT_EQ(batches_so_far() - before, 2);  // of 256 and 44
    EXPECT_THAT(host_.published(), SizeIs(1 + 2));
}

TEST_P(The_writer, lets_a_shopper_pass_a_feed_that_queued_before) {
    count({{"drill", "north", pieces(5), {}}});
    std::vector<Task<bool>> both;
    both.push_back(noting("feed", inventory_.put_stock({}, a_feed(1'000))));
    both.push_back(noting("shopper", one_drill("r1")));
    EXPECT_THAT(host_.run(when_all(std::move(both))), Each(true));
    EXPECT_THAT(answered_, ElementsAre("shopper", "feed"));
}

TEST_P(The_writer, takes_a_piece_of_a_feed_however_many_shoppers_wait) {
    count({{"drill", "north", pieces(50), {}}});
    LocalInventory narrow(host_.host(), {.batch_max = 4});
    std::vector<Task<bool>> all;
    for (int i = 0; i < 12; ++i) {
        all.push_back(noting("shopper", narrow.reserve(german_, {fmt::format("r{}", i),
                                                                 {{"drill", pieces(1), {}}}})));
    }
    all.push_back(noting("feed", narrow.put_stock({}, a_feed(20))));
    EXPECT_THAT(host_.run(when_all(std::move(all))), Each(true));
    EXPECT_NE(answered_.back(), "feed");
}

TEST_P(The_writer, answers_a_key_twice_in_a_batch_with_one_reservation) {
    count({{"drill", "north", pieces(5), {}}});
    std::vector<Task<Result<Reservation>>> twice;
    twice.push_back(one_drill("r1"));
    twice.push_back(one_drill("r1"));
    twice.push_back(inventory_.allocate({}, {"r1", "order-1"}));
    twice.push_back(inventory_.allocate({}, {"r1", "order-1"}));
    const auto answers = host_.run(when_all(std::move(twice)));
    EXPECT_EQ(to_json(answers[0].value()), to_json(answers[1].value()));
    EXPECT_EQ(to_json(answers[2].value()), to_json(answers[3].value()));
    EXPECT_EQ(counters("drill", "north"), "5/0/1/4");
}

TEST_P(The_writer, lets_a_refused_change_cost_the_others_nothing) {
    count({{"drill", "north", pieces(2), {}}});
    std::vector<Task<Result<Reservation>>> all;
    all.push_back(one_drill("r1"));
    all.push_back(inventory_.reserve(german_, {"r2", {{"drill", pieces(5), {}}}}));
    all.push_back(one_drill("r3"));
    const auto answers = host_.run(when_all(std::move(all)));
    EXPECT_TRUE(answers[0]);
    EXPECT_EQ(answers[1].error().code, "out_of_stock");
    EXPECT_TRUE(answers[2]);
}

TEST_P(The_writer, finds_the_one_change_that_breaks_its_batch) {
    count({{"drill", "north", pieces(1'000), {}}});
    count({{"saw", "north", pieces(1), {}}});
    // So much that adding it to what is available leaves 64 bits.
    const StockPolicy beyond_all{"saw", {std::numeric_limits<std::int64_t>::max()}};
    host_.run(inventory_.put_policies({}, {{beyond_all}}));
    std::vector<Task<bool>> all;
    for (int i = 0; i < 16; ++i) {
        ReserveStock wanted{fmt::format("r{}", i), {{i == 11 ? "saw" : "drill", pieces(1), {}}}};
        all.push_back([](Inventory& inventory, Context context, ReserveStock one) -> Task<bool> {
            try {
                co_return (co_await inventory.reserve(context, one)).has_value();
            } catch (const std::exception&) {
                co_return false;
            }
        }(inventory_, german_, std::move(wanted)));
    }
    const auto kept = host_.run(when_all(std::move(all)));
    EXPECT_EQ(std::ranges::count(kept, true), 15);
    EXPECT_FALSE(kept[11]);
    EXPECT_EQ(counters("drill", "north"), "1000/15/0/985");
}

TEST_P(The_writer, refuses_what_waited_beyond_its_deadline) {
    count({{"drill", "north", pieces(5), {}}});
    auto late = german_;
    late.deadline = std::chrono::steady_clock::now();
    std::vector<Task<Result<Reservation>>> both;
    both.push_back(one_drill("r1", late));
    both.push_back(one_drill("r2"));
    const auto answers = host_.run(when_all(std::move(both)));
    EXPECT_EQ(answers[0].error().code, "deadline_exceeded");
    EXPECT_TRUE(answers[1]);
    EXPECT_EQ(counters("drill", "north"), "5/1/0/4");
}

TEST_P(The_writer, refuses_more_than_may_wait) {
    count({{"drill", "north", pieces(50), {}}});
    LocalInventory narrow(host_.host(), {.waiting_max = 4});
    std::vector<Task<Result<Reservation>>> all;
    for (int i = 0; i < 6; ++i) {
        all.push_back(narrow.reserve(german_, {fmt::format("r{}", i), {{"drill", {500}, {}}}}));
    }
    const auto answers = host_.run(when_all(std::move(all)));
    EXPECT_TRUE(answers[3]);
    EXPECT_EQ(answers[4].error().code, "unavailable");
    EXPECT_EQ(answers[5].error().code, "unavailable");
}

TEST_P(The_writer, answers_callers_on_the_loops_they_came_from) {
    count({{"drill", "north", pieces(100), {}}});
    LoopPool loops(3);
    Process process(host_);
    const auto buy = [&](std::size_t loop) -> Task<bool> {
        bool at_home = true;
        for (int i = 0; i < 60; ++i) {
            (void)co_await process.inventory.reserve(
                german_, {fmt::format("r{}-{}", loop, i), {{"drill", pieces(1), {}}}});
            at_home = at_home && &Loop::current() == &loops.at(loop);
        }
        co_return at_home;
    };
    std::vector<std::thread> callers;
    std::atomic<int> at_home{0};
    for (std::size_t loop = 0; loop < loops.size(); ++loop) {
        callers.emplace_back([&, loop] { at_home += run_on(loops.at(loop), buy(loop)) ? 1 : 0; });
    }
    for (auto& caller : callers) {
        caller.join();
    }
    loops.stop();
    EXPECT_EQ(at_home, 3);
    EXPECT_EQ(counters("drill", "north"), "100/100/0/0");
}

INSTANTIATE_TEST_SUITE_P(On, The_writer, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

using Two_processes = StockedShop;

TEST_P(Two_processes, on_one_database_never_sell_more_than_there_is) {
    count({{"drill", "north", pieces(50), {}}});
    Process second(host_);
    std::vector<Task<Result<Reservation>>> buyers;
    for (int i = 0; i < 200; ++i) {
        auto& one = i % 2 == 0 ? inventory_ : second.inventory;
        buyers.push_back(
            one.reserve(german_, {fmt::format("r{}", i % 151), {{"drill", pieces(1), {}}}}));
    }
    host_.run(when_all(std::move(buyers)));
    EXPECT_EQ(counters("drill", "north"), "50/50/0/0");
}

INSTANTIATE_TEST_SUITE_P(On, Two_processes, ::testing::Values(sql::Engine::postgres),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::inventory
