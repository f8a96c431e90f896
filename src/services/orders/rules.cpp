#include "services/orders/rules.hpp"

namespace kontor::orders {

namespace {

/// The digit that makes the Luhn sum of `digits` and itself a multiple of ten.
char luhn_digit(std::string_view digits) {
    int sum = 0;
    bool doubled = true;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, doubled = !doubled) {
        const int value = (*digit - '0') * (doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

/// A bijection of 64 bits that scatters neighbours (splitmix64's finaliser).
std::uint64_t scattered(std::uint64_t value) {
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
    value = (value ^ value >> 27) * 0x94d049bb133111eb;
    return value ^ value >> 31;
}

}  // namespace

std::string order_number(OrderId id) {
    auto digits = fmt::format("{:010}", scattered(id.value) % 10'000'000'000);
    digits.push_back(luhn_digit(digits));
    return digits.insert(7, "-").insert(3, "-");
}

Order order_of(const carts::Cart& cart, OrderId id, const payments::Payment& payment,
               Timestamp now) {
    return {.id = id,
            .number = payment.reference,
            .version = 1,
            .status = payment.status == payments::Status::awaiting_transfer
                          ? OrderStatus::awaiting_payment
                          : OrderStatus::placed,
            .market = cart.market,
            .cart = cart.id,
            .lines = cart.lines,
            .total = cart.total,
            .addresses = *cart.addresses,
            .delivery = *cart.delivery,
            .payment = {payment.method, payment.status, payment.reference},
            .placed_at = now};
}

}  // namespace kontor::orders
