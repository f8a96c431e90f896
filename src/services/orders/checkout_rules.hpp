#pragma once

#include "services/inventory/api.hpp"
#include "services/orders/api.hpp"

/// The decisions of a checkout whose payment needs the shopper: pure.
namespace kontor::orders {

/// How long a shopper may take to pay; after it a checkout that has not ended is stuck, too.
inline constexpr auto shopper_time_max = std::chrono::minutes(15);
/// How often the payment is asked for when nobody tells.
inline constexpr auto poll_interval = std::chrono::seconds(30);
/// After which whoever is about a step is taken to have crashed.
inline constexpr auto step_time_max = std::chrono::seconds(10);

/// Whether this payment is confirmed on the provider's page before the order can be placed.
bool needs_shopper(const carts::Cart& cart);

bool has_ended(const Checkout& checkout);

/// Which attempt at a cart it is, from 1; `before`: the last one that failed.
std::int64_t next_attempt(const std::optional<Checkout>& before);

/// The beginning: the claim of the order, with what undoes its first step.
Checkout checkout_of(const Order& draft, std::uint64_t cart_version,
                     const std::optional<Checkout>& before, std::optional<std::string> return_url,
                     Timestamp now);

/// Under another key, for stock whose hold has ended.
Checkout reserving_anew(Checkout checkout);

/// On to `step`, with what undoes it recorded before it is done.
Checkout on_to(CheckoutStep step, Checkout checkout);

/// What an opened or refreshed payment means for the checkout.
Checkout judged(Checkout checkout, const payments::Payment& payment, Timestamp now);

/// What was done is to be taken back, and why.
Checkout undoing(Checkout checkout, std::string_view code, std::string_view message);

/// Before a step is tried again: 2 s doubling to a minute.
std::chrono::microseconds backoff(std::int64_t tries);

/// What payments knows an attempt's payment by: the order's id, and from the second attempt on the
/// attempt's number behind it.
std::string payment_key(OrderId order, std::int64_t attempt);

/// The order, once it is placed; and while it is not.
Order placed(Order draft, Timestamp now);
Order not_placed(Order draft, const Checkout& checkout);

/// Why there is no order.
Refusal failure_of(const Checkout& checkout);

}  // namespace kontor::orders
