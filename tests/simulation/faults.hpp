#pragma once

#include <map>
#include <string>

#include <boost/describe/enum.hpp>

#include "base/random.hpp"
#include "simulation/trace.hpp"

namespace kontor::simulation {

/// What goes wrong.
enum class Fault {
    crash,                  ///< A process dies where it stands.
    database_refuses,       ///< A transaction does not begin: `unavailable`.
    commit_fails,           ///< A transaction is rolled back at its end.
    commit_outcome_lost,    ///< A transaction commits, but its caller does not learn it.
    commit_and_reply_lost,  ///< A transaction is rolled back, and its caller does not learn it.
    body_runs_again,        ///< A transaction is rolled back and repeated, as after a deadlock.
    database_stalls,        ///< A commit takes seconds.
    connection_refused,     ///< A request does not leave.
    request_lost,           ///< A request does not arrive.
    request_repeated,       ///< A request arrives twice, once late.
    request_late,           ///< A request arrives seconds later.
    reply_lost,             ///< The work is done, but its caller does not learn it.
    reply_late,             ///< The answer takes seconds.
    log_refuses,            ///< The event log does not answer a read or an append.
    append_reply_lost,      ///< The event log has stored what it was given, but does not say so.
    events_repeated,        ///< Events come again.
    events_held_up,         ///< A part of the events comes later.
    provider_fails,         ///< The card provider answers 500, before or after the work.
    notice_lost,            ///< The card provider tells nobody what happened.
    notice_repeated,        ///< The card provider tells it again, later.
};
BOOST_DESCRIBE_ENUM(Fault, crash, database_refuses, commit_fails, commit_outcome_lost,
                    commit_and_reply_lost, body_runs_again, database_stalls, connection_refused,
                    request_lost, request_repeated, request_late, reply_lost, reply_late,
                    log_refuses, append_reply_lost, events_repeated, events_held_up, provider_fails,
                    notice_lost, notice_repeated)

/// Decides by the seed where something goes wrong, and counts it.
class Faults {
public:
    Faults(std::uint64_t seed, Trace& trace) : random_(seed), trace_(trace) {}

    void start() { active_ = true; }
    void stop() { active_ = false; }
    bool active() const { return active_; }

    /// Whether `fault` happens here, at `where`.
    bool happens(Fault fault, std::string_view where);

    const std::map<Fault, int>& counts() const { return counts_; }
    int total() const;

private:
    SeededRandom random_;
    Trace& trace_;
    bool active_ = false;
    std::map<Fault, int> counts_;
};

}  // namespace kontor::simulation
