#include "services/orders/checkout_store.hpp"

#include "platform/describe/stored.hpp"

namespace kontor::orders::store {

namespace {

// `checkout` is empty in the row of an order, which makes its checkout history.
constexpr sql::Statement find_known{"orders.find_known", R"sql(
    SELECT document, secret_hash, reservation, payment_key, '' AS checkout
      FROM orders
     WHERE id = $1
     UNION ALL
    SELECT draft, secret_hash, '', '', document
      FROM checkouts
     WHERE id = $1
)sql"};

constexpr sql::Statement find_one{"orders.find_checkout", R"sql(
    SELECT document, draft, secret_hash FROM checkouts WHERE id = $1
)sql"};

constexpr sql::Statement claim_order{"orders.claim", R"sql(
    INSERT INTO checkouts (id, version, is_open, started_at, next_attempt_at, secret_hash, document,
                           draft)
    VALUES ($1, $2, 1, $3, $4, $5, $6, $7)
    ON CONFLICT (id) DO UPDATE
       SET version = excluded.version,
           is_open = 1,
           started_at = excluded.started_at,
           next_attempt_at = excluded.next_attempt_at,
           secret_hash = excluded.secret_hash,
           document = excluded.document,
           draft = excluded.draft
     WHERE checkouts.is_open = 0
)sql"};

constexpr sql::Statement advance_checkout{"orders.advance_checkout", R"sql(
    UPDATE checkouts
       SET version = $2, is_open = $3, next_attempt_at = $4, document = $5
     WHERE id = $1
       AND version = $2 - 1
)sql"};

constexpr sql::Statement make_one_due{"orders.make_checkout_due", R"sql(
    UPDATE checkouts SET next_attempt_at = $2 WHERE id = $1 AND is_open = 1
)sql"};

constexpr sql::Statement read_open{"orders.open_checkouts", R"sql(
    SELECT document
      FROM checkouts
     WHERE is_open = 1
       AND started_at < $1
     ORDER BY started_at
     LIMIT $2
)sql"};

constexpr sql::Statement read_due{"orders.due_checkouts", R"sql(
    SELECT id
      FROM checkouts
     WHERE is_open = 1
       AND next_attempt_at <= $1
     ORDER BY next_attempt_at
     LIMIT $2
)sql"};

bool is_open(const Checkout& checkout) {
    return checkout.step != CheckoutStep::placed && checkout.step != CheckoutStep::failed;
}

StoredCheckout stored(const std::string& document, const std::string& draft, std::string hash) {
    return {from_stored_json<Checkout>(document), from_stored_json<Order>(draft), std::move(hash)};
}

}  // namespace

Task<Known> known_of(sql::Transaction& transaction, OrderId order) {
    using Row = std::tuple<std::string, std::string, std::string, std::string, std::string>;
    Known known;
    for (auto& row : co_await transaction.rows<Row>(find_known, order)) {
        auto& [document, hash, reservation, payment_key, checkout] = row;
        if (checkout.empty()) {
            co_return Known{StoredOrder{from_stored_json<Order>(document), std::move(hash),
                                        Handles{std::move(reservation), std::move(payment_key)}},
                            std::nullopt};
        }
        known.checkout = stored(checkout, document, std::move(hash));
    }
    co_return known;
}

Task<std::optional<StoredCheckout>> find_checkout(sql::Transaction& transaction, OrderId order) {
    using Row = std::tuple<std::string, std::string, std::string>;
    auto row = co_await transaction.row<Row>(find_one, order);
    if (!row) {
        co_return std::nullopt;
    }
    auto& [document, draft, hash] = *row;
    co_return stored(document, draft, std::move(hash));
}

Task<bool> claim(sql::Transaction& transaction, const StoredCheckout& stored) {
    const auto& checkout = stored.checkout;
    const auto claimed = co_await transaction.execute(
        claim_order, checkout.id, checkout.version, checkout.started_at, checkout.next_attempt_at,
        stored.secret_hash, to_json(checkout), to_json(stored.draft));
    co_return claimed == 1;
}

Task<bool> advance(sql::Transaction& transaction, const Checkout& checkout) {
    const auto advanced = co_await transaction.execute(advance_checkout, checkout.id,
                                                       checkout.version, is_open(checkout),
                                                       checkout.next_attempt_at, to_json(checkout));
    co_return advanced == 1;
}

void make_due(sql::Transaction& transaction, OrderId order, Timestamp now) {
    transaction.execute_later(make_one_due, order, now);
}

Task<std::vector<Checkout>> open_checkouts(sql::Transaction& transaction, Timestamp began_before,
                                           std::int64_t limit) {
    co_return from_stored_json<Checkout>(
        co_await transaction.rows<std::string>(read_open, began_before, limit));
}

Task<std::vector<OrderId>> due_checkouts(sql::Transaction& transaction, Timestamp now,
                                         std::int64_t limit) {
    return transaction.rows<OrderId>(read_due, now, limit);
}

}  // namespace kontor::orders::store
