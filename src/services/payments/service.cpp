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

/// The order's payment, locked.
Task<Result<Payment>> of_order(books::Books books, std::string_view order) {
    co_return existing(co_await store::find(books.transaction, order), order);
}

/// Takes a notice down, once; the payment that is to be looked at.
Task<Result<std::optional<PaymentId>>> noted(books::Books books, const Notice& notice) {
    auto payment = co_await store::payment_of_intent(books.transaction, notice.intent);
    if (!payment && notice.payment && co_await store::read(books.transaction, *notice.payment)) {
        payment = notice.payment;  // the answer that named its intent was lost
    }
    if (!co_await store::add_notice(books.transaction, notice.id, notice.type, books.now)) {
        co_return std::nullopt;
    }
    if (payment) {
        co_await store::set_look(books.transaction, *payment, books.now);
    }
    co_return payment;
}

OpenOperation shown(const Payment& payment, store::Operation operation) {
    return {.id = operation.id,
            .order = payment.order,
            .kind = std::string(describe::enum_text(operation.kind)),
            .key = std::move(operation.key),
            .amount = {operation.amount, payment.amount.currency},
            .attempts = operation.attempts,
            .failure = std::move(operation.failure),
            .due_at = operation.due_at,
            .recorded_at = operation.recorded_at};
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

LocalPayments::LocalPayments(const Host& host, Provider* provider) : host_(host) {
    if (provider != nullptr) {
        clearing_.emplace(host_, *provider);
    }
}

Task<Result<Payment>> LocalPayments::finished(Context context, Result<books::Asked> asked) {
    auto [payment, operation] = TRY(std::move(asked));
    if (!operation || !clearing_) {
        co_return payment;
    }
    co_return co_await clearing_->perform(std::move(context), payment.id, operation);
}

Task<Result<Payment>> LocalPayments::open(Context context, OpenPayment wanted) {
    if (auto fault = fault_of(wanted.amount)) {
        co_return std::unexpected(*std::move(fault));
    }
    if (wanted.method == Method::card && !clearing_) {
        co_return refuse(refused::method_unavailable,
                         "method card: nobody takes cards; set payments.stripe_secret_key");
    }
    if (wanted.method == Method::card && !wanted.return_url) {
        co_return refuse(refusals::invalid, "return_url: a card payment needs one");
    }
    co_return co_await finished(context,
                                co_await books::in_books(host_, context, [&](books::Books books) {
                                    return books::open(books, wanted);
                                }));
}

Task<Result<Payment>> LocalPayments::payment(Context context, PaymentOf wanted) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<Payment>> {
            co_return existing(co_await store::read(transaction, wanted.order), wanted.order);
        });
}

Task<Result<Payment>> LocalPayments::refresh(Context context, PaymentOf wanted) {
    auto known = TRY(co_await payment(context, wanted));
    if (known.method != Method::card || !clearing_) {
        co_return known;
    }
    co_return co_await clearing_->look(std::move(context), known.id);
}

Task<Result<Payment>> LocalPayments::capture(Context context, CapturePayment wanted) {
    co_return co_await finished(
        context, co_await books::in_books(
                     host_, context, [&](books::Books books) -> Task<Result<books::Asked>> {
                         auto payment = TRY(co_await of_order(books, wanted.order));
                         co_return co_await books::capture(books, std::move(payment), wanted);
                     }));
}

Task<Result<Payment>> LocalPayments::cancel(Context context, CancelPayment wanted) {
    co_return co_await finished(
        context, co_await books::in_books(
                     host_, context, [&](books::Books books) -> Task<Result<books::Asked>> {
                         auto payment = TRY(co_await of_order(books, wanted.order));
                         co_return co_await books::cancel(books, std::move(payment));
                     }));
}

Task<Result<Payment>> LocalPayments::refund(Context context, RefundPayment wanted) {
    co_return co_await finished(
        context, co_await books::in_books(
                     host_, context, [&](books::Books books) -> Task<Result<books::Asked>> {
                         auto payment = TRY(co_await of_order(books, wanted.order));
                         co_return co_await books::refund(books, std::move(payment), wanted);
                     }));
}

/// What the provider tells is a hint that something may have changed, in whatever order and however
/// often it comes: what is true is asked for.
Task<Result<Acknowledgement>> LocalPayments::notify(Context context, Notification told) {
    if (!clearing_) {
        co_return refuse(refusals::not_found, "nobody takes cards here");
    }
    const auto notice =
        TRY(clearing_->provider().notice(told.signature, told.payload, host_.clock.now()));
    const auto payment = TRY(co_await books::in_books(
        host_, context, [&](books::Books books) { return noted(books, notice); }));
    if (payment) {
        // An answer that does not come now is asked for later: it is recorded that it is due.
        (void)co_await clearing_->look(std::move(context), *payment);
    }
    co_return Acknowledgement{};
}

Task<Result<OperationList>> LocalPayments::operations(Context context, ListOperations wanted) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<OperationList>> {
            OperationList list;
            for (auto& operation : co_await store::unfinished(transaction, wanted.limit)) {
                const auto payment = co_await store::read(transaction, operation.payment);
                list.items.push_back(shown(payment.value(), std::move(operation)));
            }
            co_return list;
        });
}

Task<Result<Payment>> LocalPayments::resolve(Context context, ResolveOperation wanted) {
    co_return co_await finished(context,
                                co_await books::in_books(host_, context, [&](books::Books books) {
                                    return books::resolve(books, wanted);
                                }));
}

Task<Result<MethodList>> LocalPayments::methods(Context, ListMethods) {
    MethodList list{{Method::invoice, Method::prepayment}};
    if (clearing_) {
        list.items.push_back(Method::card);
    }
    co_return list;
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
    const auto asked = co_await books::in_books(
        host_, context, [&](books::Books books) -> Task<Result<books::Asked>> {
            auto payment = (co_await store::find(books.transaction, id)).value();
            if (!payment.expires_at || *payment.expires_at > now) {
                co_return books::Asked{std::move(payment)};
            }
            co_return co_await books::expire(books, std::move(payment));
        });
    co_return (co_await finished(context, asked)).has_value();
}

Task<void> LocalPayments::clear_due() {
    if (clearing_) {
        co_await clearing_->once();
    }
}

}  // namespace kontor::payments
