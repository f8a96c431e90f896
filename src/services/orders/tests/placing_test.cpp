#include <gmock/gmock.h>

#include "platform/rpc/remote.hpp"
#include "services/orders/events.hpp"
#include "services/orders/service.hpp"
#include "services/orders/tests/sample_order.hpp"
#include "support/test_host.hpp"

namespace kontor::orders {
namespace {

using ::testing::ElementsAre;

carts::Cart drill_in_cart() {
    const Money price{9'999, eur};
    return {.id = {7},
            .market = "de",
            .lines = {{.id = {1},
                       .sku = "DRILL",
                       .product = {1},
                       .slug = "drill",
                       .name = "Drill",
                       .picture = {},
                       .quantity = Quantity::of(1),
                       .unit = units::piece,
                       .unit_price = price,
                       .total = price,
                       .tax_rate = {1900}}},
            .total = {.net = {8'403, eur},
                      .gross = price,
                      .taxes = {{{1900}, {8'403, eur}, {1'596, eur}}}},
            .addresses = carts::Addresses{sample_address(), {}},
            .delivery = carts::Delivery{},
            .payment = carts::PaymentChoice{},
            .order = {},
            .token = {}};
}

/// All that a placing asks, of one cart; something may happen just before the cart is shown.
class Neighbours final : public rpc::Channel {
public:
    carts::Cart cart = drill_in_cart();
    std::function<Task<void>()> meanwhile;
    Timestamp held_until{};
    std::vector<std::string> asked_of_inventory;

    Task<Result<std::string>> call(Context, std::string_view service, std::string_view operation,
                                   rpc::Effect, std::string) override {
        const auto& line = cart.lines.front();
        if (service == "carts") {
            if (const auto happens = std::exchange(meanwhile, nullptr)) {
                co_await happens();
            }
            co_return to_json(cart);
        }
        if (service == "pricing") {
            co_return to_json(pricing::QuoteList{{pricing::Quote{.sku = line.sku,
                                                                 .price = line.unit_price,
                                                                 .list_price = {},
                                                                 .lowest_30_days = {},
                                                                 .valid_until = {}}}});
        }
        if (service == "discovery") {
            co_return to_json(
                discovery::OfferList{.items = {{discovery::Offer{.sku = line.sku,
                                                                 .product = line.product,
                                                                 .slug = line.slug,
                                                                 .name = line.name,
                                                                 .picture = {},
                                                                 .price = line.unit_price,
                                                                 .tax_class = "standard",
                                                                 .tax_rate = line.tax_rate,
                                                                 .sales_unit = line.unit,
                                                                 .minimum = Quantity::of(1),
                                                                 .step = Quantity::of(1),
                                                                 .available_online = true}}},
                                     .currency = eur});
        }
        asked_of_inventory.emplace_back(operation);
        co_return to_json(inventory::Reservation{
            .reservation = "held", .lines = {}, .expires_at = held_until, .order = {}});
    }
};

struct Placing : ::testing::TestWithParam<sql::Engine> {
    testing::TestHost host{"orders", GetParam()};
    Neighbours neighbours;
    std::unique_ptr<carts::Carts> carts = rpc::remote<carts::Carts>(neighbours);
    std::unique_ptr<pricing::Pricing> pricing = rpc::remote<pricing::Pricing>(neighbours);
    std::unique_ptr<discovery::Discovery> discovery = rpc::remote<discovery::Discovery>(neighbours);
    std::unique_ptr<inventory::Inventory> inventory = rpc::remote<inventory::Inventory>(neighbours);
    std::unique_ptr<payments::Payments> payments = rpc::remote<payments::Payments>(neighbours);
    LocalOrders orders{host.host(), {*carts, *pricing, *discovery, *inventory, *payments}};

    Task<Result<Order>> place(std::string key) {
        return orders.place({.principal = {Principal::Kind::guest, 1},
                             .market = "de",
                             .idempotency_key = std::move(key),
                             .bearer = "secret"},
                            {{7}, 1, std::nullopt});
    }
};

TEST_P(Placing, whose_cart_another_placing_closed_meanwhile_is_answered_with_that_order) {
    std::string first;
    neighbours.meanwhile = [&]() -> Task<void> {
        const auto placed = co_await place("key-1");
        first = placed ? to_json(*placed) : placed.error().message;
        neighbours.cart.status = carts::CartStatus::ordered;
        neighbours.cart.version = 2;
    };
    const auto second = host.run(place("key-2"));
    ASSERT_TRUE(second) << second.error().message << "; the first: " << first;
    EXPECT_EQ(to_json(*second), first);
    EXPECT_EQ(to_json(host.run(place("key-2")).value()), first);
    EXPECT_EQ(host.published().size(), 1U);
}

TEST_P(Placing, whose_cart_was_changed_meanwhile_is_refused) {
    neighbours.cart.version = 2;
    const auto placed = host.run(place("key-1"));
    ASSERT_FALSE(placed);
    EXPECT_EQ(placed.error().code, "cart_changed");
    EXPECT_TRUE(host.published().empty());
}

TEST_P(Placing, holds_its_stock_for_two_hours) {
    neighbours.held_until = host.clock.now() + std::chrono::hours(2);
    ASSERT_TRUE(host.run(place("key-1")));
    EXPECT_THAT(neighbours.asked_of_inventory, ElementsAre("reserve"));
}

TEST_P(Placing, extends_a_hold_of_an_earlier_attempt) {
    neighbours.held_until = host.clock.now() + std::chrono::hours(1);
    ASSERT_TRUE(host.run(place("key-1")));
    EXPECT_THAT(neighbours.asked_of_inventory, ElementsAre("reserve", "extend"));
}

INSTANTIATE_TEST_SUITE_P(On, Placing, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::orders
