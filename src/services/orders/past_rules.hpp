#pragma once

#include <functional>

#include "services/orders/past_orders.hpp"

/// What orders of another system become here: pure.
namespace kontor::orders {

/// What is wrong with it by itself, or nothing.
std::optional<FieldError> fault_of(const PastOrder& past);

/// The order that it is here: shipped as a whole with one invoice on the day it was placed, its
/// payment about to be booked. `next_id`: gives ids.
Order order_of(const PastOrder& past, const std::function<std::uint64_t()>& next_id);

/// Whether `order` is what `past` became.
bool is_same(const Order& order, const PastOrder& past);

}  // namespace kontor::orders
