#include <gmock/gmock.h>

#include "platform/rpc/loopback.hpp"
#include "services/inventory/events.hpp"
#include "services/inventory/factory.hpp"
#include "services/inventory/tests/stocked_shop.hpp"
#include "services/stores/events.hpp"

namespace kontor::inventory {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto pieces = Quantity::of;

using Counting = StockedShop;

TEST_P(Counting, sets_what_lies_in_each_place) {
    EXPECT_EQ(count({{"drill", "north", pieces(5), {}}, {"drill", "de-007", pieces(2), pieces(1)}})
                  .accepted,
              2);
    EXPECT_EQ(counters("drill", "north"), "5/0/0/5");
    EXPECT_EQ(counters("drill", "de-007"), "2/0/0/1");
    EXPECT_TRUE(level("drill", "north").serves_online);
    EXPECT_FALSE(level("drill", "de-007").serves_online);
    EXPECT_THAT(host_.run(inventory_.stock({}, {"unknown"})).value().items, IsEmpty());
}

TEST_P(Counting, the_same_again_changes_nothing_and_is_not_told) {
    const std::vector<StockCount> counts{{"drill", "north", pieces(5), {}},
                                         {"drill", "south", pieces(2), {}},
                                         {"saw", "north", pieces(1), {}}};
    EXPECT_EQ(count(counts).accepted, 3);
    const auto again = count(counts);
    EXPECT_EQ(again.accepted, 0);
    EXPECT_EQ(again.unchanged, 3);
    EXPECT_THAT(host_.published(), SizeIs(2));
}

TEST_P(Counting, tells_the_changed_cells_of_each_sku_once) {
    count({{"drill", "north", pieces(5), {}}, {"drill", "south", pieces(2), {}}});
    count({{"drill", "north", pieces(5), {}}, {"drill", "south", pieces(3), {}}});
    const auto events = host_.published();
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[1].type, "inventory.stock-changed");
    EXPECT_EQ(events[1].aggregate, "drill");
    EXPECT_GT(events[1].aggregate_version, events[0].aggregate_version);
    const auto event = from_json<StockChanged>(events[1].data).value();
    ASSERT_THAT(event.cells, SizeIs(1));
    EXPECT_EQ(event.cells[0].location, "south");
    EXPECT_EQ(event.cells[0].available, pieces(3));
}

TEST_P(Counting, leaves_the_safety_stock_where_it_is_not_given) {
    count({{"drill", "north", pieces(5), pieces(2)}});
    count({{"drill", "north", pieces(9), {}}});
    EXPECT_EQ(level("drill", "north").safety, pieces(2));
    EXPECT_EQ(level("drill", "north").available, pieces(7));
}

TEST_P(Counting, at_fault_does_not_stop_the_others) {
    const auto outcome = count({{"drill", "north", pieces(-1), {}},
                                {"drill", "south", pieces(2), {}},
                                {"drill", "south", pieces(3), {}}});
    EXPECT_EQ(outcome.accepted, 1);
    ASSERT_THAT(outcome.rejected, SizeIs(2));
    EXPECT_EQ(outcome.rejected[0].pointer, "/on_hand");
    EXPECT_THAT(outcome.rejected[1].reason, HasSubstr("twice"));
    const auto refused = host_.run(inventory_.set_stock({}, {"drill", "north", pieces(-1), {}}));
    EXPECT_EQ(refused.error().errors.at(0).pointer, "/on_hand");
}

TEST_P(Counting, one_place_answers_its_counters) {
    const auto set = host_.run(inventory_.set_stock({}, {"drill", "north", pieces(100), {}}));
    ASSERT_TRUE(set);
    EXPECT_EQ(set->available, pieces(100));
    EXPECT_TRUE(set->serves_online);
}

TEST_P(Counting, less_than_was_promised_takes_available_below_zero) {
    count({{"drill", "north", pieces(5), {}}});
    ASSERT_TRUE(reserve("r1", {{"drill", pieces(4), {}}}));
    count({{"drill", "north", pieces(1), {}}});
    EXPECT_EQ(counters("drill", "north"), "1/4/0/-3");
    EXPECT_EQ(reserve("r2", {{"drill", pieces(1), {}}}).error().code, "out_of_stock");
}

TEST_P(Counting, is_handed_over_page_by_page_with_the_position_it_stands_at) {
    count({{"a", "north", pieces(1), {}},
           {"b", "north", pieces(2), {}},
           {"b", "south", pieces(3), {}},
           {"c", "north", pieces(4), {}}});
    const auto first = host_.run(inventory_.stock_pages({}, {.limit = 2})).value();
    ASSERT_THAT(first.items, SizeIs(2));
    EXPECT_THAT(first.items[1].cells, SizeIs(2));
    EXPECT_EQ(first.position, 3);
    const auto last = host_.run(inventory_.stock_pages({}, {.limit = 2, .cursor = first.next}));
    ASSERT_THAT(last->items, SizeIs(1));
    EXPECT_EQ(last->next, std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(On, Counting, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

using Inventory_service = StockedShop;

TEST_P(Inventory_service, learns_from_stores_whose_online_orders_a_place_serves) {
    kontor::testing::TestHost stores("stores", GetParam());
    host_.log.add(stores.outbox);
    const auto service = entry.start(host_.host());
    host_.run([](Service& one) -> Task<bool> {
        co_await one.start();
        co_return true;
    }(*service));
    count({{"drill", "east", pieces(5), {}}});
    EXPECT_EQ(reserve("r1", {{"drill", pieces(1), {}}}).error().code, "out_of_stock");
    stores::StoreChanged event;
    event.store.id = "east";
    event.store.market = "de";
    event.store.address.country = "DE";
    event.store.name = "East";
    event.store.address.city = "Berlin";
    event.store.serves_online = {"de"};
    ASSERT_TRUE(stores.run(
        stores.database->write({}, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
            stores.outbox.publish(transaction, Context{}, event, "east", 1);
            co_return true;
        })));
    const auto give_up = std::chrono::steady_clock::now() + 30s;
    while (!level("drill", "east").serves_online && std::chrono::steady_clock::now() < give_up) {
        host_.run([]() -> Task<bool> {
            co_await sleep_for(5ms);
            co_return true;
        }());
    }
    EXPECT_TRUE(reserve("r1", {{"drill", pieces(1), {}}}));
    host_.run([](Service& one) -> Task<bool> {
        co_await one.stop();
        co_return true;
    }(*service));
}

TEST_P(Inventory_service, is_the_same_from_afar) {
    Directory near;
    rpc::Dispatcher dispatcher;
    const auto service = entry.start(host_.host());
    service->publish(near, dispatcher);
    rpc::LoopbackChannel channel(dispatcher);
    Directory far;
    entry.connect(far, channel);
    auto& remote = far.get<Inventory>();
    EXPECT_EQ(host_.run(remote.put_stock({}, {{{"drill", "north", pieces(3), {}}}}))->accepted, 1);
    const auto held = host_.run(remote.reserve(german_, {"r1", {{"drill", pieces(2), {}}}}));
    ASSERT_TRUE(held);
    EXPECT_EQ(held->lines.at(0).location, "north");
    EXPECT_EQ(host_.run(remote.reserve(german_, {"r2", {{"drill", pieces(2), {}}}})).error(),
              host_.run(inventory_.reserve(german_, {"r2", {{"drill", pieces(2), {}}}})).error());
    EXPECT_EQ(host_.run(remote.allocate({}, {"r1", "order-1"}))->order, "order-1");
    EXPECT_EQ(to_json(host_.run(remote.stock({}, {"drill"})).value()),
              to_json(host_.run(inventory_.stock({}, {"drill"})).value()));
}

INSTANTIATE_TEST_SUITE_P(On, Inventory_service, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::inventory
