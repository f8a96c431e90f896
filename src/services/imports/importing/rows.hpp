#pragma once

#include "services/imports/importing/mapping.hpp"
#include "services/inventory/api.hpp"
#include "services/orders/api.hpp"

namespace kontor::importing {

/// What rows are checked against: what the shop knows when the import begins.
struct Known {
    std::map<MarketCode, Currency> markets;
    std::set<std::string, std::less<>> categories;
    std::optional<MarketCode> market;  ///< For prices that name none.
};

struct ProductRow {
    catalog::ProductDraft draft;
    std::vector<pricing::Price> prices;
};

/// A line of an order, and which order it is of.
struct OrderRow {
    std::string number;
    MarketCode market;
    Timestamp placed_at;
    orders::PastLine line;
};

template <class T>
using RowResult = std::expected<T, RowFault>;

/// The product that a row makes, of one variant, and its prices where the mapping has any.
RowResult<ProductRow> product_of(const Mapping& mapping, const Known& known, const Fields& row);

/// The price windows that a row makes, in the order of their begin. `sku`: where the mapping names
/// none.
RowResult<std::vector<pricing::Price>> prices_of(const Mapping& mapping, const Known& known,
                                                 const Fields& row, const std::string& sku = {});

RowResult<inventory::StockCount> stock_of(const Mapping& mapping, const Fields& row);

RowResult<OrderRow> order_row_of(const Mapping& mapping, const Known& known, const Fields& row);
/// Of which order a row is that is at fault otherwise.
RowResult<std::string> order_number_of(const Mapping& mapping, const Fields& row);

/// The same of a line of JSON in the shape that the API takes.
RowResult<ProductRow> native_product(const Known& known, std::string_view line);
RowResult<std::vector<pricing::Price>> native_prices(const Known& known, std::string_view line);
RowResult<inventory::StockCount> native_stock(std::string_view line);
RowResult<orders::PastOrder> native_order(const Known& known, std::string_view line);

}  // namespace kontor::importing
