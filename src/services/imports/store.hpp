#pragma once

#include <span>

#include "platform/sql/sql.hpp"
#include "services/imports/api.hpp"

/// The rows of imports. Each function runs inside its caller's transaction.
namespace kontor::imports::store {

Task<void> put(sql::Transaction& transaction, const Import& import);
Task<std::optional<Import>> import(sql::Transaction& transaction, ImportId id);
/// The latest first, from below `before`.
Task<std::vector<Import>> imports(sql::Transaction& transaction, ImportId before,
                                  std::int64_t count);
/// Forgets all but the latest `kept`, with their rejects.
Task<void> forget_old(sql::Transaction& transaction, std::int64_t kept);

/// From `place` on, counted from 0.
Task<void> put_rejects(sql::Transaction& transaction, ImportId id, std::int64_t place,
                       std::span<const RejectedLine> lines);
Task<std::vector<RejectedLine>> rejects(sql::Transaction& transaction, ImportId id,
                                        std::int64_t from, std::int64_t count);
/// For an import that begins again.
Task<void> forget_rejects(sql::Transaction& transaction, ImportId id);

Task<void> put(sql::Transaction& transaction, const ImportMapping& mapping);
Task<std::optional<std::string>> mapping(sql::Transaction& transaction, std::string_view name);
Task<std::vector<ImportMapping>> mappings(sql::Transaction& transaction);

}  // namespace kontor::imports::store
