#include "services/orders/subscriptions.hpp"

#include "services/orders/events.hpp"

namespace kontor::orders {

namespace {

/// What will pass by itself is waited for; anything else is for people to see (a dead letter).
template <class T>
void must_succeed(const Result<T>& step, std::string_view what, const OrderPlaced& placed) {
    if (step) {
        return;
    }
    const auto message = fmt::format("order {}: {}: {}: {}", to_text(placed.order), what,
                                     step.error().code, step.error().message);
    if (step.error().status >= 500) {
        throw events::TransientFailure(message);
    }
    throw std::runtime_error(message);
}

}  // namespace

events::Handlers<Context> after_placing(inventory::Inventory& inventory,
                                        payments::Payments& payments, carts::Carts& carts) {
    return events::Handlers<Context>{}.on<OrderPlaced>(
        [&inventory, &payments, &carts](Context context, const OrderPlaced& placed,
                                        const events::Envelope&) -> Task<void> {
            const auto order = to_text(placed.order);
            context.market = placed.market;
            must_succeed(co_await inventory.allocate(context, {placed.reservation, order}),
                         "its stock cannot be allocated", placed);
            if (placed.gross.minor_units > 0) {
                must_succeed(co_await payments.open(
                                 context, {order, placed.payment, placed.gross, placed.number}),
                             "its payment cannot be opened", placed);
            }
            must_succeed(co_await carts.close(context, {placed.cart, order}),
                         "its cart cannot be closed", placed);
        });
}

}  // namespace kontor::orders
