#include "simulation/simulated_database.hpp"

#include "platform/sql/sqlite/transaction.hpp"

namespace kontor::simulation {

namespace {

using namespace std::chrono_literals;
using sql::Error;

constexpr sql::Statement begin{"begin", "BEGIN"};
constexpr sql::Statement rollback{"rollback", "ROLLBACK"};
constexpr sql::Statement savepoint{"savepoint", "SAVEPOINT again"};
constexpr sql::Statement undo{"undo", "ROLLBACK TO again"};
constexpr sql::Statement release{"release", "RELEASE again"};

Error dead() {
    return {Error::Kind::unavailable, "this process has died"};
}

Refusal too_late() {
    return refusal(refusals::deadline_exceeded, "the deadline passed while waiting");
}

void execute(sql::sqlite::Connection& connection, const sql::Statement& statement) {
    connection.run(statement, sql::Args(), 0, nullptr);
}

}  // namespace

SimulatedDatabase::SimulatedDatabase(Environment& environment, std::shared_ptr<Life> life,
                                     Storage& storage, Mutant* mutant)
    : environment_(environment), life_(std::move(life)), storage_(storage), mutant_(mutant) {}

Task<std::optional<Refusal>> SimulatedDatabase::run(Access access, const Context& context,
                                                    const ErasedBody& body) {
    if (environment_.ends_here(*life_, storage_.service())) {
        throw dead();
    }
    // Most reads look only whether something is due.
    const bool may_refuse = access == Access::write || environment_.one_in(8);
    if (may_refuse && environment_.faults.happens(Fault::database_refuses, storage_.service())) {
        co_return refusal(refusals::unavailable, "too many wait for the database");
    }
    if (access == Access::write) {
        co_return co_await write(context, body);
    }
    if (!co_await life_->pause(environment_.between(50us, 500us))) {
        throw dead();
    }
    if (environment_.loop.now() >= context.deadline) {
        co_return too_late();
    }
    read(access, body);
    co_return std::nullopt;
}

void SimulatedDatabase::read(Access access, const ErasedBody& body) {
    auto& connection = storage_.connection();
    struct End {
        sql::sqlite::Connection& connection;
        ~End() {
            if (connection.in_transaction()) {
                execute(connection, rollback);
            }
        }
    } const end{connection};
    if (access == Access::read) {
        execute(connection, begin);
    }
    sql::sqlite::SqliteTransaction transaction(connection);
    run_to_completion(run_statements(body, transaction));
}

Task<std::optional<Refusal>> SimulatedDatabase::write(const Context& context,
                                                      const ErasedBody& body) {
    const auto outcome = co_await life_->wait<Outcome>(
        [&](auto answer) {
            queue_.push_back({&body, context.deadline, answer, draw_fault()});
            begin_commit();
        },
        Outcome{{}, std::make_exception_ptr(dead())});
    if (outcome.error) {
        std::rethrow_exception(outcome.error);
    }
    co_return outcome.refused;
}

std::optional<Fault> SimulatedDatabase::draw_fault() {
    for (const auto fault : {Fault::commit_fails, Fault::commit_outcome_lost,
                             Fault::commit_and_reply_lost, Fault::body_runs_again}) {
        if (environment_.faults.happens(fault, storage_.service())) {
            return fault;
        }
    }
    return std::nullopt;
}

/// What comes while a commit is under way goes into the next one.
void SimulatedDatabase::begin_commit() {
    if (std::exchange(committing_, true)) {
        return;
    }
    const bool stalls = environment_.faults.happens(Fault::database_stalls, storage_.service());
    const auto takes = stalls ? environment_.between(1s, 8s) : environment_.between(500us, 5ms);
    environment_.loop.after(takes, [this, life = life_] {
        if (life->goes_on()) {
            commit();
        }
    });
}

void SimulatedDatabase::commit() {
    committing_ = false;
    if (environment_.ends_here(*life_, "the beginning of a commit")) {
        return;
    }
    auto& connection = storage_.connection();
    std::vector<sql::sqlite::Job> jobs;
    for (auto& write : std::exchange(queue_, {})) {
        if (environment_.loop.now() >= write.deadline) {
            write.answer({too_late(), nullptr});
        } else {
            spawn(settle(std::make_shared<Settled>(std::move(write)), jobs));
        }
    }
    environment_.trace.note("{} commits {}", storage_.service(), jobs.size());
    sql::sqlite::GroupCommit(connection, [this] { tell_listeners(); }).run(jobs);
    environment_.ends_here(*life_, "the end of a commit");
}

/// Waits for the commit and answers what the fault makes of it. Touches nothing of the database
/// then, which may be gone.
Task<void> SimulatedDatabase::settle(std::shared_ptr<Settled> settled,
                                     std::vector<sql::sqlite::Job>& jobs) {
    auto& environment = environment_;
    const ErasedBody body = [this, settled](sql::Transaction& transaction) {
        return run_body(*settled, transaction);
    };
    settled->acknowledged_early = mutant_ != nullptr && mutant_->defect().acknowledges_early;
    Outcome outcome;
    try {
        outcome.refused = co_await complete<std::optional<Refusal>>([&](auto done) {
            jobs.push_back({&body, Context::TimePoint::max(), std::move(done)});
        });
    } catch (...) {
        outcome.error = std::current_exception();
    }
    const auto& write = settled->write;
    const bool unknown =
        write.fault == Fault::commit_outcome_lost ||
        (write.fault == Fault::commit_and_reply_lost && !settled->acknowledged_early);
    if (settled->kept && unknown) {
        outcome.error = std::make_exception_ptr(sql::OutcomeUnknown("lost during the commit"));
    }
    co_await sleep_for(environment.between(50us, 1ms));
    write.answer(std::move(outcome));
}

/// Whether to commit.
Task<bool> SimulatedDatabase::run_body(Settled& settled, sql::Transaction& transaction) {
    const auto& write = settled.write;
    auto& connection = storage_.connection();
    if (write.fault == Fault::body_runs_again) {
        execute(connection, savepoint);
        co_await run_statements(*write.body, transaction);
        execute(connection, undo);
        execute(connection, release);
    }
    settled.kept = co_await run_statements(*write.body, transaction);
    if (settled.kept && write.fault == Fault::commit_fails) {
        throw Error(Error::Kind::full, "no space for the commit");
    }
    co_return settled.kept&& write.fault != Fault::commit_and_reply_lost;
}

Task<bool> SimulatedDatabase::run_statements(const ErasedBody& body,
                                             sql::Transaction& transaction) {
    if (mutant_ == nullptr || mutant_->defect().alterations.empty()) {
        co_return co_await body(transaction);
    }
    AlteredTransaction altered(storage_.connection(), *mutant_);
    const bool keep = co_await body(altered);
    if (altered.notifies()) {
        transaction.notify();
    }
    co_return keep;
}

}  // namespace kontor::simulation
