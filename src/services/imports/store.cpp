#include "services/imports/store.hpp"

#include <limits>

namespace kontor::imports::store {

namespace {

constexpr sql::Statement put_import{"imports.put_import", R"sql(
    INSERT INTO imports (id, document) VALUES ($1, $2)
    ON CONFLICT (id) DO UPDATE SET document = excluded.document
)sql"};

constexpr sql::Statement find_import{"imports.find_import", R"sql(
    SELECT document FROM imports WHERE id = $1
)sql"};

constexpr sql::Statement read_imports{"imports.read_imports", R"sql(
    SELECT document FROM imports WHERE id < $1 ORDER BY id DESC LIMIT $2
)sql"};

constexpr sql::Statement last_to_go{"imports.last_to_go", R"sql(
    SELECT id FROM imports ORDER BY id DESC LIMIT 1 OFFSET $1
)sql"};

constexpr sql::Statement forget_old_rejects{"imports.forget_old_rejects", R"sql(
    DELETE FROM rejects WHERE import <= $1
)sql"};

constexpr sql::Statement forget_old_imports{"imports.forget_old_imports", R"sql(
    DELETE FROM imports WHERE id <= $1
)sql"};

constexpr sql::Statement put_reject{"imports.put_reject", R"sql(
    INSERT INTO rejects (import, place, document) VALUES ($1, $2, $3)
)sql"};

constexpr sql::Statement read_rejects{"imports.read_rejects", R"sql(
    SELECT document FROM rejects WHERE import = $1 AND place >= $2 ORDER BY place LIMIT $3
)sql"};

constexpr sql::Statement forget_rejects_of{"imports.forget_rejects_of", R"sql(
    DELETE FROM rejects WHERE import = $1
)sql"};

constexpr sql::Statement put_mapping{"imports.put_mapping", R"sql(
    INSERT INTO mappings (name, toml) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET toml = excluded.toml
)sql"};

constexpr sql::Statement find_mapping{"imports.find_mapping", R"sql(
    SELECT toml FROM mappings WHERE name = $1
)sql"};

constexpr sql::Statement read_mappings{"imports.read_mappings", R"sql(
    SELECT name, toml FROM mappings ORDER BY name
)sql"};

/// What the database holds was written by this program: unreadable is an accident.
template <class T>
T from_document(std::string_view document) {
    auto value = from_json<T>(document);
    if (!value) {
        throw std::runtime_error("imports: stored document: " + value.error().message);
    }
    return *std::move(value);
}

template <class T>
std::vector<T> from_documents(const std::vector<std::string>& documents) {
    std::vector<T> all;
    all.reserve(documents.size());
    for (const auto& document : documents) {
        all.push_back(from_document<T>(document));
    }
    return all;
}

}  // namespace

Task<void> put(sql::Transaction& transaction, const Import& import) {
    co_await transaction.execute(put_import, import.id, to_json(import));
}

Task<std::optional<Import>> import(sql::Transaction& transaction, ImportId id) {
    const auto document = co_await transaction.row<std::string>(find_import, id);
    co_return document ? std::optional(from_document<Import>(*document)) : std::nullopt;
}

Task<std::vector<Import>> imports(sql::Transaction& transaction, ImportId before,
                                  std::int64_t count) {
    co_return from_documents<Import>(
        co_await transaction.rows<std::string>(read_imports, before, count));
}

Task<void> forget_old(sql::Transaction& transaction, std::int64_t kept) {
    if (const auto last = co_await transaction.row<std::int64_t>(last_to_go, kept)) {
        co_await transaction.execute(forget_old_rejects, *last);
        co_await transaction.execute(forget_old_imports, *last);
    }
}

Task<void> put_rejects(sql::Transaction& transaction, ImportId id, std::int64_t place,
                       std::span<const RejectedLine> lines) {
    for (const auto& line : lines) {
        co_await transaction.execute(put_reject, id, place++, to_json(line));
    }
}

Task<std::vector<RejectedLine>> rejects(sql::Transaction& transaction, ImportId id,
                                        std::int64_t from, std::int64_t count) {
    co_return from_documents<RejectedLine>(
        co_await transaction.rows<std::string>(read_rejects, id, from, count));
}

Task<void> forget_rejects(sql::Transaction& transaction, ImportId id) {
    co_await transaction.execute(forget_rejects_of, id);
}

Task<void> put(sql::Transaction& transaction, const ImportMapping& mapping) {
    co_await transaction.execute(put_mapping, mapping.mapping, mapping.toml);
}

Task<std::optional<std::string>> mapping(sql::Transaction& transaction, std::string_view name) {
    return transaction.row<std::string>(find_mapping, name);
}

Task<std::vector<ImportMapping>> mappings(sql::Transaction& transaction) {
    std::vector<ImportMapping> all;
    for (auto& [name, toml] :
         co_await transaction.rows<std::tuple<std::string, std::string>>(read_mappings)) {
        all.push_back({std::move(name), std::move(toml)});
    }
    co_return all;
}

}  // namespace kontor::imports::store
