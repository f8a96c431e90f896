#include "services/orders/store.hpp"

#include "base/date.hpp"
#include "platform/describe/stored.hpp"
#include "services/orders/rules.hpp"

namespace kontor::orders::store {

namespace {

constexpr sql::Statement find_by_id{"orders.find", R"sql(
    SELECT document, secret_hash, reservation, payment_key FROM orders WHERE id = $1
)sql"};

constexpr sql::Statement find_to_change{"orders.find_to_change", R"sql(
    SELECT document, secret_hash, reservation, payment_key FROM orders WHERE id = $1 {{for_update}}
)sql"};

constexpr sql::Statement find_of_number{"orders.find_of_number", R"sql(
    SELECT document, secret_hash, reservation, payment_key FROM orders WHERE number = $1
)sql"};

constexpr sql::Statement read_page{"orders.read_page", R"sql(
    SELECT document FROM orders WHERE id < $1 ORDER BY id DESC LIMIT $2
)sql"};

constexpr sql::Statement add_order{"orders.add", R"sql(
    INSERT INTO orders (id, number, cart, secret_hash, version, status, document, reservation,
                        payment_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (cart) DO NOTHING
)sql"};

constexpr sql::Statement update_order{"orders.update", R"sql(
    UPDATE orders SET version = $2, status = $3, document = $4 WHERE id = $1
)sql"};

constexpr sql::Statement draw_invoice_number{"orders.draw_invoice_number", R"sql(
    INSERT INTO invoice_series (market, year, last)
    VALUES ($1, $2, 1)
    ON CONFLICT (market, year) DO UPDATE
       SET last = invoice_series.last + 1
    RETURNING last
)sql"};

constexpr sql::Statement add_invoice{"orders.add_invoice", R"sql(
    INSERT INTO invoices (market, year, sequence, order_id, issued_at)
    VALUES ($1, $2, $3, $4, $5)
)sql"};

template <class Key>
Task<std::optional<StoredOrder>> find_one(sql::Transaction& transaction,
                                          const sql::Statement& statement, Key key) {
    using Row = std::tuple<std::string, std::string, std::string, std::string>;
    auto row = co_await transaction.row<Row>(statement, key);
    if (!row) {
        co_return std::nullopt;
    }
    auto& [document, secret_hash, reservation, payment_key] = *row;
    co_return StoredOrder{from_stored_json<Order>(document), std::move(secret_hash),
                          Handles{std::move(reservation), std::move(payment_key)}};
}

}  // namespace

Task<std::optional<StoredOrder>> find(sql::Transaction& transaction, OrderId order) {
    return find_one(transaction, find_by_id, order);
}

Task<std::optional<StoredOrder>> find_for_change(sql::Transaction& transaction, OrderId order) {
    return find_one(transaction, find_to_change, order);
}

Task<std::optional<StoredOrder>> find_by_number(sql::Transaction& transaction,
                                                std::string_view number) {
    return find_one(transaction, find_of_number, number);
}

Task<std::vector<Order>> page(sql::Transaction& transaction, OrderId before, std::int64_t limit) {
    co_return from_stored_json<Order>(
        co_await transaction.rows<std::string>(read_page, before, limit));
}

Task<bool> add(sql::Transaction& transaction, const StoredOrder& stored) {
    const auto& order = stored.order;
    const auto document = to_json(order);
    const auto added = co_await transaction.execute(
        add_order, order.id, order.number, order.cart, stored.secret_hash, order.version,
        order.status, document, stored.handles.reservation, stored.handles.payment_key);
    co_return added == 1;
}

Task<void> update(sql::Transaction& transaction, const Order& order) {
    co_await transaction.execute(update_order, order.id, order.version, order.status,
                                 to_json(order));
}

Task<std::string> next_invoice_number(sql::Transaction& transaction, const Order& order,
                                      Timestamp at) {
    const auto market = order.market.view();
    const auto year = std::stoll(to_text(utc_date(at)));
    const auto sequence =
        (co_await transaction.row<std::int64_t>(draw_invoice_number, market, year)).value();
    co_await transaction.execute(add_invoice, market, year, sequence, order.id, at);
    co_return invoice_number(market, year, sequence);
}

}  // namespace kontor::orders::store
