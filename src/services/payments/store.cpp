#include "services/payments/store.hpp"

#include "platform/sql/values.hpp"

namespace kontor::payments::store {

namespace {

constexpr sql::Statement find_payment{"payments.find", R"sql(
    SELECT id, order_id, version, method, status, currency, amount, authorized, captured, refunded,
           received, reference, redirect_url, failure, expires_at, created_at
      FROM payments
     WHERE order_id = $1
     ORDER BY id DESC
     LIMIT 1
    {{for_update}}
)sql"};

constexpr sql::Statement read_payment{"payments.read", R"sql(
    SELECT id, order_id, version, method, status, currency, amount, authorized, captured, refunded,
           received, reference, redirect_url, failure, expires_at, created_at
      FROM payments
     WHERE order_id = $1
     ORDER BY id DESC
     LIMIT 1
)sql"};

constexpr sql::Statement read_attempt{"payments.attempt", R"sql(
    SELECT attempt FROM payments WHERE id = $1
)sql"};

constexpr sql::Statement find_by_id{"payments.find_by_id", R"sql(
    SELECT id, order_id, version, method, status, currency, amount, authorized, captured, refunded,
           received, reference, redirect_url, failure, expires_at, created_at
      FROM payments
     WHERE id = $1
    {{for_update}}
)sql"};

constexpr sql::Statement find_by_reference{"payments.find_by_reference", R"sql(
    SELECT MAX(id) AS id
      FROM payments
     WHERE reference_key = $1
     GROUP BY order_id
)sql"};

constexpr sql::Statement find_expired{"payments.find_expired", R"sql(
    SELECT id
      FROM payments
     WHERE (status = 'awaiting_transfer' OR status = 'requires_action')
       AND expires_at <= $1
     ORDER BY expires_at
     LIMIT $2
)sql"};

constexpr sql::Statement add_payment{"payments.add", R"sql(
    INSERT INTO payments (id, order_id, version, method, status, currency, amount, authorized,
                          reference, reference_key, attempt, return_url, expires_at, created_at)
    VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (order_id) WHERE status <> 'cancelled' AND status <> 'failed' DO NOTHING
)sql"};

constexpr sql::Statement save_payment{"payments.save", R"sql(
    UPDATE payments
       SET version = $2,
           status = $3,
           authorized = $4,
           captured = $5,
           refunded = $6,
           received = $7,
           redirect_url = $8,
           failure = $9,
           expires_at = $10
     WHERE id = $1
)sql"};

constexpr sql::Statement find_one_operation{"payments.find_operation", R"sql(
    SELECT id, payment, kind, key, amount, reason, status
      FROM operations
     WHERE payment = $1
       AND kind = $2
       AND key = $3
)sql"};

constexpr sql::Statement add_one_operation{"payments.add_operation", R"sql(
    INSERT INTO operations (id, payment, kind, key, amount, reason, status, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql"};

constexpr sql::Statement add_one_transfer{"payments.add_transfer", R"sql(
    INSERT INTO transfers (id, key, amount, currency, reference, received_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (key) DO NOTHING
)sql"};

constexpr sql::Statement find_one_transfer{"payments.find_transfer", R"sql(
    SELECT t.key, t.reference, t.amount, t.currency, p.order_id, t.received_at
      FROM transfers t
      LEFT JOIN payments p ON p.id = t.payment
     WHERE t.key = $1
)sql"};

constexpr sql::Statement match_one_transfer{"payments.match_transfer", R"sql(
    UPDATE transfers
       SET payment = $2
     WHERE key = $1
)sql"};

struct PaymentRow {
    PaymentId id;
    std::string order_id;
    std::uint64_t version = 0;
    Method method = Method::invoice;
    Status status = Status::authorized;
    Currency currency;
    std::int64_t amount = 0;
    std::int64_t authorized = 0;
    std::int64_t captured = 0;
    std::int64_t refunded = 0;
    std::int64_t received = 0;
    std::string reference;
    std::optional<std::string> redirect_url;
    std::optional<std::string> failure;
    std::optional<Timestamp> expires_at;
    Timestamp created_at;
    static constexpr auto describe() {
        using R = PaymentRow;
        return described<R>("A row of payments.", field<&R::id>(""), field<&R::order_id>(""),
                            field<&R::version>(""), field<&R::method>(""), field<&R::status>(""),
                            field<&R::currency>(""), field<&R::amount>(""),
                            field<&R::authorized>(""), field<&R::captured>(""),
                            field<&R::refunded>(""), field<&R::received>(""),
                            field<&R::reference>(""), field<&R::redirect_url>(""),
                            field<&R::failure>(""), field<&R::expires_at>(""),
                            field<&R::created_at>(""));
    }
};

struct TransferRow {
    std::string key;
    std::string reference;
    std::int64_t amount = 0;
    Currency currency;
    std::optional<std::string> order_id;
    Timestamp received_at;
    static constexpr auto describe() {
        using R = TransferRow;
        return described<R>("A row of transfers with its payment's order.", field<&R::key>(""),
                            field<&R::reference>(""), field<&R::amount>(""),
                            field<&R::currency>(""), field<&R::order_id>(""),
                            field<&R::received_at>(""));
    }
};

Payment payment_of(PaymentRow row) {
    const auto money = [&](std::int64_t minor_units) { return Money{minor_units, row.currency}; };
    return {.id = row.id,
            .order = std::move(row.order_id),
            .version = row.version,
            .method = row.method,
            .status = row.status,
            .amount = money(row.amount),
            .authorized = money(row.authorized),
            .captured = money(row.captured),
            .refunded = money(row.refunded),
            .received = money(row.received),
            .reference = std::move(row.reference),
            .redirect_url = std::move(row.redirect_url),
            .failure = std::move(row.failure),
            .expires_at = row.expires_at,
            .created_at = row.created_at};
}

std::optional<Payment> payment_of(std::optional<PaymentRow> row) {
    return row ? std::optional(payment_of(*std::move(row))) : std::nullopt;
}

}  // namespace

Task<std::optional<Payment>> find(sql::Transaction& transaction, std::string_view order) {
    co_return payment_of(co_await transaction.row<PaymentRow>(find_payment, order));
}

Task<std::optional<Payment>> read(sql::Transaction& transaction, std::string_view order) {
    co_return payment_of(co_await transaction.row<PaymentRow>(read_payment, order));
}

Task<std::optional<Payment>> find(sql::Transaction& transaction, PaymentId payment) {
    co_return payment_of(co_await transaction.row<PaymentRow>(find_by_id, payment));
}

Task<std::string> attempt(sql::Transaction& transaction, PaymentId payment) {
    co_return (co_await transaction.row<std::string>(read_attempt, payment)).value();
}

Task<std::vector<Payment>> find_referred(sql::Transaction& transaction,
                                         const std::vector<std::string>& references) {
    std::vector<sql::Args> keys;
    keys.reserve(references.size());
    for (const auto& reference : references) {
        keys.emplace_back(reference);
    }
    std::vector<Payment> found;
    for (const auto& ids : co_await transaction.rows_each<PaymentId>(find_by_reference, keys)) {
        for (const auto& id : ids) {
            if (auto payment = co_await find(transaction, id)) {
                found.push_back(*std::move(payment));
            }
        }
    }
    co_return found;
}

Task<std::vector<PaymentId>> expired(sql::Transaction& transaction, Timestamp now,
                                     std::int64_t limit) {
    return transaction.rows<PaymentId>(find_expired, now, limit);
}

Task<bool> add(sql::Transaction& transaction, const Payment& payment, const OpenPayment& wanted) {
    const auto added = co_await transaction.execute(
        add_payment, payment.id, payment.order, payment.method, payment.status,
        payment.amount.currency, payment.amount.minor_units, payment.authorized.minor_units,
        payment.reference, reference_key(payment.reference), wanted.attempt.value_or(""),
        wanted.return_url, payment.expires_at,
        payment.created_at);
    co_return added == 1;
}

Task<void> save(sql::Transaction& transaction, const Payment& payment) {
    co_await transaction.execute(save_payment, payment.id, payment.version, payment.status,
                                 payment.authorized.minor_units, payment.captured.minor_units,
                                 payment.refunded.minor_units, payment.received.minor_units,
                                 payment.redirect_url, payment.failure, payment.expires_at);
}

Task<std::optional<Operation>> find_operation(sql::Transaction& transaction, PaymentId payment,
                                              Kind kind, std::string_view key) {
    return transaction.row<Operation>(find_one_operation, payment, kind, key);
}

Task<void> add_operation(sql::Transaction& transaction, const Operation& operation,
                         Timestamp now) {
    co_await transaction.execute(add_one_operation, operation.id, operation.payment, operation.kind,
                                 operation.key, operation.amount, operation.reason,
                                 operation.status, now);
}

Task<bool> add_transfer(sql::Transaction& transaction, std::uint64_t id,
                        const ReceiveTransfer& transfer, Timestamp now) {
    const auto added = co_await transaction.execute(
        add_one_transfer, id, transfer.transfer, transfer.amount.minor_units,
        transfer.amount.currency, transfer.reference, now);
    co_return added == 1;
}

Task<std::optional<Transfer>> find_transfer(sql::Transaction& transaction,
                                            std::string_view transfer) {
    auto row = co_await transaction.row<TransferRow>(find_one_transfer, transfer);
    if (!row) {
        co_return std::nullopt;
    }
    co_return Transfer{.transfer = std::move(row->key),
                       .reference = std::move(row->reference),
                       .amount = {row->amount, row->currency},
                       .order = std::move(row->order_id),
                       .received_at = row->received_at};
}

Task<void> match_transfer(sql::Transaction& transaction, std::string_view transfer,
                          PaymentId payment) {
    co_await transaction.execute(match_one_transfer, transfer, payment);
}

}  // namespace kontor::payments::store
