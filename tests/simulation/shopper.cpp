#include "simulation/shopper.hpp"

#include <set>

#include "support/sample_address.hpp"

namespace kontor::simulation {

namespace {

using namespace std::chrono_literals;
using carts::Cart;
using orders::Order;

constexpr auto patience = 5s;
constexpr int attempts_max = 6;
constexpr auto looks_every = 5s;
constexpr int looks_max = 240;

bool is_final(const Order& order) {
    return order.status != orders::OrderStatus::awaiting_authorization &&
           order.status != orders::OrderStatus::failed;
}

orders::PlaceOrder placing(const Cart& cart) {
    return {.cart_id = cart.id,
            .cart_version = cart.version,
            .return_url = "https://shop.example/thanks"};
}

}  // namespace

Context Shopper::context(const std::string& secret, std::string key) const {
    return {.deadline = environment_.loop.now() + patience,
            .principal = {Principal::Kind::guest, number_},
            .market = "de",
            .idempotency_key = std::move(key),
            .bearer = secret};
}

void Shopper::complain(std::string_view about, const Refusal& refusal) {
    ledger_.complaints.push_back(
        fmt::format("shopper {}: {}: {}: {}", number_, about, refusal.code, refusal.message));
}

Task<void> Shopper::shop(int purchases, Duration span) {
    for (int i = 0; i < purchases; ++i) {
        co_await sleep_for(environment_.between(0s, 2 * span / (purchases + 1)));
        co_await purchase();
    }
}

Task<void> Shopper::purchase() {
    ++ledger_.purchases;
    auto cart = co_await fill_cart();
    for (int attempt = 0; cart && attempt < attempts_max; ++attempt) {
        const auto key = environment_.random.uuid();
        auto placed =
            environment_.one_in(8) ? co_await press_twice(*cart, key) : co_await place(*cart, key);
        if (placed && !is_final(*placed)) {
            auto paid = co_await pay(*cart, key, *std::move(placed));
            if (!paid) {
                ++ledger_.done["left the provider's page"];
                co_return;
            }
            placed = *std::move(paid);
        } else if (placed) {
            remember(*cart, *placed, key);
        }
        if (placed) {
            co_return;
        }
        cart = co_await after(placed.error(), *std::move(cart));
    }
}

/// On the provider's page: pays and comes back, pays and closes the browser, is declined, or
/// leaves. The order, why there is none, or nothing for who has left.
Task<std::optional<Result<Order>>> Shopper::pay(const Cart& cart, std::string key, Order waiting) {
    if (!waiting.payment.redirect_url) {
        auto shown = co_await place_until(
            cart, key, [](const Order& order) { return order.payment.redirect_url.has_value(); });
        if (!shown || is_final(*shown)) {
            co_return shown;
        }
        waiting = *std::move(shown);
    }
    co_await sleep_for(environment_.between(5s, 2min));
    if (environment_.one_in(8)) {
        co_return std::nullopt;
    }
    const auto page = *waiting.payment.redirect_url;
    const bool pays = !environment_.one_in(4);
    card_provider_.visit(page, pays);
    ++ledger_.done[pays ? "paid by card" : "declined"];
    if (environment_.one_in(3)) {
        co_return co_await look_until_final(cart, waiting.id);
    }
    auto placed = co_await place_until(
        cart, key, [&page](const Order& order) { return order.payment.redirect_url != page; });
    if (placed && !is_final(*placed)) {
        co_return co_await pay(cart, key, *std::move(placed));  // another attempt has begun
    }
    co_return placed;
}

/// Presses again until there is an order, none, or what is `enough`.
Task<Result<Order>> Shopper::place_until(const Cart& cart, std::string key,
                                         std::function<bool(const Order&)> enough) {
    for (int tries = 0; tries < looks_max; ++tries) {
        auto placed = co_await place(cart, key);
        if (placed && is_final(*placed)) {
            remember(cart, *placed, key);
        }
        if (!placed || is_final(*placed) || enough(*placed)) {
            co_return placed;
        }
        co_await sleep_for(looks_every);
    }
    co_return refuse(refusals::internal, "the checkout of {} gets no further", to_text(cart.id));
}

/// Who closed the browser looks later: the order must be there without another press.
Task<Result<Order>> Shopper::look_until_final(const Cart& cart, orders::OrderId order) {
    const auto secret = cart.token.value_or("");
    for (int tries = 0; tries < looks_max; ++tries) {
        auto seen = co_await insist(
            environment_, [&] { return shop_.orders->order(context(secret, ""), {order}); });
        if (!seen) {
            co_return seen;
        }
        if (seen->status == orders::OrderStatus::failed) {
            co_return refuse(orders::refused::payment_failed, "the payment came to nothing");
        }
        if (is_final(*seen)) {
            remember(cart, *seen, {});
            co_return seen;
        }
        co_await sleep_for(looks_every);
    }
    co_return refuse(refusals::internal, "{} is neither placed nor failed", to_text(order));
}

std::vector<carts::NewLine> Shopper::wishes() {
    auto& random = environment_.random;
    const auto& skus = assortment_.skus();
    std::set<std::string> chosen;
    if (environment_.one_in(3)) {
        chosen.insert(skus[random.below(Assortment::hot_skus)]);
    }
    const auto count = 1 + random.below(3);
    while (chosen.size() < count) {
        chosen.insert(skus[random.below(skus.size())]);
    }
    std::vector<carts::NewLine> lines;
    for (const auto& sku : chosen) {
        lines.push_back({.sku = sku, .quantity = Quantity::of(random.between(1, 3))});
    }
    return lines;
}

Task<std::optional<Cart>> Shopper::fill_cart() {
    const carts::CreateCart wanted{.lines = wishes()};
    const auto key = environment_.random.uuid();
    auto cart = co_await insist(environment_,
                                [&] { return shop_.carts->create(context("", key), wanted); });
    if (!cart) {
        complain("no cart", cart.error());
        co_return std::nullopt;
    }
    auto prepared = co_await prepare(*std::move(cart));
    if (!prepared) {
        complain("the cart takes no addresses, delivery or payment", prepared.error());
        co_return std::nullopt;
    }
    co_return *std::move(prepared);
}

/// The cart with all that an order needs, and its secret.
Task<Result<Cart>> Shopper::prepare(Cart cart) {
    const auto secret = cart.token.value_or("");
    const auto id = cart.id;
    constexpr payments::Method methods[] = {payments::Method::invoice, payments::Method::prepayment,
                                            payments::Method::card};
    const auto method = methods[environment_.random.below(std::size(methods))];
    const auto change = [&](auto request, auto operation) {
        return insist(environment_,
                      [this, &secret, request, operation, key = environment_.random.uuid()] {
                          return (shop_.carts.get()->*operation)(context(secret, key), request);
                      });
    };
    TRY(co_await change(carts::SetAddresses{.cart = id, .shipping = carts::sample_address()},
                        &carts::Carts::set_addresses));
    TRY(co_await change(carts::SetDelivery{.cart = id}, &carts::Carts::set_delivery));
    auto prepared = TRY(co_await change(carts::SetPayment{.cart = id, .method = method},
                                        &carts::Carts::set_payment));
    if (environment_.one_in(4)) {
        const auto& line = prepared.lines.front();
        prepared = TRY(co_await change(
            carts::ChangeLine{.cart = id, .line = line.id, .quantity = Quantity::of(2)},
            &carts::Carts::change_line));
    }
    prepared.token = secret;
    co_return prepared;
}

Task<Result<Cart>> Shopper::accept_prices(Cart cart) {
    const auto secret = cart.token.value_or("");
    for (const auto& line : auto(cart.lines)) {
        const carts::ChangeLine wanted{.cart = cart.id, .line = line.id, .quantity = line.quantity};
        cart = TRY(co_await insist(environment_, [&, key = environment_.random.uuid()] {
            return shop_.carts->change_line(context(secret, key), wanted);
        }));
    }
    cart.token = secret;
    co_return cart;
}

/// The cart to try next with, or nothing when the shopper goes.
Task<std::optional<Cart>> Shopper::after(const Refusal& refusal, Cart cart) {
    const auto secret = cart.token.value_or("");
    if (refusal.code == orders::refused::price_changed.code) {
        co_await sleep_for(1s);
        auto accepted = co_await accept_prices(std::move(cart));
        if (accepted) {
            co_return *std::move(accepted);
        }
        complain("prices cannot be accepted", accepted.error());
        co_return std::nullopt;
    }
    if (refusal.code == orders::refused::cart_changed.code) {
        auto now = co_await insist(
            environment_, [&] { return shop_.carts->cart(context(secret, ""), {cart.id}); });
        if (now && now->status == carts::CartStatus::open) {
            now->token = secret;
            co_return *std::move(now);
        }
        complain("the cart became an order, but its placing was refused", refusal);
        co_return std::nullopt;
    }
    if (refusal.code == orders::refused::payment_failed.code && environment_.one_in(2)) {
        co_return cart;
    }
    if (refusal.code != orders::refused::out_of_stock.code &&
        refusal.code != orders::refused::payment_failed.code) {
        complain("the order was refused", refusal);
    }
    ++ledger_.refused[refusal.code];
    co_return std::nullopt;
}

Task<Result<Order>> Shopper::place(const Cart& cart, std::string key) {
    const auto secret = cart.token.value_or("");
    const auto wanted = placing(cart);
    co_return co_await insist(environment_,
                              [&] { return shop_.orders->place(context(secret, key), wanted); });
}

/// As who is impatient does: both presses must give the same order. What one is refused for may be
/// over when the other comes, late or again: goods were given back, another card was tried.
Task<Result<Order>> Shopper::press_twice(const Cart& cart, std::string key) {
    const auto other_key = environment_.one_in(2) ? key : environment_.random.uuid();
    const auto both = co_await when_all(place(cart, key), place(cart, other_key));
    if (both.first && both.second && is_final(*both.first) &&
        to_json(*both.first) != to_json(*both.second)) {
        ledger_.complaints.push_back(fmt::format("shopper {}: pressed twice and got {} and {}",
                                                 number_, to_json(*both.first),
                                                 to_json(*both.second)));
    }
    if (both.first.has_value() != both.second.has_value()) {
        const auto& refusal = both.first ? both.second.error() : both.first.error();
        if (refusal.code != orders::refused::out_of_stock.code &&
            refusal.code != orders::refused::payment_failed.code) {
            complain("pressed twice, and one press only gave an order", refusal);
        }
    }
    co_return both.first;
}

/// An empty `key` says that the order was not answered under one.
void Shopper::remember(const Cart& cart, const Order& order, std::string key) {
    auto bytes = key.empty() ? "" : to_json(order);
    ledger_.orders.push_back({.shopper = number_,
                              .key = std::move(key),
                              .secret = cart.token.value_or(""),
                              .request = placing(cart),
                              .seen = cart,
                              .order = order,
                              .bytes = std::move(bytes)});
}

Task<void> Shopper::ask_again(const Acknowledged& told) {
    if (told.key.empty()) {
        co_return;
    }
    const auto again = co_await insist(environment_, [&] {
        return shop_.orders->place(context(told.secret, told.key), told.request);
    });
    if (!again || to_json(*again) != told.bytes) {
        ledger_.complaints.push_back(fmt::format("key {}: answered {}, and then {}", told.key,
                                                 told.bytes,
                                                 again ? to_json(*again) : again.error().message));
    }
    auto other = told.request;
    ++other.cart_version;
    const auto reused = co_await insist(
        environment_, [&] { return shop_.orders->place(context(told.secret, told.key), other); });
    if (reused || reused.error().code != refusals::idempotency_key_reused.code) {
        ledger_.complaints.push_back(fmt::format("key {}: took another request: {}", told.key,
                                                 reused ? "done" : reused.error().message));
    }
}

}  // namespace kontor::simulation
