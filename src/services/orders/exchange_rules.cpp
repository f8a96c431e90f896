#include "services/orders/life_parts.hpp"
#include "services/orders/standings.hpp"

/// The part of an order's life that is about exchanges.
namespace kontor::orders::life {

namespace {

bool came_to_nothing(const Exchange& exchange) {
    return exchange.status == ExchangeStatus::lost || exchange.status == ExchangeStatus::cancelled;
}

Happening happening_of(ExchangeStatus status) {
    switch (status) {
        case ExchangeStatus::dispatched:
            return Happening::exchange_dispatched;
        case ExchangeStatus::delivered:
            return Happening::exchange_delivered;
        case ExchangeStatus::lost:
            return Happening::exchange_lost;
        case ExchangeStatus::cancelled:
            return Happening::exchange_cancelled;
        case ExchangeStatus::agreed:
            break;
    }
    return Happening::exchange_agreed;
}

/// What came back, line by line, whatever its condition.
std::vector<ExchangedLine> replaced_by(const Return& returned) {
    std::vector<ExchangedLine> lines;
    for (const auto& [part, condition] : returned.received) {
        const auto known = std::ranges::find(lines, part.line, &ExchangedLine::line);
        if (known == lines.end()) {
            lines.push_back({part.line, part.sku, part.quantity});
        } else {
            known->quantity += part.quantity;
        }
    }
    return lines;
}

/// More came back of a line, or is to, than went out.
bool more_back_than_sent(const Order& order) {
    return std::ranges::any_of(Standings(order).all(), [](const Standing& line) {
        return line.left_to_return() < Quantity{};
    });
}

}  // namespace

bool may_follow(ExchangeStatus from, ExchangeStatus to) {
    using enum ExchangeStatus;
    return (from == agreed && (to == dispatched || to == cancelled)) ||
           (from == dispatched && (to == delivered || to == lost));
}

Result<const Return*> open_return(const Order& order, ReturnId id) {
    const auto* returned = TRY_NOW(find_in(order.returns, id, "return"));
    if (returned->status != ReturnStatus::received) {
        return refuse(refused::not_now,
                      "return {} is {}: it is paid back or exchanged once it was received",
                      to_text(id), describe::enum_text(returned->status));
    }
    if (std::ranges::find(order.refunds, id, &Refund::return_id) != order.refunds.end()) {
        return refuse(refused::not_now, "return {} was paid back already", to_text(id));
    }
    for (const auto& exchange : order.exchanges) {
        if (exchange.return_id == id && !came_to_nothing(exchange)) {
            return refuse(refused::not_now, "return {} was exchanged already: {} is {}",
                          to_text(id), to_text(exchange.id), describe::enum_text(exchange.status));
        }
    }
    return returned;
}

Result<Exchange> exchange(Order& order, const AgreeExchange& wanted, ExchangeId id, Moment now) {
    const auto* returned = TRY_NOW(open_return(order, wanted.return_id));
    Exchange agreed{.id = id,
                    .status = ExchangeStatus::agreed,
                    .return_id = wanted.return_id,
                    .lines = replaced_by(*returned),
                    .carrier = std::nullopt,
                    .tracking = std::nullopt,
                    .agreed_at = now.at,
                    .dispatched_at = std::nullopt};
    order.exchanges.push_back(agreed);
    tell(order, now, Happening::exchange_agreed, to_text(id));
    return agreed;
}

Result<Exchange> change(Order& order, const ChangeExchange& wanted, Moment now) {
    auto& exchange = *TRY_NOW(find_in(order.exchanges, wanted.exchange, "exchange"));
    const auto before = exchange.status;
    TRY_NOW(move_on(exchange, wanted.status));
    if (more_back_than_sent(order)) {
        exchange.status = before;
        return refuse(refused::not_now, "{} cannot be lost: its goods came back, or are to",
                      to_text(exchange.id));
    }
    if (wanted.status == ExchangeStatus::dispatched) {
        exchange.carrier = wanted.carrier;
        exchange.tracking = wanted.tracking;
        exchange.dispatched_at = now.at;
    }
    tell(order, now, happening_of(wanted.status), to_text(exchange.id));
    return exchange;
}

std::string reservation_of(const Order& order, const Exchange& exchange) {
    int place = 0;
    for (const auto& known : order.exchanges) {
        place += known.return_id == exchange.return_id ? 1 : 0;
        if (known.id == exchange.id) {
            break;
        }
    }
    return fmt::format("{}.exchange-{}", to_text(exchange.return_id), place);
}

}  // namespace kontor::orders::life
