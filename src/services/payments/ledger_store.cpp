#include "services/payments/ledger_store.hpp"

#include "platform/sql/values.hpp"

namespace kontor::payments::store {

namespace {

constexpr sql::Statement add_posting{"payments.add_posting", R"sql(
    INSERT INTO postings (id, payment, cause, reference, debit, credit, amount, currency, posted_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

constexpr sql::Statement read_balances{"payments.balances", R"sql(
    SELECT CAST(COALESCE(SUM(CASE WHEN debit = 'receivable' THEN amount
                                  WHEN credit = 'receivable' THEN -amount
                                  ELSE 0 END), 0) AS BIGINT),
           CAST(COALESCE(SUM(CASE WHEN credit = 'deposits' THEN amount
                                  WHEN debit = 'deposits' THEN -amount
                                  ELSE 0 END), 0) AS BIGINT)
      FROM postings
     WHERE payment = $1
)sql"};

constexpr sql::Statement read_accounts{"payments.account_balances", R"sql(
    SELECT account, currency, CAST(SUM(debit) AS BIGINT) AS debit,
           CAST(SUM(credit) AS BIGINT) AS credit
      FROM (SELECT debit AS account, currency, amount AS debit, 0 AS credit
              FROM postings
             UNION ALL
            SELECT credit AS account, currency, 0 AS debit, amount AS credit
              FROM postings) sides
     GROUP BY account, currency
     ORDER BY currency, account
)sql"};

constexpr sql::Statement read_totals{"payments.totals", R"sql(
    SELECT currency, CAST(SUM(captured) AS BIGINT) AS captured,
           CAST(SUM(refunded) AS BIGINT) AS refunded, CAST(SUM(received) AS BIGINT) AS received
      FROM (SELECT currency, captured, refunded, 0 AS received
              FROM payments
             UNION ALL
            SELECT currency, 0 AS captured, 0 AS refunded, amount AS received
              FROM transfers) parts
     GROUP BY currency
     ORDER BY currency
)sql"};

struct AccountRow {
    Account account = Account::receivable;
    Currency currency;
    std::int64_t debit = 0;
    std::int64_t credit = 0;
    static constexpr auto describe() {
        using R = AccountRow;
        return described<R>("The sums of an account.", field<&R::account>(""),
                            field<&R::currency>(""), field<&R::debit>(""), field<&R::credit>(""));
    }
};

struct TotalsRow {
    Currency currency;
    std::int64_t captured = 0;
    std::int64_t refunded = 0;
    std::int64_t received = 0;
    static constexpr auto describe() {
        using R = TotalsRow;
        return described<R>("The sums of payments and transfers.", field<&R::currency>(""),
                            field<&R::captured>(""), field<&R::refunded>(""),
                            field<&R::received>(""));
    }
};

}  // namespace

void post(sql::Transaction& transaction, IdSource& ids, std::optional<PaymentId> payment,
          const std::vector<Posting>& postings, Cause cause, std::string_view reference,
          Timestamp at) {
    for (const auto& posting : postings) {
        transaction.execute_later(add_posting, ids.next(), payment, cause, reference, posting.debit,
                                  posting.credit, posting.amount.minor_units,
                                  posting.amount.currency, at);
    }
}

Task<Balances> balances(sql::Transaction& transaction, const Payment& payment) {
    using Sums = std::tuple<std::int64_t, std::int64_t>;
    const auto sums = (co_await transaction.row<Sums>(read_balances, payment.id)).value();
    const auto currency = payment.amount.currency;
    co_return Balances{{std::get<0>(sums), currency}, {std::get<1>(sums), currency}};
}

Task<std::vector<AccountBalance>> account_balances(sql::Transaction& transaction) {
    std::vector<AccountBalance> accounts;
    for (const auto& row : co_await transaction.rows<AccountRow>(read_accounts)) {
        accounts.push_back({row.account, {row.debit, row.currency}, {row.credit, row.currency}});
    }
    co_return accounts;
}

Task<std::vector<PaymentTotals>> payment_totals(sql::Transaction& transaction) {
    std::vector<PaymentTotals> totals;
    for (const auto& row : co_await transaction.rows<TotalsRow>(read_totals)) {
        totals.push_back({{row.captured, row.currency},
                          {row.refunded, row.currency},
                          {row.received, row.currency}});
    }
    co_return totals;
}

}  // namespace kontor::payments::store
