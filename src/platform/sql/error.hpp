#pragma once

#include <string>

#include "base/accident.hpp"

namespace kontor::sql {

/// An accident with a database. Inside a transaction nothing more can be done after one: let it
/// pass, the transaction is rolled back. What is expected to collide is written `ON CONFLICT`.
class Error : public Accident {
public:
    enum class Kind {
        unique,           ///< A row with this key is there already.
        check,            ///< A CHECK said no.
        foreign_key,      ///< A row that is referred to is missing.
        not_null,         ///< A column must have a value.
        unavailable,      ///< No connection, too many waiting, or shut down: try again.
        timeout,          ///< The deadline passed; nothing was changed.
        conflict,         ///< Serialisation failure or deadlock, still there after the retries.
        full,             ///< No space on the disk.
        read_only,        ///< The file or the server takes no writes.
        corrupt,          ///< The file is damaged, or the disk cannot be read or synced.
        outcome_unknown,  ///< The connection was lost during COMMIT: done or not done.
        statement,        ///< The statement, its arguments or its row do not fit: a fault of ours.
    };

    Error(Kind kind, const std::string& message, std::string constraint = {})
        : Accident(message), kind_(kind), constraint_(std::move(constraint)) {}

    Kind kind() const { return kind_; }

    /// `unavailable`, `outcome_unknown`, `deadline_exceeded`, or `internal` where it is our fault.
    Refusal refusal() const override;

    /// What was violated, the same on both engines: unique and not null `table.column[,
    /// table.column]` in the order of the index (an index over expressions: its name); check: the
    /// constraint's name, so give it one; foreign key: empty on SQLite.
    const std::string& constraint() const { return constraint_; }

private:
    Kind kind_;
    std::string constraint_;
};

/// The commit may have happened: never acknowledge, let the idempotency key decide (see the
/// design).
class OutcomeUnknown final : public Error {
public:
    explicit OutcomeUnknown(const std::string& message) : Error(Kind::outcome_unknown, message) {}
};

}  // namespace kontor::sql
