#pragma once

#include "services/orders/life.hpp"
#include "services/orders/rules.hpp"
#include "support/sample_address.hpp"

namespace kontor::orders {

inline constexpr Currency eur{"EUR"};

inline Money euros(std::int64_t cents) {
    return {cents, eur};
}

using carts::sample_address;

inline carts::Line sample_line(std::uint64_t id, std::string sku, Quantity quantity,
                               std::int64_t unit_price, std::int32_t tax_rate = 1900) {
    return {.id = {id},
            .sku = std::move(sku),
            .product = {1},
            .slug = "drill",
            .name = "Drill",
            .picture = std::nullopt,
            .quantity = quantity,
            .unit = units::piece,
            .unit_price = euros(unit_price),
            .total = multiply(euros(unit_price), quantity, Rounding::half_up),
            .tax_rate = {tax_rate}};
}

/// Five drills at 19.99 and 2.45 m of cable at 1.49, gross, paid by invoice: 103.60 in all.
inline Order sample_order(payments::Method method = payments::Method::invoice) {
    carts::Cart cart{.id = {7},
                     .market = "de",
                     .lines = {sample_line(1, "DRILL", Quantity::of(5), 1999),
                               sample_line(2, "CABLE", {2450}, 149)},
                     .total = {.net = euros(8706),
                               .gross = euros(10'360),
                               .taxes = {{{1900}, euros(8706), euros(1654)}}},
                     .addresses = carts::Addresses{sample_address(), {}},
                     .delivery = carts::Delivery{},
                     .payment = carts::PaymentChoice{method},
                     .order = std::nullopt,
                     .token = std::nullopt};
    return order_of(cart, {1'000});
}

}  // namespace kontor::orders
