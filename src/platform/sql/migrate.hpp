#pragma once

#include <span>
#include <string>
#include <vector>

#include "platform/sql/migration.hpp"

namespace kontor::sql {

/// What `schema_migrations` says about one step.
struct AppliedMigration {
    std::string component;
    int version = 0;
    std::string checksum;
};

/// A database that holds the migration lock and has a transaction open; blocking, for start-up.
class MigrationTarget {
public:
    virtual ~MigrationTarget() = default;
    virtual Engine engine() const = 0;
    /// Runs any number of statements. Throws Error.
    virtual void script(const std::string& text) = 0;
    virtual std::vector<AppliedMigration> applied() = 0;
};

/// Applies what is missing and records it. Throws Error (`statement`) naming a migration that was
/// edited after it was applied, or a gap. Steps that a newer program applied are left alone, so
/// that a release can be rolled back (expand, then contract).
void apply_migrations(MigrationTarget& target, std::span<const Migration> migrations);

}  // namespace kontor::sql
