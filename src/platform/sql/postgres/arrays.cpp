#include "platform/sql/postgres/arrays.hpp"

#include <bit>

#include <fmt/format.h>
#include <boost/endian/conversion.hpp>

#include "platform/sql/error.hpp"

namespace kontor::sql::postgres {

namespace {

// From pg_type.dat: each type and that of its arrays.
constexpr Oid int8_type = 20;
constexpr Oid int8_array = 1016;
constexpr Oid text_type = 25;
constexpr Oid text_array = 1009;
constexpr Oid float8_type = 701;
constexpr Oid float8_array = 1022;

Oid element_type_of(ValueKind kind) {
    switch (kind) {
        case ValueKind::integer:
            return int8_type;
        case ValueKind::real:
            return float8_type;
        case ValueKind::text:
            break;
    }
    return text_type;
}

template <class Number>
void append(std::string& out, Number number) {
    boost::endian::native_to_big_inplace(number);
    out.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void append_element(std::string& out, const Value& value) {
    if (value.is_null()) {
        append(out, std::int32_t{-1});
    } else if (value.kind == ValueKind::text) {
        const auto text = value.text();
        append(out, static_cast<std::int32_t>(text.size()));
        out += text;
    } else {
        append(out, std::int32_t{8});
        append(out, value.kind == ValueKind::integer
                        ? std::bit_cast<std::uint64_t>(std::get<std::int64_t>(value.content))
                        : std::bit_cast<std::uint64_t>(std::get<double>(value.content)));
    }
}

std::string array_of(std::span<const Args> many, std::size_t column) {
    constexpr std::int32_t dimensions = 1;
    constexpr std::int32_t may_have_nulls = 1;
    constexpr std::int32_t first_index = 1;
    std::string out;
    append(out, dimensions);
    append(out, may_have_nulls);
    append(out, element_type_of(many.front().values()[column].kind));
    append(out, static_cast<std::int32_t>(many.size()));
    append(out, first_index);
    for (const auto& args : many) {
        append_element(out, args.values()[column]);
    }
    return out;
}

}  // namespace

Oid array_type_of(ValueKind kind) {
    switch (kind) {
        case ValueKind::integer:
            return int8_array;
        case ValueKind::real:
            return float8_array;
        case ValueKind::text:
            break;
    }
    return text_array;
}

std::string with_rows_of_arrays(const std::string& text, std::size_t columns) {
    const auto begin = text.find("VALUES (");
    const auto end = text.find(')', begin);
    if (begin == std::string::npos || end == std::string::npos) {
        throw Error(Error::Kind::statement,
                    fmt::format("no VALUES ($1, ...) for many rows in: {}", text));
    }
    std::string arrays;
    for (std::size_t i = 1; i <= columns; ++i) {
        arrays += fmt::format("{}${}", i == 1 ? "" : ", ", i);
    }
    return fmt::format("{}SELECT * FROM unnest({}){}", text.substr(0, begin), arrays,
                       text.substr(end + 1));
}

Arrays::Arrays(std::span<const Args> many) {
    const auto columns = many.front().values().size();
    columns_.reserve(columns);
    for (std::size_t column = 0; column < columns; ++column) {
        columns_.push_back(array_of(many, column));
        values_.push_back(columns_.back().data());
        lengths_.push_back(static_cast<int>(columns_.back().size()));
        formats_.push_back(1);
    }
}

}  // namespace kontor::sql::postgres
