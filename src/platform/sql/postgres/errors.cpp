#include "platform/sql/postgres/errors.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace kontor::sql::postgres {

namespace {

using Kind = Error::Kind;

// Whole codes before their classes; PostgreSQL 15 documentation, appendix A.
constexpr std::array<std::pair<std::string_view, Kind>, 19> kinds{{
    {"23505", Kind::unique},
    {"23514", Kind::check},
    {"23503", Kind::foreign_key},
    {"23502", Kind::not_null},
    {"40001", Kind::conflict},
    {"40P01", Kind::conflict},
    {"0A000", Kind::conflict},  // a cached plan that a migration has outdated: the retry prepares
                                // anew
    {"57014", Kind::timeout},
    {"55P03", Kind::timeout},
    {"25006", Kind::read_only},
    {"53100", Kind::full},
    {"58030", Kind::corrupt},
    {"XX001", Kind::corrupt},
    {"XX002", Kind::corrupt},
    {"08P01", Kind::statement},  // as many arguments as parameters are
                                 // expected
    {"08", Kind::unavailable},
    {"53", Kind::unavailable},
    {"57", Kind::unavailable},
    {"58", Kind::unavailable},
}};

std::string_view field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? std::string_view() : std::string_view(text);
}

Kind kind_of(std::string_view state) {
    for (const auto& [prefix, kind] : kinds) {
        if (state.starts_with(prefix)) {
            return kind;
        }
    }
    return Kind::statement;
}

/// `Key (a, b)=(1, 2) already exists.` in whatever language becomes `table.a, table.b`.
std::string unique_columns(const PGresult* result) {
    const auto detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    const auto open = detail.find('(');
    const auto close = detail.find(")=(");
    if (open == std::string_view::npos || close == std::string_view::npos) {
        return std::string(field(result, PG_DIAG_CONSTRAINT_NAME));
    }
    auto keys = detail.substr(open + 1, close - open - 1);
    if (keys.find('(') != std::string_view::npos) {  // an expression: SQLite knows the index only
        return std::string(field(result, PG_DIAG_CONSTRAINT_NAME));
    }
    std::string columns;
    while (!keys.empty()) {
        const auto comma = keys.find(", ");
        columns += fmt::format("{}{}.{}", columns.empty() ? "" : ", ",
                               field(result, PG_DIAG_TABLE_NAME), keys.substr(0, comma));
        keys = comma == std::string_view::npos ? std::string_view() : keys.substr(comma + 2);
    }
    return columns;
}

std::string constraint_of(Kind kind, const PGresult* result) {
    switch (kind) {
        case Kind::unique:
            return unique_columns(result);
        case Kind::not_null:
            return fmt::format("{}.{}", field(result, PG_DIAG_TABLE_NAME),
                               field(result, PG_DIAG_COLUMN_NAME));
        default:
            return std::string(field(result, PG_DIAG_CONSTRAINT_NAME));
    }
}

}  // namespace

Error error_of(const PGresult* result, std::string_view what) {
    const auto state = field(result, PG_DIAG_SQLSTATE);
    const auto kind = kind_of(state);
    return Error(
        kind,
        fmt::format("{}: {} (PostgreSQL {})", what, field(result, PG_DIAG_MESSAGE_PRIMARY), state),
        constraint_of(kind, result));
}

}  // namespace kontor::sql::postgres
