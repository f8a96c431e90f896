#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "services/catalog/api.hpp"
#include "services/pricing/api.hpp"

/// What the projection keeps of a product, ready to be read.
namespace kontor::discovery {

/// The program of a product's own page: a whole ProductView.
std::string page_program(const catalog::Product& product);

/// The program of a product in a list: a ProductView without descriptions and properties.
std::string item_program(const catalog::Product& product);

/// What carts ask of a variant, but for its price and stock.
struct VariantRecord {
    catalog::ProductId product;
    std::string_view slug;
    std::string_view tax_class;
    Unit sales_unit;
    Quantity minimum;
    Quantity step;
    std::string_view picture;       ///< Empty: none.
    std::string_view name_program;  ///< One plain text.
};
std::string variant_record(const catalog::Product& product, const catalog::Variant& variant);
/// Refers to `bytes`.
VariantRecord read_variant_record(std::string_view bytes);

/// A price window in a fixed number of bytes; a SKU's lie one after the other, by market.
struct PackedPrice {
    char market[8];
    std::int64_t minor_units;
    std::int64_t valid_from;   ///< Microseconds; INT64_MIN: since ever.
    std::int64_t valid_until;  ///< INT64_MAX: for good.
    char currency[8];
};
std::string packed_prices(std::vector<pricing::Price> prices);
/// Appends the windows of `market`, without the SKU's name.
void append_windows(std::string_view packed, MarketCode market, std::vector<pricing::Price>& out);
/// Calls `visit(PackedPrice)` for each.
template <class Visit>
void each_price(std::string_view packed, Visit&& visit) {
    PackedPrice price;
    for (; packed.size() >= sizeof price; packed.remove_prefix(sizeof price)) {
        std::memcpy(&price, packed.data(), sizeof price);
        visit(price);
    }
}

/// What lies in one place; a SKU's lie one after the other, by place.
struct PackedCell {
    std::uint64_t place;  ///< Number of the location.
    std::int64_t available_thousandths;
};
template <class Visit>
void each_cell(std::string_view packed, Visit&& visit) {
    PackedCell cell;
    for (; packed.size() >= sizeof cell; packed.remove_prefix(sizeof cell)) {
        std::memcpy(&cell, packed.data(), sizeof cell);
        visit(cell);
    }
}

/// The text of a field of fixed size that is filled up with zeros.
template <std::size_t N>
std::string_view text_of(const char (&field)[N]) {
    return {field, ::strnlen(field, N)};
}

}  // namespace kontor::discovery
