#include "platform/async/loop.hpp"
#include "platform/async/worker.hpp"
#include "services/payments/camt/statement.hpp"
#include "services/payments/service.hpp"

/// What LocalPayments does about money that arrives at the bank.
namespace kontor::payments {

namespace {

// Credits of one statement that share a transaction: an SQLite write may take 10 s at most.
constexpr std::size_t credits_at_once = 100;

using Credits = std::vector<ReceiveTransfer>;

Credits credits_of(std::vector<camt::Statement> statements) {
    Credits all;
    for (auto& statement : statements) {
        for (auto& credit : statement.credits) {
            all.push_back({.transfer = std::move(credit.key),
                           .reference = std::move(credit.text),
                           .amount = credit.amount,
                           .payer = std::move(credit.payer)});
        }
    }
    return all;
}

/// Books some credits, and counts what became of them.
Task<Result<bool>> book(books::Books books, std::span<const ReceiveTransfer> credits,
                        StatementOutcome& outcome) {
    auto counts = outcome;
    for (const auto& credit : credits) {
        const auto received = TRY(co_await books::receive(books, credit));
        ++(!received.is_new          ? counts.repeated
           : received.transfer.order ? counts.matched
                                     : counts.unmatched);
    }
    outcome = std::move(counts);
    co_return true;
}

}  // namespace

Task<Result<Transfer>> LocalPayments::receive(Context context, ReceiveTransfer wanted) {
    if (wanted.amount.minor_units <= 0) {
        co_return refuse(refusals::invalid, "amount {}: must be more than 0",
                         to_text(wanted.amount));
    }
    auto received = TRY(co_await books::in_books(
        host_, context, [&](books::Books books) { return books::receive(books, wanted); }));
    co_return std::move(received.transfer);
}

Task<Result<StatementOutcome>> LocalPayments::put_statement(Context context, PutStatement wanted) {
    Worker reading{"statements"};
    auto statements =
        TRY(co_await reading.run([&] { return camt::read_statements(wanted.document); }));
    StatementOutcome outcome;
    for (const auto& statement : statements) {
        outcome.statements.push_back(statement.id);
        outcome.skipped += statement.skipped;
    }
    const auto credits = credits_of(std::move(statements));
    for (std::size_t from = 0; from < credits.size(); from += credits_at_once) {
        const auto some = std::span(credits).subspan(from).first(
            std::min(credits_at_once, credits.size() - from));
        // A body may run again: it counts from where it began.
        const auto before = outcome;
        TRY(co_await books::in_books(host_, context, [&](books::Books books) {
            outcome = before;
            return book(books, some, outcome);
        }));
    }
    co_return outcome;
}

Task<Result<TransferList>> LocalPayments::transfers(Context context, ListTransfers wanted) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<TransferList>> {
            const auto after = wanted.after.value_or(TransferId{});
            TransferList list;
            list.items =
                wanted.unmatched
                    ? co_await store::unmatched_transfers(transaction, after, wanted.limit + 1)
                    : co_await store::transfers(transaction, after, wanted.limit + 1);
            if (std::ssize(list.items) > wanted.limit) {
                list.items.pop_back();
                list.next = list.items.back().id;
            }
            co_return list;
        });
}

Task<Result<Transfer>> LocalPayments::assign(Context context, AssignTransfer wanted) {
    co_return co_await books::in_books(
        host_, context, [&](books::Books books) -> Task<Result<Transfer>> {
            auto transfer = co_await store::find_transfer(books.transaction, wanted.transfer);
            auto payment = co_await store::find(books.transaction, wanted.order);
            if (!transfer || !payment) {
                co_return refuse(refusals::not_found, "there is no {} {}",
                                 transfer ? "payment of order" : "transfer",
                                 transfer ? wanted.order : to_text(wanted.transfer));
            }
            co_return co_await books::assign(books, *std::move(payment), *std::move(transfer));
        });
}

}  // namespace kontor::payments
