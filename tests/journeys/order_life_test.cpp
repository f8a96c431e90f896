#include "journeys/shop.hpp"

namespace kontor::journeys {
namespace {

using orders::Happening;
using orders::Order;
using orders::OrderStatus;
using ::testing::Contains;
using ::testing::Field;

const Currency eur("EUR");

Money euros(std::int64_t cents) {
    return {cents, eur};
}

/// Three drills at 99.99 and 2.45 m of cable at 1.49.
struct An_order : ::testing::TestWithParam<Where> {
    Shop shop{GetParam()};
    orders::Orders& orders = shop.ask<orders::Orders>();
    payments::Payments& payments = shop.ask<payments::Payments>();
    std::string secret;
    Order order;

    Context under(std::string key, std::string bearer = {}) const {
        auto context = shop.shopper(std::move(bearer));
        context.idempotency_key = std::move(key);
        return context;
    }

    void place(payments::Method method) {
        auto cart = shop.ready_cart();
        secret = *cart.token;
        auto& carts = shop.ask<carts::Carts>();
        shop.must(carts.set_payment(shop.shopper(secret), {cart.id, method}));
        cart = shop.must(
            carts.change_line(shop.shopper(secret), {cart.id, cart.lines[0].id, Quantity::of(3)}));
        order = shop.must(orders.place(under("place", secret), {cart.id, cart.version}));
        follow();
    }

    /// Lets everything that follows happen, and reads the order again. What orders wants of
    /// payments comes back as news.
    void follow() {
        shop.settle();
        shop.settle();
        order = shop.must(orders.any_order(shop.shopper(), {order.id}));
    }

    carts::LineId drills() const { return order.lines[0].id; }
    carts::LineId cable() const { return order.lines[1].id; }
    inventory::StockLevel drills_left() { return shop.stock(Shop::drill, "warehouse"); }

    Result<Order> ship(std::string key, std::vector<orders::LineQuantity> lines) {
        return shop.run(orders.ship(under(std::move(key)),
                                    {order.id, std::move(lines), "DHL", "JJD000390007"}));
    }

    void transfer(std::string key, Money amount) {
        shop.must(payments.receive(shop.shopper(), {std::move(key), order.number, amount}));
        follow();
    }

    payments::Payment payment() {
        return shop.must(payments.payment(shop.shopper(), {to_text(order.id)}));
    }

    void expect_agreeing_books() {
        EXPECT_TRUE(shop.must(payments.ledger(shop.shopper(), {})).agrees);
        EXPECT_EQ(order.payment.captured, payment().captured);
        EXPECT_EQ(order.payment.refunded, payment().refunded);
        EXPECT_EQ(order.payment.received, payment().received);
    }
};

TEST_P(An_order, shipped_in_parts_with_a_line_cancelled_and_a_piece_returned_agrees_to_the_cent) {
    place(payments::Method::invoice);
    ASSERT_TRUE(ship("ship-1", {{drills(), Quantity::of(1)}}));
    follow();
    EXPECT_EQ(order.status, OrderStatus::partly_shipped);
    EXPECT_EQ(drills_left().on_hand, Quantity::of(19));
    EXPECT_EQ(drills_left().allocated, Quantity::of(2));
    EXPECT_EQ(order.payment.captured, euros(9999));

    shop.must(orders.cancel_any(under("cancel"), {order.id, {{cable(), {2450}}}}));
    follow();
    EXPECT_EQ(shop.stock(Shop::cable, "warehouse").allocated, Quantity{});

    ASSERT_TRUE(ship("ship-2", {}));
    follow();
    EXPECT_EQ(order.status, OrderStatus::shipped);
    EXPECT_EQ(order.payment.captured, euros(3L * 9999));
    EXPECT_EQ(order.invoices[0].number, "DE-2026-000001");
    EXPECT_EQ(order.invoices[1].number, "DE-2026-000002");
    EXPECT_EQ(order.invoices[0].total.gross + order.invoices[1].total.gross + euros(365),
              order.total.gross);

    const auto announced = shop.must(
        orders.register_return(under("announce"), {order.id, {{drills(), Quantity::of(2), {}}}}));
    const auto id = announced.returns[0].id;
    shop.must(orders.receive_return(under("receive"),
                                    {order.id,
                                     id,
                                     "de-001",
                                     {{drills(), Quantity::of(1), orders::Condition::resalable},
                                      {drills(), Quantity::of(1), orders::Condition::damaged}}}));
    shop.must(orders.refund(under("refund"), {order.id, std::nullopt, id, {}}));
    follow();
    EXPECT_EQ(drills_left().on_hand, Quantity::of(17));
    EXPECT_EQ(drills_left().allocated, Quantity{});
    EXPECT_EQ(shop.stock(Shop::drill, "de-001").on_hand, Quantity::of(4));
    EXPECT_EQ(order.refunds[0].status, orders::RefundStatus::issued);
    EXPECT_EQ(order.payment.refunded, euros(2L * 9999));

    transfer("bank-1", euros(9999));
    EXPECT_EQ(order.payment.status, payments::Status::paid);
    expect_agreeing_books();
}

TEST_P(An_order, whose_goods_came_back_is_exchanged_where_there_are_any_and_no_money_moves) {
    place(payments::Method::invoice);
    ASSERT_TRUE(ship("ship", {}));
    const auto id = shop.must(orders.register_return(under("announce"),
                                                     {order.id, {{drills(), Quantity::of(2), {}}}}))
                        .returns[0]
                        .id;
    shop.must(orders.receive_return(
        under("receive"),
        {order.id, id, "de-001", {{drills(), Quantity::of(2), orders::Condition::damaged}}}));
    follow();
    const auto once = shop.must(orders.exchange(under("exchange"), {order.id, id}));
    const auto again = shop.must(orders.exchange(under("exchange"), {order.id, id}));
    EXPECT_EQ(to_json(once), to_json(again));
    follow();
    EXPECT_EQ(drills_left().allocated, Quantity::of(2));
    const auto captured = order.payment.captured;

    const auto exchange = once.exchanges[0].id;
    shop.must(orders.change_exchange(
        shop.shopper(), {order.id, exchange, orders::ExchangeStatus::dispatched, "DHL", "JJD04"}));
    follow();
    EXPECT_EQ(drills_left().allocated, Quantity{});
    EXPECT_EQ(drills_left().on_hand, Quantity::of(15));
    EXPECT_EQ(order.payment.captured, captured);
    EXPECT_EQ(
        shop.run(orders.refund(under("refund"), {order.id, std::nullopt, id, {}})).error().code,
        "not_now");
    expect_agreeing_books();
}

TEST_P(An_order, is_not_exchanged_for_what_is_not_there_and_a_cancelled_exchange_frees_its_goods) {
    place(payments::Method::invoice);
    ASSERT_TRUE(ship("ship", {}));
    const auto id = shop.must(orders.register_return(under("announce"),
                                                     {order.id, {{drills(), Quantity::of(3), {}}}}))
                        .returns[0]
                        .id;
    shop.must(orders.receive_return(
        under("receive"),
        {order.id, id, "de-001", {{drills(), Quantity::of(3), orders::Condition::damaged}}}));
    follow();
    const auto left = drills_left().on_hand;
    shop.must(shop.ask<inventory::Inventory>().put_stock(shop.shopper(),
                                                         {{{.sku = std::string(Shop::drill),
                                                            .location = "warehouse",
                                                            .on_hand = Quantity::of(2),
                                                            .safety = std::nullopt}}}));
    EXPECT_EQ(shop.run(orders.exchange(under("none"), {order.id, id})).error().code,
              "out_of_stock");
    shop.must(shop.ask<inventory::Inventory>().put_stock(shop.shopper(),
                                                         {{{.sku = std::string(Shop::drill),
                                                            .location = "warehouse",
                                                            .on_hand = left,
                                                            .safety = std::nullopt}}}));
    const auto agreed = shop.must(orders.exchange(under("some"), {order.id, id}));
    follow();
    EXPECT_EQ(drills_left().allocated, Quantity::of(3));
    shop.must(orders.change_exchange(
        shop.shopper(), {order.id, agreed.exchanges[0].id, orders::ExchangeStatus::cancelled,
                         std::nullopt, std::nullopt}));
    const auto again = shop.must(orders.exchange(under("some"), {order.id, id}));
    EXPECT_EQ(to_json(again), to_json(agreed));
    shop.must(orders.refund(under("refund"), {order.id, std::nullopt, id, {}}));
    follow();
    EXPECT_EQ(drills_left().available, left);
    EXPECT_EQ(order.payment.refunded, euros(3L * 9999));
    expect_agreeing_books();
}

TEST_P(An_order, paid_ahead_ships_once_its_transfer_has_arrived) {
    place(payments::Method::prepayment);
    EXPECT_EQ(order.status, OrderStatus::awaiting_payment);
    EXPECT_EQ(ship("too-early", {}).error().code, "not_now");
    transfer("bank-1", order.total.gross);
    EXPECT_EQ(order.status, OrderStatus::placed);
    EXPECT_THAT(order.timeline,
                Contains(Field(&orders::TimelineEntry::what, Happening::payment_authorized)));
    ASSERT_TRUE(ship("ship", {}));
    follow();
    EXPECT_EQ(order.payment.status, payments::Status::paid);
    expect_agreeing_books();
}

TEST_P(An_order, is_its_owners_to_cancel_until_something_was_shipped) {
    place(payments::Method::invoice);
    EXPECT_EQ(shop.run(orders.cancel(under("theirs", "other"), {order.id, {}})).error().code,
              "not_found");
    shop.must(orders.cancel(under("one", secret), {order.id, {{drills(), Quantity::of(1)}}}));
    shop.must(orders.cancel(under("rest", secret), {order.id, {}}));
    follow();
    EXPECT_EQ(order.status, OrderStatus::cancelled);
    EXPECT_EQ(drills_left().allocated, Quantity{});
    EXPECT_EQ(drills_left().available, Quantity::of(20));
    EXPECT_EQ(payment().status, payments::Status::cancelled);
    EXPECT_EQ(order.payment.status, payments::Status::cancelled);
}

TEST_P(An_order, that_nobody_pays_ahead_in_time_is_cancelled_and_its_stock_is_free_again) {
    place(payments::Method::prepayment);
    shop.wait_a_month();
    for (int tries = 0; tries < 100 && order.status != OrderStatus::cancelled; ++tries) {
        shop.wait(std::chrono::milliseconds(100));
        follow();
    }
    EXPECT_EQ(order.status, OrderStatus::cancelled);
    EXPECT_EQ(drills_left().available, Quantity::of(20));
}

TEST_P(An_order, shipped_twice_under_one_key_is_shipped_once) {
    place(payments::Method::invoice);
    const auto first = ship("key-1", {{drills(), Quantity::of(1)}});
    const auto again = ship("key-1", {{drills(), Quantity::of(1)}});
    ASSERT_TRUE(again);
    EXPECT_EQ(to_json(*again), to_json(*first));
    EXPECT_EQ(ship("key-1", {{drills(), Quantity::of(2)}}).error().code, "idempotency_key_reused");
    const auto refused = ship("key-2", {{drills(), Quantity::of(3)}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "more_than_left");
    EXPECT_EQ(refused.error().errors[0].pointer, "/lines/0");
    follow();
    EXPECT_EQ(drills_left().on_hand, Quantity::of(19));
    EXPECT_EQ(order.invoices.size(), 1U);
}

TEST_P(An_order, of_another_version_than_if_match_names_does_not_change) {
    place(payments::Method::invoice);
    auto context = under("key-1");
    context.if_match = order.version + 1;
    EXPECT_EQ(shop.run(orders.ship(context, {.order = order.id})).error().code,
              "precondition_failed");
    context.if_match = order.version;
    EXPECT_EQ(shop.must(orders.ship(context, {.order = order.id})).version, order.version + 1);
}

TEST_P(An_order, whose_process_ends_after_shipping_has_everything_follow_afterwards) {
    place(payments::Method::invoice);
    ASSERT_TRUE(ship("key-1", {}));
    shop.restart();
    auto& after = shop.ask<orders::Orders>();
    shop.settle();
    const auto read = shop.must(after.any_order(shop.shopper(), {order.id}));
    EXPECT_EQ(read.payment.captured, read.total.gross);
    EXPECT_EQ(drills_left().on_hand, Quantity::of(17));
}

TEST_P(An_order, of_another_system_is_paid_in_the_books_and_may_come_back_and_be_paid_back) {
    const orders::PastOrder past{.number = "32053127496",
                                 .market = "de",
                                 .placed_at = *parse_timestamp("2017-02-28T22:31:57Z"),
                                 .lines = {{.sku = std::string(Shop::drill),
                                            .name = {},
                                            .quantity = Quantity::of(2),
                                            .gross = euros(15'000),
                                            .tax_rate = {1900}}}};
    auto other = past;
    other.lines[0].gross = euros(15'001);
    EXPECT_EQ(shop.must(orders.put_past_orders(shop.shopper(), {{past}})).accepted, 1);
    EXPECT_EQ(shop.must(orders.put_past_orders(shop.shopper(), {{past}})).unchanged, 1);
    EXPECT_EQ(shop.must(orders.put_past_orders(shop.shopper(), {{other}})).rejected.size(), 1U);
    order = shop.must(orders.orders(shop.shopper(), {.number = past.number})).items.at(0);
    follow();
    EXPECT_EQ(order.status, OrderStatus::shipped);
    EXPECT_EQ(order.payment.status, payments::Status::paid);
    EXPECT_EQ(order.payment.received, euros(15'000));
    expect_agreeing_books();

    const auto before = shop.stock(Shop::drill, "de-001").on_hand;
    const auto id = shop.must(orders.register_return(under("announce"),
                                                     {order.id, {{drills(), Quantity::of(1), {}}}}))
                        .returns[0]
                        .id;
    shop.must(orders.receive_return(
        under("receive"),
        {order.id, id, "de-001", {{drills(), Quantity::of(1), orders::Condition::resalable}}}));
    shop.must(orders.refund(under("refund"), {order.id, std::nullopt, id, {}}));
    follow();
    EXPECT_EQ(shop.stock(Shop::drill, "de-001").on_hand, before + Quantity::of(1));
    EXPECT_EQ(order.payment.refunded, euros(7500));
    expect_agreeing_books();
}

INSTANTIATE_TEST_SUITE_P(On, An_order, everywhere(), where_name);

}  // namespace
}  // namespace kontor::journeys
