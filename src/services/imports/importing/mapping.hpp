#pragma once

#include <filesystem>
#include <set>

#include "services/catalog/api.hpp"
#include "services/imports/api.hpp"
#include "services/imports/importing/csv.hpp"
#include "services/imports/importing/pattern.hpp"
#include "services/pricing/api.hpp"
#include "services/stores/api.hpp"

namespace kontor::importing {

using Kind = imports::ImportKind;
using Format = imports::ImportFormat;

/// Patterns by the name of what they make; `name.de` makes the German name.
using Patterns = std::map<std::string, Pattern, std::less<>>;

/// How the price windows of a row are made. `patterns`: sku (left out: the row's variant), market,
/// amount, currency, valid_from, valid_until.
struct PriceRule {
    Patterns patterns;
    /// The list whose entries are windows; empty: the row is one.
    std::string each;
    /// Each window of a row ends where its next one begins.
    bool chained = false;
    /// An amount of 0 is no price: the article could not be had.
    bool zero_is_none = false;
};

/// What a file's rows mean. docs/imports.md is its manual.
struct Mapping {
    std::optional<Format> format;
    CsvOptions csv;
    char decimal = '.';
    ValueTables tables;
    std::vector<catalog::Category> categories;  ///< Parents first; made before the first product.
    std::vector<stores::Market> markets;        ///< Made where they are missing.
    std::vector<pricing::TaxRate> tax_rates;    ///< Of those markets.
    Patterns product;  ///< code, sku, gtin, name.*, ..., attributes.*.text, .number, .unit
    std::optional<PriceRule> price;
    Patterns stock;  ///< sku, location, on_hand, safety
    /// Of a row that is a line of an order: number, market, placed_at, sku, name, quantity, gross,
    /// tax_rate
    Patterns orders;
};

/// Reads a mapping file. The error names the file, the line and what is wrong there.
std::expected<Mapping, std::string> read_mapping(const std::filesystem::path& file);
/// The same of a text, which the error calls `name`.
std::expected<Mapping, std::string> parse_mapping(const std::string& toml, const std::string& name);

/// The meaning of the documented native columns, of those that a header has: a column is named like
/// what it makes. The error names a column that is missing or not known.
std::expected<Mapping, std::string> native_mapping(Kind kind,
                                                   const std::vector<std::string>& header);

/// The row's fields that the mapping uses to make records of `kind`.
std::set<std::string> fields_used(const Mapping& mapping, Kind kind);

}  // namespace kontor::importing
