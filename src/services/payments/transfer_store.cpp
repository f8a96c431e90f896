#include "services/payments/transfer_store.hpp"

#include "platform/sql/values.hpp"

namespace kontor::payments::store {

namespace {

constexpr sql::Statement add_one{"payments.add_transfer", R"sql(
    INSERT INTO transfers (id, key, amount, currency, reference, payer, received_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (key) DO NOTHING
)sql"};

constexpr sql::Statement find_by_key{"payments.find_transfer", R"sql(
    SELECT t.id, t.key, t.reference, t.amount, t.currency, t.payer, p.order_id, t.received_at
      FROM transfers t
      LEFT JOIN payments p ON p.id = t.payment
     WHERE t.key = $1
)sql"};

constexpr sql::Statement lock_one{"payments.lock_transfer", R"sql(
    SELECT id FROM transfers WHERE id = $1
    {{for_update}}
)sql"};

constexpr sql::Statement find_by_id{"payments.find_transfer_by_id", R"sql(
    SELECT t.id, t.key, t.reference, t.amount, t.currency, t.payer, p.order_id, t.received_at
      FROM transfers t
      LEFT JOIN payments p ON p.id = t.payment
     WHERE t.id = $1
)sql"};

constexpr sql::Statement match_one{"payments.match_transfer", R"sql(
    UPDATE transfers
       SET payment = $2
     WHERE key = $1
)sql"};

constexpr sql::Statement list_all{"payments.transfers", R"sql(
    SELECT t.id, t.key, t.reference, t.amount, t.currency, t.payer, p.order_id, t.received_at
      FROM transfers t
      LEFT JOIN payments p ON p.id = t.payment
     WHERE t.id > $1
     ORDER BY t.id
     LIMIT $2
)sql"};

constexpr sql::Statement list_unmatched{"payments.unmatched_transfers", R"sql(
    SELECT id, key, reference, amount, currency, payer, CAST(NULL AS TEXT) AS order_id, received_at
      FROM transfers
     WHERE payment IS NULL
       AND id > $1
     ORDER BY id
     LIMIT $2
)sql"};

struct Row {
    TransferId id;
    std::string key;
    std::string reference;
    std::int64_t amount = 0;
    Currency currency;
    std::string payer;
    std::optional<std::string> order_id;
    Timestamp received_at;
    static constexpr auto describe() {
        return described<Row>("A row of transfers with its payment's order.", field<&Row::id>(""),
                              field<&Row::key>(""), field<&Row::reference>(""),
                              field<&Row::amount>(""), field<&Row::currency>(""),
                              field<&Row::payer>(""), field<&Row::order_id>(""),
                              field<&Row::received_at>(""));
    }
};

Transfer transfer_of(Row row) {
    return {.id = row.id,
            .transfer = std::move(row.key),
            .reference = std::move(row.reference),
            .amount = {row.amount, row.currency},
            .order = std::move(row.order_id),
            .payer = row.payer.empty() ? std::nullopt : std::optional(std::move(row.payer)),
            .received_at = row.received_at};
}

std::optional<Transfer> transfer_of(std::optional<Row> row) {
    return row ? std::optional(transfer_of(*std::move(row))) : std::nullopt;
}

std::vector<Transfer> transfers_of(std::vector<Row> rows) {
    std::vector<Transfer> all;
    for (auto& row : rows) {
        all.push_back(transfer_of(std::move(row)));
    }
    return all;
}

}  // namespace

Task<bool> add_transfer(sql::Transaction& transaction, TransferId id,
                        const ReceiveTransfer& transfer, Timestamp now) {
    const auto added = co_await transaction.execute(
        add_one, id, transfer.transfer, transfer.amount.minor_units, transfer.amount.currency,
        transfer.reference, transfer.payer.value_or(""), now);
    co_return added == 1;
}

Task<std::optional<Transfer>> find_transfer(sql::Transaction& transaction, std::string_view key) {
    co_return transfer_of(co_await transaction.row<Row>(find_by_key, key));
}

Task<std::optional<Transfer>> find_transfer(sql::Transaction& transaction, TransferId id) {
    co_await transaction.row<TransferId>(lock_one, id);
    co_return transfer_of(co_await transaction.row<Row>(find_by_id, id));
}

Task<void> match_transfer(sql::Transaction& transaction, std::string_view key, PaymentId payment) {
    co_await transaction.execute(match_one, key, payment);
}

Task<std::vector<Transfer>> transfers(sql::Transaction& transaction, TransferId after,
                                      std::int64_t limit) {
    co_return transfers_of(co_await transaction.rows<Row>(list_all, after, limit));
}

Task<std::vector<Transfer>> unmatched_transfers(sql::Transaction& transaction, TransferId after,
                                                std::int64_t limit) {
    co_return transfers_of(co_await transaction.rows<Row>(list_unmatched, after, limit));
}

}  // namespace kontor::payments::store
