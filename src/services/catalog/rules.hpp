#pragma once

#include "services/catalog/api.hpp"

namespace kontor::catalog {

/// A slug from a name: lower case, umlauts spelled out, everything else a hyphen.
/// "Akku-Bohrschrauber 18 V (Größe M)" is "akku-bohrschrauber-18-v-groesse-m".
std::string slug_of(std::string_view name);

/// What is wrong with a draft beyond what its description already checks: slug letters, SKUs given
/// twice, GTIN check digits, quantities that no shopper could order.
std::vector<FieldError> faults(const ProductDraft& draft);

/// The product that `draft` makes of `before`; version and times of a new one included. Answers
/// nothing where the draft changes nothing.
std::optional<Product> applied(const ProductDraft& draft, const std::optional<Product>& before,
                               ProductId new_id, Timestamp now);

/// Every code that finds the product: SKUs and GTINs of its variants.
std::vector<std::string> codes_of(const Product& product);

}  // namespace kontor::catalog
