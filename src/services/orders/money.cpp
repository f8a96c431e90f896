#include "services/orders/life_parts.hpp"

/// The part of an order's life that is about money.
namespace kontor::orders::life {

namespace {

Money cancelled_gross(const Order& order) {
    Money sum{0, order.total.gross.currency};
    for (const auto& cancellation : order.cancellations) {
        for (const auto& part : cancellation.lines) {
            sum += part.gross;
        }
    }
    return sum;
}

/// Paid: all that the order is still about was captured, and no transfer is owed for it.
void settle_payment(Order& order) {
    auto& payment = order.payment;
    const bool captured = payment.captured >= order.total.gross - cancelled_gross(order);
    const bool by_transfer = payment.method == payments::Method::invoice ||
                             payment.method == payments::Method::prepayment;
    const bool owed = by_transfer && payment.received < payment.captured - payment.refunded;
    const bool open =
        payment.status == payments::Status::authorized || payment.status == payments::Status::paid;
    if (open && payment.captured.minor_units > 0) {
        payment.status = captured && !owed ? payments::Status::paid : payments::Status::authorized;
    }
}

}  // namespace

Money worth(const Order& order, const Return& returned) {
    Money sum{0, order.total.gross.currency};
    for (const auto& line : returned.received) {
        sum += line.part.gross;
    }
    return sum;
}

Money refundable(const Order& order) {
    auto left = order.payment.captured;
    for (const auto& refund : order.refunds) {
        left -= refund.amount;
    }
    return left;
}

Result<Refund> refund(Order& order, const RequestRefund& wanted, RefundId id, Moment now) {
    auto most = refundable(order);
    auto reason = wanted.reason;
    if (wanted.return_id) {
        const auto* returned = TRY_NOW(open_return(order, *wanted.return_id));
        most = std::min(most, worth(order, *returned));
        reason = RefundReason::returned;
    }
    const auto amount = wanted.amount.value_or(most);
    if (amount.currency != most.currency || amount.minor_units <= 0 || amount > most) {
        return refuse(refused::more_than_left,
                      "refund of {}: must be more than 0 and at most {}, of {} captured and {} "
                      "paid back or about to be",
                      to_text(amount), to_text(most), to_text(order.payment.captured),
                      to_text(order.payment.captured - refundable(order)));
    }
    Refund refund{.id = id,
                  .status = RefundStatus::requested,
                  .amount = amount,
                  .reason = reason,
                  .return_id = wanted.return_id,
                  .requested_at = now.at,
                  .issued_at = std::nullopt};
    order.refunds.push_back(refund);
    tell(order, now, Happening::refund_requested, to_text(id), amount);
    return refund;
}

bool note_authorized(Order& order, Money amount, Timestamp at) {
    using enum payments::Status;
    auto& status = order.payment.status;
    if (status == authorized || status == paid) {
        return false;
    }
    status = authorized;
    tell(order, {at}, Happening::payment_authorized, std::nullopt, amount);
    order.status = status_of(order);
    return true;
}

void note_captured(Order& order, std::string capture, Money amount, Money in_all, Timestamp at) {
    order.payment.captured = std::max(order.payment.captured, in_all);
    settle_payment(order);
    tell(order, {at}, Happening::payment_captured, std::move(capture), amount);
}

void note_received(Order& order, Money amount, Money in_all, Timestamp at) {
    order.payment.received = std::max(order.payment.received, in_all);
    settle_payment(order);
    tell(order, {at}, Happening::transfer_received, std::nullopt, amount);
}

void note_failed(Order& order, std::string reason, Timestamp at) {
    order.payment.status = payments::Status::failed;
    tell(order, {at}, Happening::payment_failed, std::move(reason), order.total.gross);
}

void note_cancelled(Order& order, Timestamp at) {
    if (order.payment.captured.minor_units == 0) {
        order.payment.status = payments::Status::cancelled;
    }
    settle_payment(order);
    tell(order, {at}, Happening::payment_cancelled, std::nullopt,
         order.total.gross - order.payment.captured);
}

void note_refunded(Order& order, std::string refund, Money amount, Money in_all, Timestamp at) {
    order.payment.refunded = std::max(order.payment.refunded, in_all);
    for (auto& known : order.refunds) {
        if (to_text(known.id) == refund) {
            known.status = RefundStatus::issued;
            known.issued_at = at;
        }
    }
    settle_payment(order);
    tell(order, {at}, Happening::refund_issued, std::move(refund), amount);
}

}  // namespace kontor::orders::life
