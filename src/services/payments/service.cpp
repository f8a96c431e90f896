#include "services/payments/service.hpp"

#include <algorithm>

#include "services/payments/books.hpp"

namespace kontor::payments {

namespace {

// Expired payments that are ended one after another between two looks at what is due.
constexpr std::int64_t expired_at_once = 64;

Result<Payment> existing(std::optional<Payment> payment, std::string_view order) {
    if (!payment) {
        return refuse(refusals::not_found, "order {} has no payment", order);
    }
    return *std::move(payment);
}

std::optional<Refusal> fault_of(Money amount) {
    if (amount.minor_units > 0) {
        return std::nullopt;
    }
    return refusal(refusals::invalid, "amount {}: must be more than 0", to_text(amount));
}

Money of_account(const Ledger& ledger, Account account, Currency currency,
                 Money AccountBalance::* side) {
    const auto found = std::ranges::find_if(ledger.accounts, [&](const AccountBalance& balance) {
        return balance.account == account && balance.debit.currency == currency;
    });
    return found == ledger.accounts.end() ? Money{0, currency} : (*found).*side;
}

bool agrees(const Ledger& ledger) {
    std::map<std::string, std::int64_t> net;
    for (const auto& balance : ledger.accounts) {
        net[to_text(balance.debit.currency)] +=
            balance.debit.minor_units - balance.credit.minor_units;
    }
    const auto totals_agree = [&](const PaymentTotals& totals) {
        const auto currency = totals.captured.currency;
        const auto is = [&](Account account, Money AccountBalance::* side, Money total) {
            return of_account(ledger, account, currency, side) == total;
        };
        return is(Account::sales, &AccountBalance::credit, totals.captured) &&
               is(Account::refunds, &AccountBalance::debit, totals.refunded) &&
               is(Account::bank, &AccountBalance::debit, totals.received);
    };
    return std::ranges::all_of(net, [](const auto& of) { return of.second == 0; }) &&
           std::ranges::all_of(ledger.payments, totals_agree);
}

}  // namespace

Task<Result<Payment>> LocalPayments::open(Context context, OpenPayment wanted) {
    if (auto fault = fault_of(wanted.amount)) {
        co_return std::unexpected(*std::move(fault));
    }
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Payment>> {
            return books::open(
                {transaction, context, host_.outbox, host_.ids, host_.clock.now()}, wanted);
        });
}

Task<Result<Payment>> LocalPayments::payment(Context context, PaymentOf wanted) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<Payment>> {
            co_return existing(co_await store::read(transaction, wanted.order), wanted.order);
        });
}

Task<Result<Payment>> LocalPayments::refresh(Context context, PaymentOf wanted) {
    co_return co_await payment(std::move(context), std::move(wanted));
}

Task<Result<Payment>> LocalPayments::capture(Context context, CapturePayment wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Payment>> {
            auto payment =
                TRY(existing(co_await store::find(transaction, wanted.order), wanted.order));
            co_return co_await books::capture(
                {transaction, context, host_.outbox, host_.ids, host_.clock.now()},
                std::move(payment), wanted);
        });
}

Task<Result<Payment>> LocalPayments::cancel(Context context, CancelPayment wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Payment>> {
            auto payment =
                TRY(existing(co_await store::find(transaction, wanted.order), wanted.order));
            co_return co_await books::cancel(
                {transaction, context, host_.outbox, host_.ids, host_.clock.now()},
                std::move(payment));
        });
}

Task<Result<Payment>> LocalPayments::refund(Context context, RefundPayment wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Payment>> {
            auto payment =
                TRY(existing(co_await store::find(transaction, wanted.order), wanted.order));
            co_return co_await books::refund(
                {transaction, context, host_.outbox, host_.ids, host_.clock.now()},
                std::move(payment), wanted);
        });
}

Task<Result<Transfer>> LocalPayments::receive(Context context, ReceiveTransfer wanted) {
    if (auto fault = fault_of(wanted.amount)) {
        co_return std::unexpected(*std::move(fault));
    }
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Transfer>> {
            const auto now = host_.clock.now();
            if (co_await store::add_transfer(transaction, host_.ids.next(), wanted, now)) {
                co_return co_await books::receive(
                    {transaction, context, host_.outbox, host_.ids, now}, wanted);
            }
            auto known = (co_await store::find_transfer(transaction, wanted.transfer)).value();
            if (known.amount != wanted.amount) {
                co_return refuse(refused::key_reused, "transfer {}: was {} before",
                                 wanted.transfer, to_text(known.amount));
            }
            co_return known;
        });
}

Task<Result<Ledger>> LocalPayments::ledger(Context context, ReadLedger) {
    co_return co_await host_.database.read(
        std::move(context), [](sql::Transaction& transaction) -> Task<Result<Ledger>> {
            Ledger ledger{.accounts = co_await store::account_balances(transaction),
                          .payments = co_await store::payment_totals(transaction)};
            ledger.agrees = agrees(ledger);
            co_return ledger;
        });
}

Task<std::int64_t> LocalPayments::expire_due() {
    const auto now = host_.clock.now();
    std::int64_t ended = 0;
    std::vector<PaymentId> due;
    bool progress = true;
    do {
        due = (co_await host_.database.read(
                   Context{},
                   [now](sql::Transaction& transaction) -> Task<Result<std::vector<PaymentId>>> {
                       co_return co_await store::expired(transaction, now, expired_at_once);
                   }))
                  .value_or(std::vector<PaymentId>{});
        progress = !due.empty();
        for (const auto payment : due) {
            const bool done = co_await expire(payment, now);
            ended += done ? 1 : 0;
            progress = progress && done;  // what cannot be ended now is tried next time
        }
    } while (progress);
    co_return ended;
}

Task<bool> LocalPayments::expire(PaymentId id, Timestamp now) {
    const Context context{.principal = {Principal::Kind::service, 0}};
    const auto done = co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
            auto payment = co_await store::find(transaction, id);
            if (!payment || !payment->expires_at || *payment->expires_at > now) {
                co_return false;
            }
            co_await books::fail({transaction, context, host_.outbox, host_.ids, now},
                                 *std::move(payment), "expired");
            co_return true;
        });
    co_return done.value_or(false);
}

}  // namespace kontor::payments
