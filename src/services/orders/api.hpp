#pragma once

#include "services/carts/api.hpp"

/// What shoppers have bought.
namespace kontor::orders {

struct OrderTag {
    static constexpr std::string_view prefix = "ord";
};
using OrderId = Id<OrderTag>;

/// placed: may ship. awaiting_payment: placed, and ships once the transfer has arrived.
enum class OrderStatus { placed, awaiting_payment, cancelled };
BOOST_DESCRIBE_ENUM(OrderStatus, placed, awaiting_payment, cancelled)

struct OrderPayment {
    payments::Method method = payments::Method::invoice;
    payments::Status status = payments::Status::authorized;
    std::string reference;
    static constexpr auto describe() {
        using P = OrderPayment;
        return described<P>("How the order is paid.", field<&P::method>("How."),
                            field<&P::status>("How far it was when the order was placed."),
                            field<&P::reference>("To be written on the transfer."));
    }
};

/// A snapshot of what was agreed; prices and names never change afterwards.
struct Order {
    OrderId id;
    std::string number;
    std::uint64_t version = 1;
    OrderStatus status = OrderStatus::placed;
    MarketCode market;
    carts::CartId cart;
    std::vector<carts::Line> lines;
    carts::Totals total;
    carts::Addresses addresses;
    carts::Delivery delivery;
    OrderPayment payment;
    Timestamp placed_at;
    static constexpr auto describe() {
        using O = Order;
        return described<O>(
            "What was agreed, as it was then.", field<&O::id>("Opaque."),
            field<&O::number>("For people to read out: `482-7391-0527`."),
            field<&O::version>("Grows by one with each change."),
            field<&O::status>("How far it is."), field<&O::market>("Where it was bought."),
            field<&O::cart>("The cart that it was."), field<&O::lines>("As in the cart."),
            field<&O::total>("As in the cart."),
            field<&O::addresses>("Where to ship, whom to bill."),
            field<&O::delivery>("How it is delivered."), field<&O::payment>("How it is paid."),
            field<&O::placed_at>("When."));
    }
};

struct PlaceOrder {
    carts::CartId cart_id;
    std::uint64_t cart_version = 0;
    static constexpr auto describe() {
        return described<PlaceOrder>(
            "Turns a cart into an order.", field<&PlaceOrder::cart_id>("The cart."),
            field<&PlaceOrder::cart_version>("The version that the shopper saw."));
    }
};

struct OrderKey {
    OrderId order;
    static constexpr auto describe() {
        return described<OrderKey>("Names an order.", field<&OrderKey::order>("Its id."));
    }
};

struct ListOrders {
    std::int64_t limit = 24;
    std::optional<std::string> number;
    std::optional<OrderId> before;
    static constexpr auto describe() {
        using L = ListOrders;
        return described<L>(
            "Orders, newest first.",
            field<&L::limit>("Page size.", {.min = 1, .max = 200, .optional = true}),
            field<&L::number>("Only the one of this number.", {.max_length = 20}),
            field<&L::before>("`next` of the page before."));
    }
};

struct OrderList {
    std::vector<Order> items;
    std::optional<OrderId> next;
    static constexpr auto describe() {
        return described<OrderList>("A page of orders.", field<&OrderList::items>("The orders."),
                                    field<&OrderList::next>("Absent on the last page."));
    }
};

namespace refused {
inline constexpr RefusalKind cart_changed{
    "cart_changed", 409, "The cart is not what the shopper saw; `state` has it as it is now."};
inline constexpr RefusalKind cart_incomplete{"cart_incomplete", 422,
                                             "Lines, addresses, delivery or payment are missing."};
inline constexpr RefusalKind price_changed{
    "price_changed", 409,
    "A price or tax changed since it was added; set the line again to accept it."};
inline constexpr RefusalKind out_of_stock{"out_of_stock", 409,
                                          "Less is left than wanted; names each short line."};
}  // namespace refused

class Orders {
public:
    virtual ~Orders() = default;
    virtual Task<Result<Order>> place(Context context, PlaceOrder wanted) = 0;
    virtual Task<Result<Order>> order(Context context, OrderKey wanted) = 0;
    virtual Task<Result<Order>> any_order(Context context, OrderKey wanted) = 0;
    virtual Task<Result<OrderList>> orders(Context context, ListOrders wanted) = 0;

    static constexpr auto contract() {
        using namespace refused;
        return rpc::contract<Orders>(
            "orders", "What shoppers have bought.",
            rpc::change<&Orders::place>(
                "Places the order of a cart, once, however often it is asked.",
                {refusals::unauthorized, refusals::not_found, cart_changed, cart_incomplete,
                 price_changed, out_of_stock, refusals::idempotency_key_missing,
                 refusals::idempotency_key_reused}),
            rpc::read<&Orders::order>("Answers an order to whom the cart's secret is known.",
                                      {refusals::unauthorized, refusals::not_found}),
            rpc::read<&Orders::any_order>("Answers any order, to staff.", {refusals::not_found}),
            rpc::read<&Orders::orders>("Lists orders, newest first."));
    }
};

}  // namespace kontor::orders
