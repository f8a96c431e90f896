#include <gmock/gmock.h>

#include <random>

#include "services/inventory/tests/naive_shop.hpp"
#include "services/inventory/tests/stocked_shop.hpp"

namespace kontor::inventory {
namespace {

using namespace std::chrono_literals;

constexpr auto pieces = Quantity::of;

constexpr sql::Statement sums_that_differ{"test.sums_that_differ", R"sql(
    SELECT COUNT(*)
      FROM stock s
     WHERE s.on_hand <> (SELECT COALESCE(SUM(m.on_hand), 0) FROM movements m WHERE m.cell = s.id)
        OR s.reserved <> (SELECT COALESCE(SUM(m.reserved), 0) FROM movements m WHERE m.cell = s.id)
        OR s.allocated <> (SELECT COALESCE(SUM(m.allocated), 0)
                             FROM movements m WHERE m.cell = s.id)
)sql"};

/// Random changes, many at once, beside the same ones told to a naive shop one after another.
class Batches_of_changes : public StockedShop {
protected:
    using Told = std::string;

    Batches_of_changes() {
        for (const auto* sku : {"bit", "drill", "nail"}) {
            for (const auto* place : {"north", "south"}) {
                count({{sku, place, pieces(30), {}}});
                naive_.count(sku, place, 30);
            }
        }
        host_.run(inventory_.put_kits({}, {{{"set", {{"bit", pieces(3)}, {"drill", pieces(1)}}}}}));
        naive_.kits["set"] = {{"bit", 3}, {"drill", 1}};
        host_.run(inventory_.put_policies({}, {{{"drill", pieces(4)}}}));
        naive_.beyond["drill"] = 4;
    }

    int pick(int n) { return static_cast<int>(chance_() % static_cast<unsigned>(n)); }
    std::string any_sku() {
        return std::vector<std::string>{"bit", "drill", "nail", "set"}[pick(4)];
    }

    template <class T>
    static Task<Told> code_of(Task<Result<T>> task) {
        auto answer = co_await std::move(task);
        co_return answer ? "ok" : answer.error().code;
    }

    Told reserve_some(const std::string& key) {
        std::map<std::string, std::int64_t> wanted;
        for (int i = 1 + pick(2); i > 0; --i) {
            wanted[any_sku()] = 1 + pick(6);
        }
        ReserveStock request{key, {}};
        for (const auto& [sku, quantity] : wanted) {
            request.lines.push_back({sku, pieces(quantity), {}});
        }
        asked_.push_back(code_of(inventory_.reserve(german_, std::move(request))));
        return naive_.reserve(key, wanted);
    }

    Told change_some(const std::string& key) {
        const auto id = fmt::format("c{}", pick(3));
        const auto sku = any_sku();
        const auto quantity = 1 + pick(3);
        const bool ships = pick(2) == 0;
        if (ships) {
            asked_.push_back(code_of(inventory_.ship({}, {key, id, {{sku, pieces(quantity)}}})));
        } else {
            asked_.push_back(code_of(inventory_.release(
                {}, {key, std::vector<ReleasedLine>{{sku, pieces(quantity)}}, id})));
        }
        return naive_.change(key, ships, id, sku, quantity);
    }

    Told count_some() {
        const auto* sku = pick(2) == 0 ? "bit" : "drill";
        const auto* place = pick(2) == 0 ? "north" : "south";
        const auto on_hand = pick(40);
        asked_.push_back(code_of(inventory_.put_stock({}, {{{sku, place, pieces(on_hand), {}}}})));
        naive_.count(sku, place, on_hand);
        return "ok";
    }

    /// Asks for one change; what the naive shop answers. Reservations live for some rounds, so that
    /// several things happen to each.
    Told ask_any(int round) {
        const auto key = fmt::format("r{}", 3 * round + pick(20));
        switch (pick(10)) {
            case 0:
                asked_.push_back(code_of(inventory_.release({}, {key})));
                return naive_.release(key);
            case 1:
                asked_.push_back(code_of(inventory_.extend({}, {key, 1'000})));
                return naive_.extend(key, 1'000);
            case 2:
                return count_some();
            case 3:
            case 4:
                asked_.push_back(code_of(inventory_.allocate({}, {key, "order-" + key})));
                return naive_.allocate(key, "order-" + key);
            case 5:
            case 6:
                return change_some(key);
            default:
                return reserve_some(key);
        }
    }

    void expect_the_same_counters() {
        for (const auto& [place, shelf] : naive_.shelves) {
            for (const auto& [sku, is] : shelf) {
                EXPECT_EQ(counters(sku, place),
                          fmt::format("{}/{}/{}/{}", is.on_hand, is.reserved, is.allocated,
                                      is.on_hand - is.reserved - is.allocated))
                    << sku << " in " << place;
            }
        }
        EXPECT_GE(level("nail", "north").available, Quantity{});
        EXPECT_GE(level("nail", "south").available, Quantity{});
        EXPECT_EQ(host_.run(host_.database->row<std::int64_t>(Context{}, sums_that_differ)), 0);
    }

    std::mt19937 chance_;
    NaiveShop naive_;
    std::vector<Task<Told>> asked_;
};

TEST_P(Batches_of_changes, come_out_as_if_they_were_told_one_after_another) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    chance_.seed(seed);
    for (int round = 0; round < 25; ++round) {
        std::vector<Told> expected;
        for (int i = 1 + pick(60); i > 0; --i) {
            expected.push_back(ask_any(round));
        }
        EXPECT_EQ(host_.run(when_all(std::exchange(asked_, {}))), expected);
        expect_the_same_counters();
        const auto passed_s = pick(600);
        host_.clock.advance(std::chrono::seconds(passed_s));
        naive_.now_s += passed_s;
        host_.run(inventory_.expire_due());
        naive_.expire();
        if (HasFailure()) {
            break;
        }
    }
    expect_the_same_counters();
}

INSTANTIATE_TEST_SUITE_P(On, Batches_of_changes, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::inventory
