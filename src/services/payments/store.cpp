#include "services/payments/store.hpp"

namespace kontor::payments::store {

namespace {

constexpr sql::Statement find_payment{"payments.find", R"sql(
    SELECT id, order_id, method, status, amount, currency, reference, created_at
      FROM payments
     WHERE order_id = $1
)sql"};

constexpr sql::Statement add_payment{"payments.add", R"sql(
    INSERT INTO payments (id, order_id, method, status, amount, currency, reference, version,
                          created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8)
    ON CONFLICT (order_id) DO NOTHING
)sql"};

struct Row {
    PaymentId id;
    std::string order_id;
    Method method;
    Status status;
    std::int64_t amount = 0;
    std::string currency;
    std::string reference;
    Timestamp created_at;
    static constexpr auto describe() {
        return described<Row>(
            "A row of payments.", field<&Row::id>("Key."), field<&Row::order_id>("Order."),
            field<&Row::method>("How."), field<&Row::status>("How far."),
            field<&Row::amount>("Minor units."), field<&Row::currency>("ISO 4217."),
            field<&Row::reference>("Of the transfer."), field<&Row::created_at>("Since when."));
    }
};

}  // namespace

Task<std::optional<Payment>> find(sql::Transaction& transaction, std::string_view order) {
    auto row = co_await transaction.row<Row>(find_payment, order);
    if (!row) {
        co_return std::nullopt;
    }
    co_return Payment{.id = row->id,
                      .order = std::move(row->order_id),
                      .method = row->method,
                      .status = row->status,
                      .amount = {row->amount, parse_currency(row->currency).value()},
                      .reference = std::move(row->reference),
                      .created_at = row->created_at};
}

Task<bool> add(sql::Transaction& transaction, const Payment& payment) {
    const auto added = co_await transaction.execute(
        add_payment, payment.id, payment.order, payment.method, payment.status,
        payment.amount.minor_units, payment.amount.currency.view(), payment.reference,
        payment.created_at);
    co_return added == 1;
}

}  // namespace kontor::payments::store
