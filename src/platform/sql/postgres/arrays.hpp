#pragma once

#include <span>
#include <string>
#include <vector>

#include <libpq-fe.h>

#include "platform/sql/column.hpp"

/// Many argument sets in one execution: each column travels as an array.
namespace kontor::sql::postgres {

/// The type of an array of `kind`.
Oid array_type_of(ValueKind kind);

/// `text` with the rows of `columns` arrays where it says `VALUES (...)`. Throws Error where it
/// does not.
std::string with_rows_of_arrays(const std::string& text, std::size_t columns);

/// The columns of argument sets as arrays in PostgreSQL's binary form (array_send in its
/// arrayfuncs.c). The sets are alike and not none.
class Arrays {
public:
    explicit Arrays(std::span<const Args> many);

    int count() const { return static_cast<int>(values_.size()); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    std::vector<std::string> columns_;
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

}  // namespace kontor::sql::postgres
