#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "platform/sql/column.hpp"

namespace kontor::sql {

namespace detail {

[[noreturn]] void throw_unfit_row(const RowView& row, std::string_view reason);

template <class T>
concept TupleRow = requires { std::tuple_size<T>::value; };

/// The column of each name, or an error naming what is missing or left over.
void map_columns(const RowView& row, std::span<const std::string_view> names,
                 std::span<int> columns);

/// Turns rows into `Row`: a described struct (by name), a single value, or a tuple (by position).
template <class Row>
class RowDecoder;

template <Storable Row>
class RowDecoder<Row> {
public:
    void begin(const RowView& row) {
        if (row.columns() != 1) {
            throw_unfit_row(row, "a single value needs exactly one column");
        }
    }
    Row read(const RowView& row) const { return Column<Row>::read(row, 0); }
};

template <TupleRow Row>
class RowDecoder<Row> {
    static constexpr auto size = std::tuple_size_v<Row>;

public:
    void begin(const RowView& row) {
        if (row.columns() != static_cast<int>(size)) {
            throw_unfit_row(row, "a tuple needs as many columns as it has elements");
        }
    }
    Row read(const RowView& row) const {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return Row{Column<std::tuple_element_t<I, Row>>::read(row, static_cast<int>(I))...};
        }(std::make_index_sequence<size>{});
    }
};

template <describe::Described Row>
class RowDecoder<Row> {
    static constexpr auto size = decltype(Row::describe().fields)::size;

public:
    void begin(const RowView& row) {
        std::array<std::string_view, size> names;
        std::size_t next = 0;
        describe::for_each_field<Row>([&](const auto& field) { names[next++] = field.name; });
        map_columns(row, names, columns_);
    }
    Row read(const RowView& row) const {
        Row value{};
        std::size_t next = 0;
        describe::for_each_field<Row>([&](const auto& field) {
            auto& member = value.*field.pointer;
            member = Column<std::remove_cvref_t<decltype(member)>>::read(row, columns_[next++]);
        });
        return value;
    }

private:
    std::array<int, size> columns_{};
};

}  // namespace detail

/// Receives the rows of an execution; `index` counts the argument sets of a batch.
class RowSink {
public:
    virtual ~RowSink() = default;
    /// Once an execution, before its first row: the columns' names are known.
    virtual void begin(const RowView& columns) = 0;
    virtual void row(std::size_t index, const RowView& row) = 0;
};

/// Collects rows of one type with one call per row.
template <class Row, class Take>
class DecodingSink final : public RowSink {
public:
    explicit DecodingSink(Take take) : take_(std::move(take)) {}
    void begin(const RowView& columns) override { decoder_.begin(columns); }
    void row(std::size_t index, const RowView& row) override { take_(index, decoder_.read(row)); }

private:
    detail::RowDecoder<Row> decoder_;
    Take take_;
};

}  // namespace kontor::sql
