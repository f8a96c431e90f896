#include "services/orders/rules.hpp"

#include <algorithm>
#include <cctype>

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

/// What is missing before the cart can become an order, in words; empty: nothing.
std::string missing_for_order(const carts::Cart& cart) {
    std::string missing;
    const auto need = [&](bool there, std::string_view what) {
        if (!there) {
            missing += (missing.empty() ? "" : ", ") + std::string(what);
        }
    };
    need(!cart.lines.empty(), "lines");
    need(cart.addresses.has_value(), "addresses");
    need(cart.delivery.has_value(), "delivery");
    need(cart.payment.has_value(), "payment");
    return missing;
}

}  // namespace

std::string order_number(OrderId id) {
    auto digits = fmt::format("{:010}", scattered(id.value) % 10'000'000'000);
    digits.push_back(luhn_digit(digits));
    return digits.insert(7, "-").insert(3, "-");
}

std::string invoice_number(std::string_view market, std::int64_t year, std::int64_t sequence) {
    std::string capitals(market);
    std::ranges::transform(capitals, capitals.begin(), [](unsigned char letter) {
        return static_cast<char>(std::toupper(letter));
    });
    return fmt::format("{}-{}-{:06}", capitals, year, sequence);
}

std::string reservation_of(const carts::Cart& cart) {
    return fmt::format("{}.{}", to_text(order_id_of(cart.id)), cart.version);
}

Order order_of(const carts::Cart& cart, Timestamp now) {
    const auto id = order_id_of(cart.id);
    const auto method = cart.payment->method;
    // What costs nothing waits for no money.
    const auto status = cart.total.gross.minor_units == 0 ? payments::Status::authorized
                                                          : payments::status_when_opened(method);
    const Money none{0, cart.total.gross.currency};
    auto number = order_number(id);
    return {.id = id,
            .number = number,
            .version = 1,
            .status = status == payments::Status::awaiting_transfer ? OrderStatus::awaiting_payment
                                                                    : OrderStatus::placed,
            .market = cart.market,
            .cart = cart.id,
            .lines = cart.lines,
            .total = cart.total,
            .addresses = *cart.addresses,
            .delivery = *cart.delivery,
            .payment = {method, status, number, none, none, none, std::nullopt},
            .placed_at = now,
            .shipments = {},
            .invoices = {},
            .cancellations = {},
            .returns = {},
            .refunds = {},
            .exchanges = {},
            .timeline = {{now, Happening::placed, Actor::shopper, std::nullopt, cart.total.gross}}};
}

std::optional<Refusal> placing_fault(const carts::Cart& cart, std::uint64_t version_seen) {
    if (cart.version != version_seen) {
        auto changed = refusal(refused::cart_changed,
                               "cart_version {}: the cart's version is {}; show it again",
                               version_seen, cart.version);
        changed.state = to_json(cart);
        return changed;
    }
    if (const auto missing = missing_for_order(cart); !missing.empty()) {
        return refusal(refused::cart_incomplete, "the cart {} has no {} yet", to_text(cart.id),
                       missing);
    }
    return std::nullopt;
}

std::optional<Refusal> price_fault(const carts::Cart& cart, const pricing::QuoteList& quotes,
                                   const discovery::OfferList& offers) {
    if (cart.prices != offers.prices || cart.tax_rounding != offers.tax_rounding) {
        return refusal(refused::price_changed,
                       "taxes are shown or rounded otherwise in market {} now: start another cart",
                       cart.market.view());
    }
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < cart.lines.size(); ++i) {
        const auto& line = cart.lines[i];
        const auto& quote = quotes.items[i];
        const auto& offer = offers.items[i].offer;
        if (!quote || !offer) {
            errors.push_back(
                {fmt::format("/lines/{}", i), fmt::format("{} is not sold any more", line.sku)});
        } else if (quote->price != line.unit_price) {
            errors.push_back({fmt::format("/lines/{}/unit_price", i),
                              fmt::format("{} was {} and is {}", line.sku, to_text(line.unit_price),
                                          to_text(quote->price))});
        } else if (offer->tax_rate != line.tax_rate) {
            errors.push_back(
                {fmt::format("/lines/{}/tax_rate", i),
                 fmt::format("the tax of {} was {} % and is {} %", line.sku,
                             percent_text(line.tax_rate), percent_text(offer->tax_rate))});
        }
    }
    if (errors.empty()) {
        return std::nullopt;
    }
    auto fault = refusal(refused::price_changed, "{}", errors.front().message);
    fault.errors = std::move(errors);
    return fault;
}

}  // namespace kontor::orders
