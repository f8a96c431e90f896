#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::sql {

enum class Engine { sqlite, postgres };

/// One forward step of a schema: `migrations/0001_products.sql` of a service, embedded in the
/// program by the build. An applied one never changes; the next one mends it.
struct Migration {
    std::string_view component;  ///< `catalog`, `platform/events`: versions count per component.
    int version;                 ///< From 1, without gaps.
    std::string_view name;       ///< `products`
    std::string_view text;       ///< Statements of both engines, with the words of `in_dialect`.
};

/// The migrations of `component`, oldest first: a service's name or `platform/<folder>`. Empty
/// where there are none.
std::vector<Migration> migrations_of(std::string_view component);

/// What a service's database needs: the platform's own tables (outbox, idempotency keys), then the
/// service's.
std::vector<Migration> schema_of(std::string_view service);

/// A text for one engine. Shared text is PostgreSQL's SQL with a few words of its own:
///   `{{auto_id}}`     a column's type: a key that the database counts up (the event sequence)
///   `{{strict}}`      after the closing bracket of every CREATE TABLE: columns refuse other types
///   `{{for_update}}`  ends a SELECT that locks its rows (SQLite has one writer anyway)
/// On SQLite BIGINT, SMALLINT and DOUBLE PRECISION become its INTEGER and REAL.
std::string in_dialect(Engine engine, std::string_view text);

}  // namespace kontor::sql
