#pragma once

#include "services/discovery/api.hpp"
#include "services/orders/api.hpp"
#include "services/pricing/api.hpp"

namespace kontor::orders {

/// A number that people can read out and that does not tell how many orders there are: eleven
/// digits spread over the order's id, of which the last checks the others (Luhn, ISO/IEC 7812-1).
std::string order_number(OrderId id);

/// `DE-2026-000123`: in German law a serial number that is given once (section 14 (4) no. 4 UStG).
std::string invoice_number(std::string_view market, std::int64_t year, std::int64_t sequence);

/// The id of the order that a cart becomes: one for each cart, so that however often and from
/// wherever it is placed, all attempts speak of the same order.
constexpr OrderId order_id_of(carts::CartId cart) {
    return {cart.value};
}

/// What the stock of a cart is first held under; another version of it is held anew.
std::string reservation_of(const carts::Cart& cart);

/// The order that a cart becomes, which must have everything an order needs.
Order order_of(const carts::Cart& cart, Timestamp now);

/// Why the cart cannot become an order as the shopper saw it, or nothing.
std::optional<Refusal> placing_fault(const carts::Cart& cart, std::uint64_t version_seen);

/// Why the prices or taxes of the cart do not hold any more, or nothing. `quotes` and `offers`: one
/// for each line; prices are compared with the quotes, which come from records, taxes with the
/// offers.
std::optional<Refusal> price_fault(const carts::Cart& cart, const pricing::QuoteList& quotes,
                                   const discovery::OfferList& offers);

}  // namespace kontor::orders
