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

constexpr sql::Statement read_by_id{"payments.read_by_id", R"sql(
    SELECT id, order_id, version, method, status, currency, amount, authorized, captured, refunded,
           received, reference, redirect_url, failure, expires_at, created_at
      FROM payments
     WHERE id = $1
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
        return described<R>(
            "A row of payments.", field<&R::id>(""), field<&R::order_id>(""),
            field<&R::version>(""), field<&R::method>(""), field<&R::status>(""),
            field<&R::currency>(""), field<&R::amount>(""), field<&R::authorized>(""),
            field<&R::captured>(""), field<&R::refunded>(""), field<&R::received>(""),
            field<&R::reference>(""), field<&R::redirect_url>(""), field<&R::failure>(""),
            field<&R::expires_at>(""), field<&R::created_at>(""));
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

Task<std::optional<Payment>> read(sql::Transaction& transaction, PaymentId payment) {
    co_return payment_of(co_await transaction.row<PaymentRow>(read_by_id, payment));
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
        wanted.return_url, payment.expires_at, payment.created_at);
    co_return added == 1;
}

Task<void> save(sql::Transaction& transaction, const Payment& payment) {
    co_await transaction.execute(save_payment, payment.id, payment.version, payment.status,
                                 payment.authorized.minor_units, payment.captured.minor_units,
                                 payment.refunded.minor_units, payment.received.minor_units,
                                 payment.redirect_url, payment.failure, payment.expires_at);
}

}  // namespace kontor::payments::store
