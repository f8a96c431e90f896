#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <span>

#include "platform/async/loop.hpp"
#include "platform/sql/sqlite/connection.hpp"

namespace kontor::sql::sqlite {

/// A body that waits for a connection, and whoever waits for its answer.
struct Job {
    const std::function<Task<bool>(Transaction&)>* body;
    TimePoint deadline;
    Completion<std::optional<Refusal>> done;
    bool single = false;  ///< A read of one statement: no transaction around it.
    std::exception_ptr error{};

    /// Refuses what nobody waits for any more; true where it did.
    bool refuse_when_late();
    /// Tells the one who waits.
    void answer();
};

/// Group commit: many bodies in one transaction, each in a savepoint of its own, so that one that
/// refuses or fails takes nobody along.
class GroupCommit {
public:
    /// `notify` is called after a commit with a job that asks for it, before its jobs are answered.
    GroupCommit(Connection& connection, std::function<void()> notify)
        : connection_(connection), notify_(std::move(notify)) {}

    /// Runs `jobs` and commits them together; then answers all.
    void run(std::span<Job> jobs);

private:
    /// What a job wants of the commit.
    struct Wish {
        bool keep = false;    ///< That it is committed.
        bool notify = false;  ///< That the listeners are told.
    };

    /// Runs `job` in its savepoint.
    Wish run_one(Job& job);
    void command(const Statement& statement);
    void roll_back() noexcept;

    Connection& connection_;
    std::function<void()> notify_;
};

}  // namespace kontor::sql::sqlite
