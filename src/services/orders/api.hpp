#pragma once

#include "platform/service/follow_ups.hpp"
#include "services/orders/changes.hpp"
#include "services/orders/checkout.hpp"
#include "services/orders/past_orders.hpp"

/// What shoppers have bought.
namespace kontor::orders {

struct PlaceOrder {
    carts::CartId cart_id;
    std::uint64_t cart_version = 0;
    std::optional<std::string> return_url{};
    static constexpr auto describe() {
        using P = PlaceOrder;
        return described<P>("Turns a cart into an order.", field<&P::cart_id>("The cart."),
                            field<&P::cart_version>("The version that the shopper saw."),
                            field<&P::return_url>("Where the payment provider's page sends the "
                                                  "shopper afterwards.",
                                                  {.max_length = 2000}));
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
inline constexpr RefusalKind payment_failed{
    "payment_failed", 409,
    "The payment came to nothing and nothing is held any more; the cart may be placed again."};
inline constexpr RefusalKind not_now{"not_now", 409,
                                     "What has become of the order does not allow it any more, or "
                                     "not yet; the message says why."};
inline constexpr RefusalKind more_than_left{
    "more_than_left", 409,
    "More than is left to ship, cancel, return or pay back; names each line and what is left."};
}  // namespace refused

class Orders {
public:
    virtual ~Orders() = default;
    /// Where the shopper has to confirm the payment first, the answer is `awaiting_authorization`
    /// and says where; asking again after that answers the order. Only the reply that is final is
    /// stored under the key.
    virtual Task<Result<Order>> place(Context context, PlaceOrder wanted) = 0;
    virtual Task<Result<Order>> order(Context context, OrderKey wanted) = 0;
    virtual Task<Result<Order>> any_order(Context context, OrderKey wanted) = 0;
    virtual Task<Result<OrderList>> orders(Context context, ListOrders wanted) = 0;

    // What follows changes an order and answers it whole. Each is safe to repeat under its key, and
    // refused with 412 where If-Match names another version than the order's.

    /// Says that goods have left, with their invoice. Stock and payment follow.
    virtual Task<Result<Order>> ship(Context context, CreateShipment wanted) = 0;
    virtual Task<Result<Order>> change_shipment(Context context, ChangeShipment wanted) = 0;
    /// Gives up lines that were not shipped: for whom the cart's secret is known, while nothing
    /// was.
    virtual Task<Result<Order>> cancel(Context context, CancelLines wanted) = 0;
    /// The same for staff, of whatever is left.
    virtual Task<Result<Order>> cancel_any(Context context, CancelLines wanted) = 0;
    virtual Task<Result<Order>> register_return(Context context, RegisterReturn wanted) = 0;
    /// What of a return has arrived; what is resalable goes on the shelf of its location.
    virtual Task<Result<Order>> receive_return(Context context, ReceiveReturn wanted) = 0;
    virtual Task<Result<Order>> withdraw_return(Context context, ReturnKey wanted) = 0;
    /// Pays back captured money; not more than that, and for a return once.
    virtual Task<Result<Order>> refund(Context context, RequestRefund wanted) = 0;
    /// Sends the goods of a return once more, where there are any; no money moves. They are held
    /// from then on. A refund that named no return does not count.
    virtual Task<Result<Order>> exchange(Context context, AgreeExchange wanted) = 0;
    /// Says that an exchange has left, has arrived, was lost, or is given up: then its goods are
    /// free again.
    virtual Task<Result<Order>> change_exchange(Context context, ChangeExchange wanted) = 0;

    /// Records orders that another system took, shipped and was paid for: they may be returned and
    /// paid back here. One that is here already counts as unchanged, or is rejected where it
    /// differs. The market is not looked up.
    virtual Task<Result<PutOutcome>> put_past_orders(Context context, PutPastOrders wanted) = 0;

    /// Checkouts that wait for their payment, and those that are stuck.
    virtual Task<Result<CheckoutList>> checkouts(Context context, ListCheckouts wanted) = 0;
    /// Takes a checkout up now. Refuses with what still keeps it from going on.
    virtual Task<Result<Checkout>> retry_checkout(Context context, CheckoutKey wanted) = 0;
    /// Undoes a checkout, unless it is an order by now: its payment is given up, its stock free.
    virtual Task<Result<Checkout>> abort_checkout(Context context, CheckoutKey wanted) = 0;

    static constexpr auto contract() {
        using namespace refused;
        return rpc::contract<Orders>(
            "orders", "What shoppers have bought.",
            rpc::change<&Orders::place>(
                "Places the order of a cart, once, however often it is asked.",
                {refusals::unauthorized, refusals::not_found, cart_changed, cart_incomplete,
                 price_changed, out_of_stock, payment_failed, refusals::idempotency_key_missing,
                 refusals::idempotency_key_reused}),
            rpc::read<&Orders::order>("Answers an order to whom the cart's secret is known.",
                                      {refusals::unauthorized, refusals::not_found}),
            rpc::read<&Orders::any_order>("Answers any order, to staff.", {refusals::not_found}),
            rpc::read<&Orders::orders>("Lists orders, newest first."),
            rpc::change<&Orders::ship>("Says that goods have left.",
                                       {refusals::not_found, refusals::precondition_failed, not_now,
                                        more_than_left, refusals::idempotency_key_reused}),
            rpc::change<&Orders::change_shipment>(
                "Says what became of a parcel.",
                {refusals::not_found, refusals::precondition_failed, not_now}),
            rpc::change<&Orders::cancel>(
                "Gives up lines, while nothing was shipped.",
                {refusals::unauthorized, refusals::not_found, refusals::precondition_failed,
                 not_now, more_than_left, refusals::idempotency_key_reused}),
            rpc::change<&Orders::cancel_any>(
                "Gives up lines that were not shipped.",
                {refusals::not_found, refusals::precondition_failed, not_now, more_than_left,
                 refusals::idempotency_key_reused}),
            rpc::change<&Orders::register_return>(
                "Announces that goods come back.",
                {refusals::not_found, refusals::precondition_failed, more_than_left,
                 refusals::idempotency_key_reused}),
            rpc::change<&Orders::receive_return>(
                "Says what of a return has arrived.",
                {refusals::not_found, refusals::precondition_failed, not_now, more_than_left,
                 refusals::idempotency_key_reused}),
            rpc::change<&Orders::withdraw_return>(
                "Says that a return will not come.",
                {refusals::not_found, refusals::precondition_failed, not_now}),
            rpc::change<&Orders::refund>(
                "Pays back captured money.",
                {refusals::not_found, refusals::precondition_failed, not_now, more_than_left,
                 refusals::idempotency_key_reused}),
            rpc::change<&Orders::exchange>(
                "Sends the goods of a return once more.",
                {refusals::not_found, refusals::precondition_failed, refusals::conflict, not_now,
                 out_of_stock, refusals::idempotency_key_reused}),
            rpc::change<&Orders::change_exchange>(
                "Says what became of an exchange.",
                {refusals::not_found, refusals::precondition_failed, not_now}),
            rpc::change<&Orders::put_past_orders>("Records orders of another system, by number."),
            rpc::read<&Orders::checkouts>("Lists checkouts that have not ended."),
            rpc::change<&Orders::retry_checkout>("Takes a checkout up now.", {refusals::not_found}),
            rpc::change<&Orders::abort_checkout>("Undoes a checkout that is no order yet.",
                                                 {refusals::not_found}));
    }
};

/// What this service could not do about an event.
struct FollowUpsTag {
    static constexpr std::string_view name = "orders-follow-ups";
};
using OrderFollowUps = FollowUps<FollowUpsTag>;

}  // namespace kontor::orders
