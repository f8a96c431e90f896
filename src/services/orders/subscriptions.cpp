#include "services/orders/subscriptions.hpp"

#include "services/orders/events.hpp"

namespace kontor::orders {

namespace {

// Times in a row that stock may be held anew and end before it is allocated.
constexpr int attempts_max = 8;

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

bool has_ended(const Result<inventory::Reservation>& step) {
    return !step && step.error().code == inventory::refusals::reservation_ended.code;
}

inventory::ReserveStock stock_for(const OrderPlaced& placed, int attempt) {
    inventory::ReserveStock wanted{
        .reservation = fmt::format("{}.placed.{}", placed.reservation, attempt), .lines = {}};
    for (const auto& line : placed.lines) {
        wanted.lines.push_back({line.sku, line.quantity, std::nullopt});
    }
    return wanted;
}

/// Allocates the order's stock. Where what its placing held has ended since (the clock was set
/// forward, or this comes late), it is held anew under a key of its own for each attempt, so that
/// however often this is repeated nothing is held twice.
Task<Result<inventory::Reservation>> allocate(inventory::Inventory& inventory, Context context,
                                              const OrderPlaced& placed) {
    const auto order = to_text(placed.order);
    auto step = co_await inventory.allocate(context, {placed.reservation, order});
    for (int attempt = 1; has_ended(step) && attempt <= attempts_max; ++attempt) {
        step = co_await inventory.reserve(context, stock_for(placed, attempt));
        if (step) {
            step = co_await inventory.allocate(context, {step->reservation, order});
        }
    }
    co_return step;
}

}  // namespace

events::Handlers<Context> after_placing(inventory::Inventory& inventory,
                                        payments::Payments& payments, carts::Carts& carts) {
    return events::Handlers<Context>{}.on<OrderPlaced>(
        [&inventory, &payments, &carts](Context context, const OrderPlaced& placed,
                                        const events::Envelope&) -> Task<void> {
            const auto order = to_text(placed.order);
            context.market = placed.market;
            must_succeed(co_await allocate(inventory, context, placed),
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
