#pragma once

#include "services/orders/api.hpp"

namespace kontor::orders {

/// A number that people can read out and that does not tell how many orders there are: eleven
/// digits spread over the order's id, of which the last checks the others (Luhn, ISO/IEC 7812-1).
std::string order_number(OrderId id);

/// The order that a cart becomes.
Order order_of(const carts::Cart& cart, OrderId id, const payments::Payment& payment, Timestamp now);

}  // namespace kontor::orders
