#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "platform/describe/describe.hpp"

namespace kontor::sql {

/// What a column can hold on both engines. Flags are 0/1, times microseconds, documents text.
enum class ValueKind : std::uint8_t { integer, real, text };

/// One argument of a statement. A lvalue's or a view's text is referred to and must outlive the
/// await; a `std::string&&` is kept.
struct Value {
    ValueKind kind = ValueKind::integer;
    std::variant<std::monostate, std::int64_t, double, std::string_view, std::string> content;

    bool is_null() const { return content.index() == 0; }
    std::string_view text() const {
        const auto* kept = std::get_if<std::string>(&content);
        return kept != nullptr ? std::string_view(*kept) : std::get<std::string_view>(content);
    }
};

/// One row of an answer while it is being read; the views end with the row.
class RowView {
public:
    virtual ~RowView() = default;
    virtual int columns() const = 0;
    virtual std::string_view name(int column) const = 0;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
};

namespace detail {
[[noreturn]] void throw_unknown_text(const RowView& row, int column);
[[noreturn]] void throw_out_of_range(const RowView& row, int column, std::int64_t value);
}  // namespace detail

/// How a type is stored in one column; specialise it for a type of your own:
/// `kind`, `Value bind(const T&)`, `T read(const RowView&, int column)`.
template <class T>
struct Column;

template <class T>
concept Storable = requires { Column<std::remove_cvref_t<T>>::kind; };

/// Integers up to 64 bits. Reading one that does not fit its type throws Error.
template <std::integral T>
struct Column<T> {
    static constexpr ValueKind kind = ValueKind::integer;
    static Value bind(T value) { return {kind, static_cast<std::int64_t>(value)}; }
    static T read(const RowView& row, int column) {
        const auto wide = row.integer(column);
        if constexpr (sizeof(T) < sizeof(wide)) {
            if (!std::in_range<T>(wide)) {
                detail::throw_out_of_range(row, column, wide);
            }
        }
        return static_cast<T>(wide);
    }
};

/// A flag, stored as 0 or 1.
template <>
struct Column<bool> {
    static constexpr ValueKind kind = ValueKind::integer;
    static Value bind(bool value) { return {kind, std::int64_t{value}}; }
    static bool read(const RowView& row, int column) { return row.integer(column) != 0; }
};

/// For coordinates and measurements; money is integers.
template <>
struct Column<double> {
    static constexpr ValueKind kind = ValueKind::real;
    static Value bind(double value) { return {kind, value}; }
    static double read(const RowView& row, int column) { return row.real(column); }
};

template <>
struct Column<std::string> {
    static constexpr ValueKind kind = ValueKind::text;
    static Value bind(const std::string& text) { return {kind, std::string_view(text)}; }
    static Value bind(std::string&& text) { return {kind, std::move(text)}; }
    static std::string read(const RowView& row, int column) {
        return std::string(row.text(column));
    }
};

/// As an argument only: a row owns its text.
template <>
struct Column<std::string_view> {
    static constexpr ValueKind kind = ValueKind::text;
    static Value bind(std::string_view text) { return {kind, text}; }
};

template <>
struct Column<const char*> : Column<std::string_view> {};

template <std::size_t N>
struct Column<char[N]> : Column<std::string_view> {};

template <class Tag>
struct Column<Id<Tag>> {
    static constexpr ValueKind kind = ValueKind::integer;
    static Value bind(Id<Tag> id) { return {kind, static_cast<std::int64_t>(id.value)}; }
    static Id<Tag> read(const RowView& row, int column) {
        return {static_cast<std::uint64_t>(row.integer(column))};
    }
};

template <>
struct Column<Timestamp> {
    static constexpr ValueKind kind = ValueKind::integer;
    static Value bind(Timestamp at) { return {kind, at.microseconds}; }
    static Timestamp read(const RowView& row, int column) { return {row.integer(column)}; }
};

/// A described enum, stored as its enumerator's name.
template <describe::DescribedEnum E>
struct Column<E> {
    static constexpr ValueKind kind = ValueKind::text;
    static Value bind(E value) { return {kind, describe::enum_text(value)}; }
    static E read(const RowView& row, int column) {
        const auto value = describe::enum_from_text<E>(row.text(column));
        if (!value) {
            detail::throw_unknown_text(row, column);
        }
        return *value;
    }
};

/// NULL or a value.
template <class T>
struct Column<std::optional<T>> {
    static constexpr ValueKind kind = Column<T>::kind;
    static Value bind(const std::optional<T>& value) {
        return value ? Column<T>::bind(*value) : Value{kind, std::monostate{}};
    }
    static Value bind(std::optional<T>&& value) {
        return value ? Column<T>::bind(*std::move(value)) : Value{kind, std::monostate{}};
    }
    static std::optional<T> read(const RowView& row, int column) {
        if (row.is_null(column)) {
            return std::nullopt;
        }
        return Column<T>::read(row, column);
    }
};

/// The arguments $1 to $n of one execution.
class Args {
public:
    Args() = default;
    template <class... A>
        requires(sizeof...(A) > 0 && (Storable<A> && ...))
    explicit Args(A&&... values) {
        values_.reserve(sizeof...(A));
        (values_.push_back(Column<std::remove_cvref_t<A>>::bind(std::forward<A>(values))), ...);
    }

    const std::vector<Value>& values() const { return values_; }

private:
    std::vector<Value> values_;
};

}  // namespace kontor::sql
