#include "services/payments/operation_store.hpp"

namespace kontor::payments::store {

namespace {

constexpr sql::Statement add_one{"payments.add_operation", R"sql(
    INSERT INTO operations (id, payment, kind, key, amount, reason, status, due_at, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

constexpr sql::Statement find_by_key{"payments.find_operation", R"sql(
    SELECT id, payment, kind, key, amount, reason, status, failure, provider_id, attempts, due_at,
           recorded_at
      FROM operations
     WHERE payment = $1
       AND kind = $2
       AND key = $3
)sql"};

constexpr sql::Statement find_by_id{"payments.find_operation_by_id", R"sql(
    SELECT id, payment, kind, key, amount, reason, status, failure, provider_id, attempts, due_at,
           recorded_at
      FROM operations
     WHERE id = $1
)sql"};

constexpr sql::Statement find_next{"payments.next_operation", R"sql(
    SELECT id, payment, kind, key, amount, reason, status, failure, provider_id, attempts, due_at,
           recorded_at
      FROM operations
     WHERE payment = $1
       AND status = 'recorded'
     ORDER BY id
     LIMIT 1
)sql"};

constexpr sql::Statement find_unfinished{"payments.unfinished_operations", R"sql(
    SELECT id, payment, kind, key, amount, reason, status, failure, provider_id, attempts, due_at,
           recorded_at
      FROM operations
     WHERE status = 'recorded'
     ORDER BY id
     LIMIT $1
)sql"};

constexpr sql::Statement save_one{"payments.save_operation", R"sql(
    UPDATE operations
       SET status = $2,
           failure = $3,
           provider_id = $4,
           attempts = $5,
           due_at = $6,
           recorded_at = $7
     WHERE id = $1
)sql"};

constexpr sql::Statement sum_pending{"payments.pending", R"sql(
    SELECT CAST(COALESCE(SUM(CASE WHEN kind = 'capture' THEN amount ELSE 0 END), 0) AS BIGINT),
           CAST(COALESCE(SUM(CASE WHEN kind = 'refund' THEN amount ELSE 0 END), 0) AS BIGINT),
           CAST(COALESCE(SUM(CASE WHEN kind = 'cancel' THEN 1 ELSE 0 END), 0) AS BIGINT)
      FROM operations
     WHERE payment = $1
       AND status = 'recorded'
)sql"};

constexpr sql::Statement read_remote{"payments.remote", R"sql(
    SELECT intent, return_url FROM payments WHERE id = $1
)sql"};

constexpr sql::Statement write_intent{"payments.set_intent", R"sql(
    UPDATE payments SET intent = $2 WHERE id = $1
)sql"};

constexpr sql::Statement find_by_intent{"payments.of_intent", R"sql(
    SELECT id FROM payments WHERE intent = $1
)sql"};

constexpr sql::Statement write_look{"payments.set_look", R"sql(
    UPDATE payments SET look_at = $2 WHERE id = $1
)sql"};

constexpr sql::Statement find_due{"payments.due", R"sql(
    SELECT payment
      FROM (SELECT payment, due_at
              FROM operations
             WHERE due_at <= $1
             UNION ALL
            SELECT id AS payment, look_at AS due_at
              FROM payments
             WHERE look_at <= $1) asked
     GROUP BY payment
     ORDER BY MIN(due_at)
     LIMIT $2
)sql"};

constexpr sql::Statement add_one_notice{"payments.add_notice", R"sql(
    INSERT INTO notices (id, type, received_at)
    VALUES ($1, $2, $3)
    ON CONFLICT (id) DO NOTHING
)sql"};

}  // namespace

Task<void> add_operation(sql::Transaction& transaction, const Operation& operation) {
    co_await transaction.execute(add_one, operation.id, operation.payment, operation.kind,
                                 operation.key, operation.amount, operation.reason,
                                 operation.status, operation.due_at, operation.recorded_at);
}

Task<std::optional<Operation>> find_operation(sql::Transaction& transaction, PaymentId payment,
                                              Kind kind, std::string_view key) {
    return transaction.row<Operation>(find_by_key, payment, kind, key);
}

Task<std::optional<Operation>> find_operation(sql::Transaction& transaction, OperationId id) {
    return transaction.row<Operation>(find_by_id, id);
}

Task<std::optional<Operation>> next_operation(sql::Transaction& transaction, PaymentId payment) {
    return transaction.row<Operation>(find_next, payment);
}

Task<void> save_operation(sql::Transaction& transaction, const Operation& operation) {
    co_await transaction.execute(save_one, operation.id, operation.status, operation.failure,
                                 operation.provider_id, operation.attempts, operation.due_at,
                                 operation.recorded_at);
}

Task<Pending> pending(sql::Transaction& transaction, const Payment& payment) {
    using Sums = std::tuple<std::int64_t, std::int64_t, std::int64_t>;
    const auto sums = (co_await transaction.row<Sums>(sum_pending, payment.id)).value();
    const auto currency = payment.amount.currency;
    co_return Pending{
        {std::get<0>(sums), currency}, {std::get<1>(sums), currency}, std::get<2>(sums) > 0};
}

Task<std::vector<Operation>> unfinished(sql::Transaction& transaction, std::int64_t limit) {
    return transaction.rows<Operation>(find_unfinished, limit);
}

Task<Remote> remote(sql::Transaction& transaction, PaymentId payment) {
    co_return (co_await transaction.row<Remote>(read_remote, payment)).value();
}

Task<void> set_intent(sql::Transaction& transaction, PaymentId payment, std::string_view intent) {
    co_await transaction.execute(write_intent, payment, intent);
}

Task<std::optional<PaymentId>> payment_of_intent(sql::Transaction& transaction,
                                                 std::string_view intent) {
    return transaction.row<PaymentId>(find_by_intent, intent);
}

Task<void> set_look(sql::Transaction& transaction, PaymentId payment, std::optional<Timestamp> at) {
    co_await transaction.execute(write_look, payment, at);
}

Task<std::vector<PaymentId>> due(sql::Transaction& transaction, Timestamp now, std::int64_t limit) {
    return transaction.rows<PaymentId>(find_due, now, limit);
}

Task<bool> add_notice(sql::Transaction& transaction, std::string_view id, std::string_view type,
                      Timestamp now) {
    co_return co_await transaction.execute(add_one_notice, id, type, now) == 1;
}

}  // namespace kontor::payments::store
