#pragma once

#include "platform/service/service.hpp"
#include "services/inventory/api.hpp"
#include "services/orders/checkout_store.hpp"
#include "services/payments/api.hpp"

namespace kontor::orders {

/// Checkouts whose payment needs the shopper. A checkout is a row that says what is to be done next
/// and what to undo should it fail; each step is safe to repeat, so whoever finds the row goes on
/// from there: the shopper who asks again, the news that the payment is authorised, or the worker
/// that takes up what a crash left behind. Only one of them makes the order.
class Checkouts {
public:
    Checkouts(const Host& host, inventory::Inventory& inventory, payments::Payments& payments)
        : host_(host), inventory_(inventory), payments_(payments) {}

    /// Claims the order for the checkout; another's claim that came first is answered instead.
    Task<Result<store::StoredCheckout>> begin(Context context, store::StoredCheckout wanted);

    /// Goes on until the checkout has ended or waits for the shopper. Refuses with what keeps it
    /// from going on now; it is then tried again later.
    Task<Result<store::StoredCheckout>> go_on(Context context, store::StoredCheckout saga);

    /// Undoes what was done, unless the order was placed meanwhile.
    Task<Result<store::StoredCheckout>> give_up(Context context, store::StoredCheckout saga,
                                                std::string why);

    Task<Result<store::StoredCheckout>> find(Context context, OrderId order);

    /// One round of the worker: all that is due. Answers how many it took up.
    Task<std::size_t> take_up_due();

private:
    using Next = Task<Result<Checkout>>;
    Next next_step(Context context, const store::StoredCheckout& saga);
    Next reserve(Context context, const store::StoredCheckout& saga);
    Next authorize(Context context, const store::StoredCheckout& saga);
    Next await_shopper(Context context, const store::StoredCheckout& saga);
    Next place(Context context, const store::StoredCheckout& saga);
    Next undo(Context context, const store::StoredCheckout& saga);
    Task<Result<void>> cancel_payment(Context context, const store::StoredCheckout& saga);

    Task<Result<void>> save(Context context, store::StoredCheckout& saga, Checkout next);
    Task<void> postpone(Context context, store::StoredCheckout saga, Refusal reason);
    Task<bool> take_up(OrderId order);

    Host host_;
    inventory::Inventory& inventory_;
    payments::Payments& payments_;
};

}  // namespace kontor::orders
