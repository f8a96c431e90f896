#include "services/orders/standings.hpp"

#include <algorithm>

#include "services/orders/api.hpp"

namespace kontor::orders {

namespace {

/// `part` of `whole`, rounded half up: of the sums so far, so that what is given out adds up.
Money share(Money amount, Quantity part, Quantity whole) {
    const auto exact = __int128{amount.minor_units} * part.thousandths;
    return {decimal::divide(exact, whole.thousandths, Rounding::half_up), amount.currency};
}

Amounts share(const Amounts& amounts, Quantity part, Quantity whole) {
    return {share(amounts.net, part, whole), share(amounts.gross, part, whole)};
}

Amounts operator-(const Amounts& a, const Amounts& b) {
    return {a.net - b.net, a.gross - b.gross};
}

/// What came back may be worth a cent more than its share where an exchange was lost since: what
/// comes next is worth as much less.
Amounts not_negative(const Amounts& amounts) {
    const Money zero{0, amounts.net.currency};
    return {std::max(amounts.net, zero), std::max(amounts.gross, zero)};
}

/// What is wrong with a request, line by line.
class Faults {
public:
    void add(std::size_t index, std::string message) {
        errors_.push_back({fmt::format("/lines/{}", index), std::move(message)});
    }
    Result<void> none_of(const RefusalKind& kind) && {
        if (errors_.empty()) {
            return {};
        }
        auto refused = refusal(kind, "{}", errors_.front().message);
        refused.errors = std::move(errors_);
        return std::unexpected(std::move(refused));
    }

    /// The line's standing, where it has one and `quantity` is some.
    Standing* check(Standings& standings, std::size_t index, carts::LineId line,
                    Quantity quantity) {
        auto* standing = standings.find(line);
        if (standing == nullptr) {
            add(index, fmt::format("the order has no line {}", to_text(line)));
            return nullptr;
        }
        if (quantity <= Quantity{}) {
            add(index, fmt::format("quantity {} of {}: must be more than 0", to_text(quantity),
                                   standing->sku));
            return nullptr;
        }
        return standing;
    }

private:
    std::vector<FieldError> errors_;
};

/// Other goods went out in place of those of a return.
bool is_replaced(const Order& order, ReturnId id) {
    return std::ranges::any_of(order.exchanges, [&](const Exchange& exchange) {
        return exchange.return_id == id && (exchange.status == ExchangeStatus::dispatched ||
                                            exchange.status == ExchangeStatus::delivered);
    });
}

}  // namespace

std::vector<Amounts> agreed_amounts(const Order& order) {
    const Money zero{0, order.total.gross.currency};
    std::vector<Amounts> amounts(order.lines.size(), {zero, zero});
    for (const auto& tax : order.total.taxes) {
        std::vector<std::size_t> places;
        std::vector<std::int64_t> weights;
        for (std::size_t i = 0; i < order.lines.size(); ++i) {
            if (order.lines[i].tax_rate == tax.rate) {
                places.push_back(i);
                weights.push_back(order.lines[i].total.minor_units);
            }
        }
        const auto gross = allocate(tax.net + tax.amount, weights);
        const auto taxes = allocate(tax.amount, weights);
        for (std::size_t i = 0; i < places.size(); ++i) {
            amounts[places[i]] = {gross[i] - taxes[i], gross[i]};
        }
    }
    return amounts;
}

Standings::Standings(const Order& order) {
    const Money zero{0, order.total.gross.currency};
    const auto agreed = agreed_amounts(order);
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        all_.push_back({.line = order.lines[i].id,
                        .sku = order.lines[i].sku,
                        .ordered = order.lines[i].quantity,
                        .shipped = {},
                        .cancelled = {},
                        .replaced = {},
                        .announced = {},
                        .returned = {},
                        .agreed = agreed[i],
                        .sent = {zero, zero},
                        .came_back = {zero, zero}});
    }
    for (const auto& shipment : order.shipments) {
        for (const auto& part : shipment.lines) {
            auto& standing = *find(part.line);
            standing.shipped += part.quantity;
            standing.sent.net += part.net;
            standing.sent.gross += part.gross;
        }
    }
    for (const auto& cancellation : order.cancellations) {
        for (const auto& part : cancellation.lines) {
            find(part.line)->cancelled += part.quantity;
        }
    }
    for (const auto& returned : order.returns) {
        const bool replaced = is_replaced(order, returned.id);
        for (const auto& [part, condition] : returned.received) {
            auto& standing = *find(part.line);
            standing.returned += part.quantity;
            standing.came_back.net += part.net;
            standing.came_back.gross += part.gross;
            if (replaced) {  // as if shipped once more
                standing.replaced += part.quantity;
                standing.sent.net += part.net;
                standing.sent.gross += part.gross;
            }
        }
        for (const auto& line : returned.announced) {
            if (returned.status == ReturnStatus::registered) {
                find(line.line)->announced += line.quantity;
            }
        }
    }
}

Standing* Standings::find(carts::LineId line) {
    const auto found = std::ranges::find(all_, line, &Standing::line);
    return found == all_.end() ? nullptr : &*found;
}

std::vector<LineQuantity> Standings::left_to_ship() const {
    std::vector<LineQuantity> left;
    for (const auto& standing : all_) {
        if (standing.left_to_ship() > Quantity{}) {
            left.push_back({standing.line, standing.left_to_ship()});
        }
    }
    return left;
}

Result<std::vector<Part>> Standings::ship(std::span<const LineQuantity> wanted) {
    auto parts = TRY_NOW(settle(wanted, &Standing::shipped));
    for (const auto& part : parts) {
        auto& standing = *find(part.line);
        standing.sent.net += part.net;
        standing.sent.gross += part.gross;
    }
    return parts;
}

Result<std::vector<Part>> Standings::cancel(std::span<const LineQuantity> wanted) {
    return settle(wanted, &Standing::cancelled);
}

Result<std::vector<Part>> Standings::settle(std::span<const LineQuantity> wanted,
                                            Quantity Standing::* how) {
    Faults faults;
    std::vector<Part> parts;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& [line, quantity] = wanted[i];
        auto* standing = faults.check(*this, i, line, quantity);
        if (standing == nullptr) {
            continue;
        }
        if (quantity > standing->left_to_ship()) {
            faults.add(i, fmt::format("{} of {}: only {} left to ship; {} ordered, {} shipped, {} "
                                      "cancelled",
                                      to_text(quantity), standing->sku,
                                      to_text(standing->left_to_ship()), to_text(standing->ordered),
                                      to_text(standing->shipped), to_text(standing->cancelled)));
            continue;
        }
        const auto before = standing->shipped + standing->cancelled;
        const auto [net, gross] = share(standing->agreed, before + quantity, standing->ordered) -
                                  share(standing->agreed, before, standing->ordered);
        parts.push_back({line, standing->sku, quantity, net, gross});
        standing->*how += quantity;
    }
    TRY_NOW(std::move(faults).none_of(refused::more_than_left));
    return parts;
}

Result<void> Standings::announce(std::span<const ReturnLine> wanted) {
    Faults faults;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& [line, quantity, reason] = wanted[i];
        auto* standing = faults.check(*this, i, line, quantity);
        if (standing == nullptr) {
            continue;
        }
        if (quantity > standing->left_to_return()) {
            faults.add(i, fmt::format("{} of {}: only {} left to return; {} sent, {} announced, "
                                      "{} returned",
                                      to_text(quantity), standing->sku,
                                      to_text(standing->left_to_return()),
                                      to_text(standing->sent_in_all()),
                                      to_text(standing->announced), to_text(standing->returned)));
            continue;
        }
        standing->announced += quantity;
    }
    return std::move(faults).none_of(refused::more_than_left);
}

Result<std::vector<ReceivedLine>> Standings::take_back(std::span<const InspectedLine> wanted,
                                                       std::span<const AnnouncedLine> announced) {
    Faults faults;
    std::vector<ReceivedLine> received;
    std::vector<AnnouncedLine> to_come(announced.begin(), announced.end());
    const auto take = [&](carts::LineId line, Quantity quantity) {
        for (auto& expected : to_come) {
            const auto some =
                expected.line == line ? std::min(quantity, expected.quantity) : Quantity{};
            expected.quantity -= some;
            quantity -= some;
        }
        return quantity;  // more than announced
    };
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& [line, quantity, condition] = wanted[i];
        auto* standing = faults.check(*this, i, line, quantity);
        if (standing == nullptr) {
            continue;
        }
        if (const auto more = take(line, quantity); more > Quantity{}) {
            faults.add(i, fmt::format("{} of {}: {} more than this return announced",
                                      to_text(quantity), standing->sku, to_text(more)));
            continue;
        }
        const auto after = standing->returned + quantity;
        const auto [net, gross] = not_negative(
            share(standing->sent, after, standing->sent_in_all()) - standing->came_back);
        standing->returned = after;
        standing->came_back.net += net;
        standing->came_back.gross += gross;
        received.push_back({{line, standing->sku, quantity, net, gross}, condition});
    }
    TRY_NOW(std::move(faults).none_of(refused::more_than_left));
    return received;
}

}  // namespace kontor::orders
