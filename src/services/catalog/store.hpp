#pragma once

#include "platform/sql/sql.hpp"
#include "services/catalog/api.hpp"

/// The catalogue's rows. Each function runs inside its caller's transaction.
namespace kontor::catalog::store {

/// The product that `key` (id, slug, code, SKU or GTIN) names.
Task<std::optional<Product>> find(sql::Transaction& transaction, std::string_view key);

/// The same, held until the transaction ends, so that nobody changes it meanwhile.
Task<std::optional<Product>> find_for_change(sql::Transaction& transaction, std::string_view key);

/// The products of these codes, in the order given, where they exist; held likewise.
Task<std::vector<std::optional<Product>>> find_by_code(sql::Transaction& transaction,
                                                       std::span<const std::string> codes);

/// At most `limit` products with ids after `after`, in their order.
Task<std::vector<Product>> page(sql::Transaction& transaction, ProductId after, std::int64_t limit);

/// Writes products with their codes. Throws a unique violation where a slug or code is taken.
Task<void> put(sql::Transaction& transaction, std::span<const Product> products);

/// Who has each of these slugs and SKUs or GTINs already, in the order given; 0 where nobody.
Task<std::vector<ProductId>> owners_of_slugs(sql::Transaction& transaction,
                                             std::span<const std::string> slugs);
Task<std::vector<ProductId>> owners_of_codes(sql::Transaction& transaction,
                                             std::span<const std::string> codes);

Task<std::vector<Category>> categories(sql::Transaction& transaction);

struct CategoryRow {
    const Category* category = nullptr;
    std::int64_t ordinal = 0;  ///< Its place among all, from 1, after the category above it.
    std::uint64_t version = 0;
};
Task<void> put(sql::Transaction& transaction, std::span<const CategoryRow> categories);

struct Place {
    std::string code;
    std::int64_t ordinal = 0;
};
/// Gives categories another place, and changes nothing else of them.
Task<void> move(sql::Transaction& transaction, std::span<const Place> places);

}  // namespace kontor::catalog::store
