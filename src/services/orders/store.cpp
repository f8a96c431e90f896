#include "services/orders/store.hpp"

#include "platform/describe/stored.hpp"

namespace kontor::orders::store {

namespace {

constexpr sql::Statement find_by_id{"orders.find", R"sql(
    SELECT document, secret_hash FROM orders WHERE id = $1
)sql"};

constexpr sql::Statement find_of_cart{"orders.find_of_cart", R"sql(
    SELECT document, secret_hash FROM orders WHERE cart = $1
)sql"};

constexpr sql::Statement find_of_number{"orders.find_of_number", R"sql(
    SELECT document, secret_hash FROM orders WHERE number = $1
)sql"};

constexpr sql::Statement read_page{"orders.read_page", R"sql(
    SELECT document FROM orders WHERE id < $1 ORDER BY id DESC LIMIT $2
)sql"};

constexpr sql::Statement add_order{"orders.add", R"sql(
    INSERT INTO orders (id, number, cart, secret_hash, version, status, document)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (cart) DO NOTHING
)sql"};

template <class Key>
Task<std::optional<StoredOrder>> find_one(sql::Transaction& transaction,
                                          const sql::Statement& statement, Key key) {
    auto row = co_await transaction.row<std::tuple<std::string, std::string>>(statement, key);
    if (!row) {
        co_return std::nullopt;
    }
    co_return StoredOrder{from_stored_json<Order>(std::get<0>(*row)), std::move(std::get<1>(*row))};
}

}  // namespace

Task<std::optional<StoredOrder>> find(sql::Transaction& transaction, OrderId order) {
    return find_one(transaction, find_by_id, order);
}

Task<std::optional<StoredOrder>> find_by_cart(sql::Transaction& transaction, carts::CartId cart) {
    return find_one(transaction, find_of_cart, cart);
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
    const auto added =
        co_await transaction.execute(add_order, order.id, order.number, order.cart,
                                     stored.secret_hash, order.version, order.status, document);
    co_return added == 1;
}

}  // namespace kontor::orders::store
