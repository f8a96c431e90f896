#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/seed/shop.hpp"

namespace kontor::seed {

/// A model's number: different for each `ordinal` from 0, without looking like a count.
std::int64_t model_number(std::int64_t ordinal);

/// Lower-case ASCII words with hyphens: `Akku-Bohrschrauber Größe` is `akku-bohrschrauber-groesse`.
std::string slug(std::string_view text);

/// A GTIN-13 with its check digit (GS1 General Specifications 7.9), `unique` below 10^11 and
/// different for each; starts with 2, which GS1 keeps for numbers inside one company.
std::string gtin13(std::int64_t unique);

/// The value as people write it in `language`, with its unit: `18 V`, `2,5 l`, `25 Teile`, `matt`.
/// Empty for a flag that is not set.
std::string value_text(const Attribute& attribute, const AttributeDefinition& definition,
                       std::string_view language);

}  // namespace kontor::seed
