#include "services/catalog/store.hpp"

#include "platform/describe/stored.hpp"
#include "services/catalog/rules.hpp"

namespace kontor::catalog::store {

namespace {

constexpr sql::Statement find_by_id{"catalog.find_by_id", R"sql(
    SELECT document FROM products WHERE id = $1
)sql"};

constexpr sql::Statement find_to_change{"catalog.find_to_change", R"sql(
    SELECT document FROM products WHERE id = $1 {{for_update}}
)sql"};

constexpr sql::Statement find_by_name{"catalog.find_by_name", R"sql(
    SELECT document FROM products WHERE slug = $1
    UNION ALL
    SELECT document FROM products WHERE code = $1
    UNION ALL
    SELECT p.document
      FROM product_codes c
      JOIN products p ON p.id = c.product
     WHERE c.code = $1
     LIMIT 1
)sql"};

constexpr sql::Statement find_one_by_code{"catalog.find_one_by_code", R"sql(
    SELECT document FROM products WHERE code = $1 {{for_update}}
)sql"};

constexpr sql::Statement read_page{"catalog.read_page", R"sql(
    SELECT document FROM products WHERE id > $1 ORDER BY id LIMIT $2
)sql"};

constexpr sql::Statement put_product{"catalog.put_product", R"sql(
    INSERT INTO products (id, code, slug, version, document)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (id) DO UPDATE
       SET code = excluded.code,
           slug = excluded.slug,
           version = excluded.version,
           document = excluded.document
)sql"};

constexpr sql::Statement forget_codes{"catalog.forget_codes", R"sql(
    DELETE FROM product_codes WHERE product = $1
)sql"};

constexpr sql::Statement put_code{"catalog.put_code", R"sql(
    INSERT INTO product_codes (code, product) VALUES ($1, $2)
)sql"};

constexpr sql::Statement owner_of_slug{"catalog.owner_of_slug", R"sql(
    SELECT id FROM products WHERE slug = $1
)sql"};

constexpr sql::Statement owner_of_code{"catalog.owner_of_code", R"sql(
    SELECT product FROM product_codes WHERE code = $1
)sql"};

constexpr sql::Statement read_categories{"catalog.read_categories", R"sql(
    SELECT document FROM categories ORDER BY ordinal
)sql"};

constexpr sql::Statement put_category{"catalog.put_category", R"sql(
    INSERT INTO categories (code, ordinal, version, document)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (code) DO UPDATE
       SET ordinal = excluded.ordinal,
           version = excluded.version,
           document = excluded.document
)sql"};

constexpr sql::Statement move_category{"catalog.move_category", R"sql(
    UPDATE categories SET ordinal = $2 WHERE code = $1
)sql"};

std::vector<sql::Args> one_each(std::span<const std::string> texts) {
    std::vector<sql::Args> args;
    args.reserve(texts.size());
    for (const auto& text : texts) {
        args.emplace_back(text);
    }
    return args;
}

Task<std::vector<ProductId>> owners(sql::Transaction& transaction, const sql::Statement& statement,
                                    std::span<const std::string> texts) {
    const auto args = one_each(texts);
    const auto found = co_await transaction.row_each<ProductId>(statement, args);
    std::vector<ProductId> ids;
    ids.reserve(found.size());
    for (const auto& id : found) {
        ids.push_back(id.value_or(ProductId{}));
    }
    co_return ids;
}

}  // namespace

Task<std::optional<Product>> find(sql::Transaction& transaction, std::string_view key) {
    const auto id = parse_id(ProductTag::prefix, key);
    const auto document = id ? co_await transaction.row<std::string>(find_by_id, *id)
                             : co_await transaction.row<std::string>(find_by_name, key);
    co_return document ? std::optional(from_stored_json<Product>(*document)) : std::nullopt;
}

Task<std::optional<Product>> find_for_change(sql::Transaction& transaction, std::string_view key) {
    const auto product = co_await find(transaction, key);
    if (!product) {
        co_return std::nullopt;
    }
    const auto document = co_await transaction.row<std::string>(find_to_change, product->id);
    co_return document ? std::optional(from_stored_json<Product>(*document)) : std::nullopt;
}

Task<std::vector<std::optional<Product>>> find_by_code(sql::Transaction& transaction,
                                                       std::span<const std::string> codes) {
    const auto args = one_each(codes);
    const auto documents = co_await transaction.row_each<std::string>(find_one_by_code, args);
    std::vector<std::optional<Product>> products(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (documents[i]) {
            products[i] = from_stored_json<Product>(*documents[i]);
        }
    }
    co_return products;
}

Task<std::vector<Product>> page(sql::Transaction& transaction, ProductId after,
                                std::int64_t limit) {
    co_return from_stored_json<Product>(
        co_await transaction.rows<std::string>(read_page, after, limit));
}

Task<void> put(sql::Transaction& transaction, std::span<const Product> products) {
    std::vector<std::string> documents;
    std::vector<sql::Args> rows;
    std::vector<sql::Args> ids;
    std::vector<std::pair<std::string, ProductId>> codes;
    documents.reserve(products.size());
    for (const auto& product : products) {
        documents.push_back(to_json(product));
        rows.emplace_back(product.id, product.code, product.slug, product.version,
                          documents.back());
        ids.emplace_back(product.id);
        for (auto& code : codes_of(product)) {
            codes.emplace_back(std::move(code), product.id);
        }
    }
    std::vector<sql::Args> code_rows;
    for (const auto& [code, product] : codes) {
        code_rows.emplace_back(code, product);
    }
    co_await transaction.execute_each(put_product, rows);
    co_await transaction.execute_each(forget_codes, ids);
    co_await transaction.execute_each(put_code, code_rows);
}

Task<std::vector<ProductId>> owners_of_slugs(sql::Transaction& transaction,
                                             std::span<const std::string> slugs) {
    return owners(transaction, owner_of_slug, slugs);
}

Task<std::vector<ProductId>> owners_of_codes(sql::Transaction& transaction,
                                             std::span<const std::string> codes) {
    return owners(transaction, owner_of_code, codes);
}

Task<std::vector<Category>> categories(sql::Transaction& transaction) {
    co_return from_stored_json<Category>(co_await transaction.rows<std::string>(read_categories));
}

Task<void> put(sql::Transaction& transaction, std::span<const CategoryRow> categories) {
    std::vector<sql::Args> rows;
    rows.reserve(categories.size());
    for (const auto& [category, ordinal, version] : categories) {
        rows.emplace_back(category->code, ordinal, version, to_json(*category));
    }
    co_await transaction.execute_each(put_category, rows);
}

Task<void> move(sql::Transaction& transaction, std::span<const Place> places) {
    std::vector<sql::Args> rows;
    rows.reserve(places.size());
    for (const auto& [code, ordinal] : places) {
        rows.emplace_back(code, ordinal);
    }
    co_await transaction.execute_each(move_category, rows);
}

}  // namespace kontor::catalog::store
