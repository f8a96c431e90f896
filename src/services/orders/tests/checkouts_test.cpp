#include "services/orders/checkouts.hpp"

#include <gmock/gmock.h>

#include "services/orders/checkout_rules.hpp"
#include "services/orders/events.hpp"
#include "services/orders/tests/sample_order.hpp"
#include "services/orders/tests/scripted_services.hpp"
#include "support/test_host.hpp"

namespace kontor::orders {
namespace {

using store::StoredCheckout;

/// Checkouts on records of their own, beside services that do what they are told.
struct Counter {
    explicit Counter(sql::Engine engine) : host("orders", engine) {}

    testing::TestHost host;
    ScriptedServices services;
    std::unique_ptr<inventory::Inventory> inventory = rpc::remote<inventory::Inventory>(services);
    std::unique_ptr<payments::Payments> payments = rpc::remote<payments::Payments>(services);
    Checkouts checkouts{host.host(), *inventory, *payments};

    StoredCheckout begun(std::optional<Checkout> before = std::nullopt) {
        const auto draft = sample_order();
        StoredCheckout wanted{checkout_of(draft, 3, before, std::nullopt, host.clock.now()), draft,
                              "hash"};
        return host.run(checkouts.begin({}, wanted)).value();
    }

    Result<StoredCheckout> go_on(StoredCheckout saga) {
        return host.run(checkouts.go_on({}, std::move(saga)));
    }

    /// What a worker does in an hour.
    Checkout after_an_hour() {
        for (int i = 0; i < 120; ++i) {
            host.clock.advance(std::chrono::seconds(30));
            host.run(checkouts.take_up_due());
        }
        return host.run(checkouts.find({}, {7})).value().checkout;
    }

    std::size_t orders_placed() {
        std::size_t placed = 0;
        for (const auto& event : host.published()) {
            placed += event.type == OrderPlaced::type.name ? 1 : 0;
        }
        return placed;
    }
};

struct A_checkout : ::testing::TestWithParam<sql::Engine>, Counter {
    A_checkout() : Counter(GetParam()) {}
};

TEST_P(A_checkout, waits_for_the_shopper_and_becomes_one_order_once_the_payment_is_confirmed) {
    auto saga = go_on(begun());
    ASSERT_TRUE(saga) << saga.error().message;
    EXPECT_EQ(saga->checkout.step, CheckoutStep::awaiting_shopper);
    EXPECT_EQ(saga->checkout.redirect_url, "https://pay.example/1");
    EXPECT_EQ(orders_placed(), 0U);
    services.confirm();
    saga = go_on(*saga);
    EXPECT_EQ(saga->checkout.step, CheckoutStep::placed);
    EXPECT_EQ(go_on(*saga)->checkout.step, CheckoutStep::placed);
    EXPECT_EQ(orders_placed(), 1U);
    EXPECT_EQ(services.held(), 1U);
}

TEST_P(A_checkout, whose_shopper_has_closed_the_browser_is_placed_by_the_worker) {
    ASSERT_TRUE(go_on(begun()));
    services.confirm();
    EXPECT_EQ(after_an_hour().step, CheckoutStep::placed);
    EXPECT_EQ(orders_placed(), 1U);
}

TEST_P(A_checkout, that_two_take_on_at_once_is_one_order) {
    const auto saga = go_on(begun()).value();
    services.confirm();
    const auto both = host.run([](Counter& test, StoredCheckout at) -> Task<bool> {
        auto [first, second] =
            co_await when_all(test.checkouts.go_on({}, at), test.checkouts.go_on({}, at));
        co_return first&& second && first->checkout.step == CheckoutStep::placed &&
            second->checkout.step == CheckoutStep::placed;
    }(*this, saga));
    EXPECT_TRUE(both);
    EXPECT_EQ(orders_placed(), 1U);
}

TEST_P(A_checkout, that_is_never_paid_ends_with_nothing_held_and_may_begin_anew) {
    ASSERT_TRUE(go_on(begun()));
    const auto ended = after_an_hour();
    EXPECT_EQ(ended.step, CheckoutStep::failed);
    EXPECT_EQ(failure_of(ended).code, "payment_failed");
    EXPECT_EQ(services.held(), 0U);
    EXPECT_EQ(services.alive(), 0U);
    const auto again = go_on(begun(ended));
    EXPECT_EQ(again->checkout.step, CheckoutStep::awaiting_shopper);
    EXPECT_EQ(again->checkout.payment_key, ended.payment_key + ".2");
}

TEST_P(A_checkout, of_what_is_sold_out_says_so_and_opens_no_payment) {
    services.sold_out = true;
    const auto saga = go_on(begun());
    EXPECT_EQ(saga->checkout.step, CheckoutStep::failed);
    EXPECT_EQ(failure_of(saga->checkout).code, "out_of_stock");
    EXPECT_TRUE(services.payments.empty());
}

TEST_P(A_checkout, whose_hold_has_ended_holds_anew_before_it_is_placed) {
    auto saga = go_on(begun());
    services.holds[saga->checkout.reservation] = inventory::ReservationStatus::expired;
    services.confirm();
    const auto before = saga->checkout.reservation;
    saga = go_on(*saga);
    EXPECT_EQ(saga->checkout.step, CheckoutStep::placed);
    EXPECT_NE(saga->checkout.reservation, before);
    EXPECT_EQ(services.held(), 1U);
}

TEST_P(A_checkout, that_is_paid_but_sold_out_meanwhile_gives_the_money_back) {
    auto saga = go_on(begun());
    services.holds[saga->checkout.reservation] = inventory::ReservationStatus::expired;
    services.sold_out = true;
    services.confirm();
    saga = go_on(*saga);
    EXPECT_EQ(saga->checkout.step, CheckoutStep::failed);
    EXPECT_EQ(services.alive(), 0U);
    EXPECT_EQ(orders_placed(), 0U);
}

TEST_P(A_checkout, given_up_while_it_waits_undoes_all_and_is_never_placed) {
    const auto saga = go_on(begun()).value();
    const auto given_up = host.run(checkouts.give_up({}, saga, "staff gave it up"));
    EXPECT_EQ(given_up->checkout.step, CheckoutStep::failed);
    services.confirm();
    EXPECT_EQ(after_an_hour().step, CheckoutStep::failed);
    EXPECT_EQ(services.held(), 0U);
    EXPECT_EQ(services.alive(), 0U);
}

TEST_P(A_checkout, whose_claim_is_taken_goes_on_with_the_one_that_came_first) {
    const auto first = go_on(begun()).value();
    EXPECT_EQ(to_json(begun().checkout), to_json(first.checkout));
}

// Every call that a checkout makes, lost on its way there or back, with a shopper who pays.
TEST_P(A_checkout, that_loses_any_one_call_is_one_paid_order_in_the_end) {
    for (const auto loses : {ScriptedServices::Loses::request, ScriptedServices::Loses::reply}) {
        for (int call = 1; call <= 6; ++call) {
            SCOPED_TRACE(fmt::format("call {}, {}", call, static_cast<int>(loses)));
            Counter one(GetParam());
            one.services.loses = loses;
            one.services.failing_call = call;
            one.host.run(one.checkouts.go_on({}, one.begun()));
            for (int i = 0; i < 20; ++i) {
                one.services.confirm();
                one.host.clock.advance(std::chrono::seconds(30));
                one.host.run(one.checkouts.take_up_due());
            }
            EXPECT_EQ(one.orders_placed(), 1U);
            EXPECT_EQ(one.services.held(), 1U);
            EXPECT_EQ(one.services.alive(), 1U);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(On, A_checkout, testing::both_engines(), testing::engine_name);

}  // namespace
}  // namespace kontor::orders
