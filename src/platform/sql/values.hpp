#pragma once

#include "base/currency.hpp"
#include "base/date.hpp"
#include "base/money.hpp"
#include "base/quantity.hpp"
#include "base/short_text.hpp"
#include "platform/sql/column.hpp"

/// How the values of base/ stand in columns: numbers as BIGINT of their smallest unit, codes as
/// TEXT. Money takes two columns, its minor units and its currency.
namespace kontor::sql {

/// In thousandths.
template <>
struct Column<Quantity> {
    static constexpr ValueKind kind = ValueKind::integer;
    static Value bind(Quantity quantity) { return {kind, quantity.thousandths}; }
    static Quantity read(const RowView& row, int column) { return {row.integer(column)}; }
};

template <>
struct Column<BasisPoints> {
    static constexpr ValueKind kind = ValueKind::integer;
    static Value bind(BasisPoints rate) { return {kind, std::int64_t{rate.value}}; }
    static BasisPoints read(const RowView& row, int column) {
        return {Column<std::int32_t>::read(row, column)};
    }
};

/// In days since 1970-01-01.
template <>
struct Column<Date> {
    static constexpr ValueKind kind = ValueKind::integer;
    static Value bind(Date date) { return {kind, std::int64_t{date.days_since_epoch}}; }
    static Date read(const RowView& row, int column) {
        return {Column<std::int32_t>::read(row, column)};
    }
};

template <std::size_t N>
struct Column<ShortText<N>> {
    static constexpr ValueKind kind = ValueKind::text;
    static Value bind(const ShortText<N>& text) { return {kind, text.view()}; }
    static Value bind(ShortText<N>&& text) { return {kind, std::string(text.view())}; }
    static ShortText<N> read(const RowView& row, int column) { return row.text(column); }
};

template <>
struct Column<Currency> {
    static constexpr ValueKind kind = ValueKind::text;
    static Value bind(const Currency& currency) { return {kind, currency.view()}; }
    static Value bind(Currency&& currency) { return {kind, to_text(currency)}; }
    static Currency read(const RowView& row, int column) {
        const auto currency = parse_currency(row.text(column));
        if (!currency) {
            detail::throw_unknown_text(row, column);
        }
        return *currency;
    }
};

}  // namespace kontor::sql
