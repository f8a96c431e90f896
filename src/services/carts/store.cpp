#include "services/carts/store.hpp"

namespace kontor::carts::store {

namespace {

constexpr sql::Statement find_cart{"carts.find", R"sql(
    SELECT id, version, market, secret_hash, status, currency, prices, tax_rounding, addresses,
           delivery, payment, order_id, changed_at, sums
      FROM carts
     WHERE id = $1
)sql"};

constexpr sql::Statement find_to_change{"carts.find_to_change", R"sql(
    SELECT id, version, market, secret_hash, status, currency, prices, tax_rounding, addresses,
           delivery, payment, order_id, changed_at, sums
      FROM carts
     WHERE id = $1
       {{for_update}}
)sql"};

constexpr sql::Statement read_lines{"carts.read_lines", R"sql(
    SELECT id, sku, product, slug, name, picture, quantity, unit, minimum, step, unit_price, total,
           tax_rate, available
      FROM cart_lines
     WHERE cart = $1
     ORDER BY id
)sql"};

constexpr sql::Statement read_line{"carts.read_line", R"sql(
    SELECT id, sku, product, slug, name, picture, quantity, unit, minimum, step, unit_price, total,
           tax_rate, available
      FROM cart_lines
     WHERE cart = $1
       AND id = $2
)sql"};

constexpr sql::Statement read_line_of_sku{"carts.read_line_of_sku", R"sql(
    SELECT id, sku, product, slug, name, picture, quantity, unit, minimum, step, unit_price, total,
           tax_rate, available
      FROM cart_lines
     WHERE cart = $1
       AND sku = $2
)sql"};

constexpr sql::Statement add_cart{"carts.add", R"sql(
    INSERT INTO carts (id, version, market, secret_hash, status, currency, prices, tax_rounding,
                       addresses, delivery, payment, order_id, changed_at, sums)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
)sql"};

constexpr sql::Statement update_cart{"carts.update", R"sql(
    UPDATE carts
       SET version = $2, status = $3, addresses = $4, delivery = $5, payment = $6, order_id = $7,
           changed_at = $8, sums = $9
     WHERE id = $1
)sql"};

constexpr sql::Statement put{"carts.put_line", R"sql(
    INSERT INTO cart_lines (id, cart, sku, product, slug, name, picture, quantity, unit, minimum,
                            step, unit_price, total, tax_rate, available)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    ON CONFLICT (id) DO UPDATE
       SET quantity = excluded.quantity,
           minimum = excluded.minimum,
           step = excluded.step,
           unit_price = excluded.unit_price,
           total = excluded.total,
           tax_rate = excluded.tax_rate,
           available = excluded.available
)sql"};

constexpr sql::Statement delete_line{"carts.delete_line", R"sql(
    DELETE FROM cart_lines WHERE id = $1
)sql"};

struct LineRow {
    LineId id;
    std::string sku;
    catalog::ProductId product;
    std::string slug;
    std::string name;
    std::string picture;
    std::int64_t quantity = 0;
    std::string unit;
    std::int64_t minimum = 0;
    std::int64_t step = 0;
    std::int64_t unit_price = 0;
    std::int64_t total = 0;
    std::int32_t tax_rate = 0;
    bool available = true;
    static constexpr auto describe() {
        using L = LineRow;
        return described<L>("A row of cart_lines.", field<&L::id>("Key."), field<&L::sku>("SKU."),
                            field<&L::product>("Product."), field<&L::slug>("Slug."),
                            field<&L::name>("Name."), field<&L::picture>("Picture or empty."),
                            field<&L::quantity>("Thousandths."), field<&L::unit>("Unit."),
                            field<&L::minimum>("Thousandths."), field<&L::step>("Thousandths."),
                            field<&L::unit_price>("Minor units."), field<&L::total>("Minor units."),
                            field<&L::tax_rate>("Basis points."), field<&L::available>("0 or 1."));
    }
};

StoredLine stored_line(LineRow row, Currency currency) {
    auto picture = row.picture.empty() ? std::nullopt : std::optional(std::move(row.picture));
    return {.line = {.id = row.id,
                     .sku = std::move(row.sku),
                     .product = row.product,
                     .slug = std::move(row.slug),
                     .name = std::move(row.name),
                     .picture = std::move(picture),
                     .quantity = {row.quantity},
                     .unit = row.unit,
                     .unit_price = {row.unit_price, currency},
                     .total = {row.total, currency},
                     .tax_rate = {row.tax_rate}},
            .minimum = {row.minimum},
            .step = {row.step},
            .available = row.available};
}

}  // namespace

SumRules CartRow::rules() const {
    return {.currency = parse_currency(currency).value(),
            .prices = prices,
            .tax_rounding = tax_rounding};
}

Task<std::optional<CartRow>> find(sql::Transaction& transaction, CartId cart) {
    return transaction.row<CartRow>(find_cart, cart);
}

Task<std::optional<CartRow>> find_for_change(sql::Transaction& transaction, CartId cart) {
    return transaction.row<CartRow>(find_to_change, cart);
}

Task<std::vector<StoredLine>> lines(sql::Transaction& transaction, CartId cart, Currency currency) {
    std::vector<StoredLine> all;
    for (auto& row : co_await transaction.rows<LineRow>(read_lines, cart)) {
        all.push_back(stored_line(std::move(row), currency));
    }
    co_return all;
}

Task<std::optional<StoredLine>> line(sql::Transaction& transaction, CartId cart, LineId line,
                                     Currency currency) {
    auto row = co_await transaction.row<LineRow>(read_line, cart, line);
    co_return row ? std::optional(stored_line(*std::move(row), currency)) : std::nullopt;
}

Task<std::optional<StoredLine>> line_of_sku(sql::Transaction& transaction, CartId cart,
                                            std::string sku, Currency currency) {
    auto row = co_await transaction.row<LineRow>(read_line_of_sku, cart, sku);
    co_return row ? std::optional(stored_line(*std::move(row), currency)) : std::nullopt;
}

void add(sql::Transaction& transaction, const CartRow& cart) {
    transaction.execute_later(add_cart, cart.id, cart.version, cart.market, cart.secret_hash,
                              cart.status, cart.currency, cart.prices, cart.tax_rounding,
                              cart.addresses, cart.delivery, cart.payment, cart.order_id,
                              cart.changed_at, cart.sums);
}

void update(sql::Transaction& transaction, const CartRow& cart) {
    transaction.execute_later(update_cart, cart.id, cart.version, cart.status, cart.addresses,
                              cart.delivery, cart.payment, cart.order_id, cart.changed_at,
                              cart.sums);
}

void put_line(sql::Transaction& transaction, CartId cart, const StoredLine& stored) {
    const auto& line = stored.line;
    transaction.execute_later(put, line.id, cart, line.sku, line.product, line.slug, line.name,
                              std::string_view(line.picture ? *line.picture : std::string_view()),
                              line.quantity.thousandths, line.unit.view(),
                              stored.minimum.thousandths, stored.step.thousandths,
                              line.unit_price.minor_units, line.total.minor_units,
                              line.tax_rate.value, stored.available);
}

void remove_line(sql::Transaction& transaction, LineId line) {
    transaction.execute_later(delete_line, line);
}

}  // namespace kontor::carts::store
