#include "platform/sql/sqlite/writer.hpp"

#include "platform/sql/sqlite/transaction.hpp"

namespace kontor::sql::sqlite {

namespace {

using namespace std::chrono_literals;

constexpr Statement begin{"begin", "BEGIN IMMEDIATE"};
constexpr Statement commit{"commit", "COMMIT"};
constexpr Statement rollback{"rollback", "ROLLBACK"};
constexpr Statement savepoint{"savepoint", "SAVEPOINT body"};
constexpr Statement release{"release", "RELEASE body"};
constexpr Statement undo{"undo", "ROLLBACK TO body"};

// All bodies of a commit share it: one that scans a table for longer is an accident.
constexpr auto body_limit = 10s;

/// A failed sync leaves the commit's frames in the WAL, and a crash now may bring them back.
std::exception_ptr commit_error(const Error& error) {
    if (error.kind() == Error::Kind::corrupt) {
        return std::make_exception_ptr(OutcomeUnknown(error.what()));
    }
    return std::make_exception_ptr(error);
}

}  // namespace

bool Job::refuse_when_late() {
    if (deadline == TimePoint::max() || std::chrono::steady_clock::now() < deadline) {
        return false;
    }
    done(refusal(refusals::deadline_exceeded,
                 "the deadline passed while waiting for the database; nothing was changed"));
    return true;
}

void Job::answer() {
    if (error) {
        done.fail(std::move(error));
    } else {
        done(std::nullopt);
    }
}

void GroupCommit::run(std::span<Job> jobs) {
    std::size_t next = 0;
    while (next < jobs.size()) {
        const auto first = next;
        Wish all;
        std::exception_ptr error;
        try {
            connection_.set_deadline(TimePoint::max());
            command(begin);
            while (next < jobs.size() && connection_.in_transaction()) {
                const auto wish = run_one(jobs[next++]);
                all = {all.keep || wish.keep, all.notify || wish.notify};
            }
            if (!connection_.in_transaction()) {
                error = jobs[next - 1].error;  // SQLite undid the whole transaction: disk full etc.
            } else if (all.keep) {
                command(commit);
                if (all.notify) {
                    notify_();
                }
            }
        } catch (const Error& failed) {
            error = commit_error(failed);
            next = jobs.size();
        }
        roll_back();
        for (auto& job : jobs.subspan(first, next - first)) {
            job.error = error && !job.error ? error : job.error;
            job.answer();
        }
    }
}

GroupCommit::Wish GroupCommit::run_one(Job& job) {
    Wish wish;
    command(savepoint);
    connection_.set_deadline(std::chrono::steady_clock::now() + body_limit);
    try {
        SqliteTransaction transaction(connection_);
        const bool wanted = run_to_completion((*job.body)(transaction));
        transaction.rethrow_failure();
        wish = {wanted, wanted && transaction.notifies()};
    } catch (...) {
        job.error = std::current_exception();
    }
    connection_.set_deadline(TimePoint::max());
    if (connection_.in_transaction()) {
        if (!wish.keep) {
            command(undo);
        }
        command(release);
    }
    return wish;
}

void GroupCommit::command(const Statement& statement) {
    connection_.run(statement, Args(), 0, nullptr);
}

void GroupCommit::roll_back() noexcept {
    if (!connection_.in_transaction()) {
        return;
    }
    try {
        command(rollback);
    } catch (const Error&) {
        return;  // what made it fail has been told already; SQLite ends it in any case
    }
}

}  // namespace kontor::sql::sqlite
