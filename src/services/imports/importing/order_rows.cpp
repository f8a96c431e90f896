#include "services/imports/importing/order_rows.hpp"

#include "services/imports/importing/making.hpp"

namespace kontor::importing {

namespace {

/// RFC 3339, or with the blank that its 5.6 has in place of the T.
std::expected<Timestamp, std::string> time_of(std::string text) {
    if (text.size() > 10 && text[10] == ' ') {
        text[10] = 'T';
    }
    return parse_timestamp(text);
}

}  // namespace

RowResult<std::string> order_number_of(const Mapping& mapping, const Fields& row) {
    return Making(mapping, mapping.orders, {row, nullptr, mapping.tables})
        .required("number", any_text);
}

RowResult<OrderRow> order_row_of(const Mapping& mapping, const Known& known, const Fields& row) {
    const Making make(mapping, mapping.orders, {row, nullptr, mapping.tables});
    OrderRow made{.number = TRY_NOW(make.required("number", any_text)),
                  .market = TRY_NOW(market_of(make, known)),
                  .placed_at = TRY_NOW(make.required("placed_at", time_of)),
                  .line = {}};
    const auto currency = known.markets.at(made.market);
    auto& line = made.line;
    line.sku = TRY_NOW(make.required("sku", any_text));
    line.name = TRY_NOW(make.optional("name", any_text));
    line.quantity = TRY_NOW(make.required(
        "quantity", [&](const std::string& text) { return parse_quantity(make.pointed(text)); }));
    line.gross = TRY_NOW(make.required("gross", [&](const std::string& text) {
        return parse_amount(make.pointed(text), currency);
    }));
    line.tax_rate = TRY_NOW(make.optional("tax_rate", [&](const std::string& text) {
                        return parse_percent(make.pointed(text));
                    })).value_or(BasisPoints());
    TRY_NOW(check_limits(line, line.sku));
    return made;
}

RowResult<orders::PastOrder> native_order(const Known& known, std::string_view line) {
    auto order = TRY_NOW(read_native<orders::PastOrder>(line));
    if (!known.markets.contains(order.market)) {
        return std::unexpected(unknown_market(std::string(order.market.view())));
    }
    return order;
}

OrderBook::Entry& OrderBook::entry(const std::string& number, std::int64_t line) {
    const auto [known, is_new] = by_number_.try_emplace(number, entries_.size());
    if (is_new) {
        entries_.push_back({.order = {.number = number, .market = {}, .placed_at = {}, .lines = {}},
                            .line = line});
    }
    return entries_[known->second];
}

void OrderBook::add(OrderRow row, std::int64_t line) {
    auto& [order, first, at_fault] = entry(row.number, line);
    if (order.lines.empty()) {
        order.market = row.market;
        order.placed_at = row.placed_at;
    }
    at_fault = at_fault || order.market != row.market || order.placed_at != row.placed_at;
    order.lines.push_back(std::move(row.line));
}

void OrderBook::spoil(const std::string& number, std::int64_t line) {
    entry(number, line).at_fault = true;
}

std::vector<OrderBook::Entry> OrderBook::take() {
    by_number_.clear();
    return std::exchange(entries_, {});
}

}  // namespace kontor::importing
