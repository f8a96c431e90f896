#include <algorithm>

#include "services/payments/booking.hpp"

/// How money that arrives is booked.
namespace kontor::payments::books {

namespace {

/// Which of the payments that a text may mean it does mean: the only one, or the only one that this
/// amount settles.
std::optional<Payment> meant(std::vector<Payment> candidates, Money amount) {
    std::erase_if(candidates, [&](const Payment& candidate) {
        return candidate.amount.currency != amount.currency || candidate.method == Method::card;
    });
    if (candidates.size() > 1) {
        std::erase_if(candidates, [&](const Payment& candidate) {
            return candidate.amount - candidate.received != amount;
        });
    }
    return candidates.size() == 1 ? std::optional(std::move(candidates.front())) : std::nullopt;
}

/// Books money to its payment; `from`: where it is until then.
Task<void> settle(Books books, const Payment& before, const Transfer& transfer, Account from,
                  store::Cause cause) {
    auto booking =
        received(before, co_await store::balances(books.transaction, before), transfer.amount);
    for (auto& posting : booking.postings) {
        posting.debit = posting.debit == Account::bank ? from : posting.debit;
    }
    const auto after = co_await store_booking(books, std::move(booking), cause, transfer.transfer);
    co_await store::match_transfer(books.transaction, transfer.transfer, after.id);
    publish(books, after, TransferReceived{after.id, after.order, transfer.amount, after.received});
    if (before.status == Status::awaiting_transfer && after.status != before.status) {
        publish(books, after,
                PaymentAuthorized{after.id, after.order, after.method, after.authorized});
    }
}

}  // namespace

Task<Result<Received>> receive(Books books, const ReceiveTransfer& wanted) {
    const auto id = books.ids.make<TransferId>();
    if (!co_await store::add_transfer(books.transaction, id, wanted, books.now)) {
        auto known = (co_await store::find_transfer(books.transaction, wanted.transfer)).value();
        if (known.amount != wanted.amount) {
            co_return refuse(refused::key_reused, "transfer {}: was {} before", wanted.transfer,
                             to_text(known.amount));
        }
        co_return Received{std::move(known), false};
    }
    Received received{
        {id, wanted.transfer, wanted.reference, wanted.amount, {}, wanted.payer, books.now}};
    auto candidates =
        co_await store::find_referred(books.transaction, possible_references(wanted.reference));
    if (const auto payment = meant(std::move(candidates), wanted.amount)) {
        co_await settle(books, *payment, received.transfer, Account::bank, store::Cause::transfer);
        received.transfer.order = payment->order;
    } else {
        store::post(books.transaction, books.ids, std::nullopt,
                    {{Account::bank, Account::unmatched, wanted.amount}}, store::Cause::transfer,
                    wanted.transfer, books.now);
    }
    co_return received;
}

Task<Result<Transfer>> assign(Books books, Payment payment, Transfer transfer) {
    if (transfer.order == payment.order) {
        co_return transfer;
    }
    if (transfer.order) {
        co_return refuse(refused::assigned_already, "transfer {}: pays order {}",
                         to_text(transfer.id), *transfer.order);
    }
    if (transfer.amount.currency != payment.amount.currency || payment.method == Method::card) {
        co_return refuse(refusals::invalid, "transfer {}: is {}, order {} is to be paid {} by {}",
                         to_text(transfer.id), to_text(transfer.amount), payment.order,
                         to_text(payment.amount), describe::enum_text(payment.method));
    }
    co_await settle(books, payment, transfer, Account::unmatched, store::Cause::match);
    transfer.order = payment.order;
    co_return transfer;
}

}  // namespace kontor::payments::books
