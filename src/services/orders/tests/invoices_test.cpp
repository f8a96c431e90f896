#include <gmock/gmock.h>

#include <algorithm>

#include "services/orders/service.hpp"
#include "services/orders/tests/sample_order.hpp"
#include "services/orders/tests/scripted_services.hpp"
#include "support/test_host.hpp"

namespace kontor::orders {
namespace {

struct Invoice_numbers : ::testing::TestWithParam<sql::Engine> {
    testing::TestHost host{"orders", GetParam()};
    ScriptedServices elsewhere;
    std::unique_ptr<carts::Carts> carts = rpc::remote<carts::Carts>(elsewhere);
    std::unique_ptr<pricing::Pricing> pricing = rpc::remote<pricing::Pricing>(elsewhere);
    std::unique_ptr<discovery::Discovery> discovery = rpc::remote<discovery::Discovery>(elsewhere);
    std::unique_ptr<inventory::Inventory> inventory = rpc::remote<inventory::Inventory>(elsewhere);
    std::unique_ptr<payments::Payments> payments = rpc::remote<payments::Payments>(elsewhere);
    LocalOrders orders{host.host(), {*carts, *pricing, *discovery, *inventory, *payments}};

    OrderId placed(std::uint64_t id, MarketCode market = "de") {
        auto order = sample_order();
        order.id = {id};
        order.cart = {id};
        order.market = market;
        order.number = fmt::format("number {}", id);
        const auto added = host.run(host.database->write(
            Context{}, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                co_return co_await store::add(transaction, {order, "hash", {"r", "p"}});
            }));
        EXPECT_TRUE(added.value());
        return order.id;
    }

    std::string ship(OrderId order) {
        return host.run(orders.ship({}, {.order = order})).value().invoices.back().number;
    }
};

TEST_P(Invoice_numbers, have_no_gaps_though_shipments_race_and_some_are_refused) {
    std::vector<Task<Result<Order>>> attempts;
    for (std::uint64_t id = 1; id <= 20; ++id) {
        const auto order = placed(id);
        attempts.push_back(orders.ship({}, {.order = order}));
        attempts.push_back(orders.ship({}, {.order = order}));
    }
    const auto results =
        host.run([](std::vector<Task<Result<Order>>> all) -> Task<std::vector<Result<Order>>> {
            co_return co_await when_all(std::move(all));
        }(std::move(attempts)));
    std::vector<std::string> numbers;
    for (const auto& result : results) {
        if (result) {
            numbers.push_back(result->invoices.front().number);
        } else {
            EXPECT_EQ(result.error().code, "not_now") << result.error().message;
        }
    }
    std::ranges::sort(numbers);
    ASSERT_EQ(numbers.size(), 20U);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        EXPECT_EQ(numbers[i], invoice_number("de", 2026, static_cast<std::int64_t>(i) + 1));
    }
}

TEST_P(Invoice_numbers, begin_at_one_in_every_market_and_year) {
    EXPECT_EQ(ship(placed(1)), "DE-2026-000001");
    EXPECT_EQ(ship(placed(2, "ch")), "CH-2026-000001");
    EXPECT_EQ(ship(placed(3)), "DE-2026-000002");
    host.clock.set(parse_timestamp("2027-01-01T00:00:00Z").value());
    EXPECT_EQ(ship(placed(4)), "DE-2027-000001");
}

INSTANTIATE_TEST_SUITE_P(On, Invoice_numbers, testing::both_engines(), testing::engine_name);

}  // namespace
}  // namespace kontor::orders
