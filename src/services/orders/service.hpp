#pragma once

#include <functional>

#include "platform/service/service.hpp"
#include "services/discovery/api.hpp"
#include "services/inventory/api.hpp"
#include "services/orders/api.hpp"
#include "services/orders/checkouts.hpp"
#include "services/orders/life.hpp"
#include "services/orders/store.hpp"
#include "services/pricing/api.hpp"

namespace kontor::orders {

/// Whom orders asks.
struct Collaborators {
    carts::Carts& carts;
    pricing::Pricing& pricing;
    discovery::Discovery& discovery;
    inventory::Inventory& inventory;
    payments::Payments& payments;
};

/// Orders on this service's own records.
class LocalOrders final : public Orders {
public:
    LocalOrders(const Host& host, Collaborators ask)
        : host_(host), ask_(ask), checkouts_(host, ask.inventory, ask.payments) {}

    Task<Result<Order>> place(Context context, PlaceOrder wanted) override;
    Task<Result<Order>> order(Context context, OrderKey wanted) override;
    Task<Result<Order>> any_order(Context context, OrderKey wanted) override;
    Task<Result<OrderList>> orders(Context context, ListOrders wanted) override;
    Task<Result<Order>> ship(Context context, CreateShipment wanted) override;
    Task<Result<Order>> change_shipment(Context context, ChangeShipment wanted) override;
    Task<Result<Order>> cancel(Context context, CancelLines wanted) override;
    Task<Result<Order>> cancel_any(Context context, CancelLines wanted) override;
    Task<Result<Order>> register_return(Context context, RegisterReturn wanted) override;
    Task<Result<Order>> receive_return(Context context, ReceiveReturn wanted) override;
    Task<Result<Order>> withdraw_return(Context context, ReturnKey wanted) override;
    Task<Result<Order>> refund(Context context, RequestRefund wanted) override;
    Task<Result<Order>> exchange(Context context, AgreeExchange wanted) override;
    Task<Result<Order>> change_exchange(Context context, ChangeExchange wanted) override;
    Task<Result<PutOutcome>> put_past_orders(Context context, PutPastOrders wanted) override;
    Task<Result<CheckoutList>> checkouts(Context context, ListCheckouts wanted) override;
    Task<Result<Checkout>> retry_checkout(Context context, CheckoutKey wanted) override;
    Task<Result<Checkout>> abort_checkout(Context context, CheckoutKey wanted) override;

    /// One round of what takes up checkouts that nobody is about any more.
    Task<std::size_t> take_up_checkouts() { return checkouts_.take_up_due(); }
    /// For how long the oldest checkout that has not ended has been under way; 0: there is none.
    Task<std::chrono::microseconds> oldest_checkout();

private:
    Task<Result<store::Known>> known_of(Context context, carts::CartId cart);
    Task<Result<carts::Cart>> checked_cart(Context context, PlaceOrder wanted);
    /// The goods of an exchange that is about to be agreed.
    struct ToHold {
        std::string reservation;
        std::vector<ExchangedLine> lines;
        MarketCode market;
    };
    Task<Result<void>> hold_for_exchange(Context context, const ToHold& wanted);
    /// Holds stock for what is about to be recorded, anew where what an earlier attempt held has
    /// expired; under which key.
    Task<Result<std::string>> hold(Context context, inventory::ReserveStock wanted);
    Task<Result<std::optional<Order>>> answer_of(Context context, PlaceOrder wanted,
                                                 store::Known known);
    Task<Result<Order>> place_at_once(Context context, PlaceOrder wanted, carts::Cart cart,
                                      std::int64_t attempt);
    Task<Result<Order>> place_once_paid(Context context, PlaceOrder wanted, carts::Cart cart,
                                        std::optional<Checkout> before);
    Task<Result<Order>> go_on(Context context, PlaceOrder wanted, store::StoredCheckout saga);
    Task<Result<Order>> record(Context context, PlaceOrder wanted, store::StoredOrder order);
    Task<void> add_past(sql::Transaction& transaction, Context context, PastOrder past);
    Task<Result<store::StoredOrder>> find(Context context, OrderId order);
    static Result<void> with_secret(const Context& context);
    static bool owned(const Context& context, const store::StoredOrder& stored);

    /// Decides about an order inside the transaction that holds it, changes it, and answers what
    /// has happened.
    using Decide = std::function<Task<Result<std::vector<events::Fact>>>(sql::Transaction&,
                                                                         store::StoredOrder&)>;
    enum class Access { owner, staff };
    /// What happens to an order: the row, its events and the reply under the key, or none of them.
    Task<Result<Order>> change(Context context, Access access, std::string_view operation,
                               OrderId order, std::string request, Decide decide);
    Task<Result<Order>> cancel_as(Context context, Access access, CancelLines wanted);
    life::Moment now_by(Access access) const;

    Host host_;
    Collaborators ask_;
    Checkouts checkouts_;
};

}  // namespace kontor::orders
