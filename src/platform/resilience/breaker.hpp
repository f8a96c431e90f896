#pragma once

#include <optional>

#include "base/random.hpp"
#include "platform/resilience/policy.hpp"
#include "platform/resilience/windowed_count.hpp"

namespace kontor::resilience {

/// What a call says about the other side. nothing: its caller gave it no time, or left.
enum class Verdict : std::uint8_t { succeeded, failed, nothing };

/// Stops asking what keeps failing, and finds out by a few probes when it goes again (Nygard,
/// Release It!, 2nd ed., 2018, "Circuit Breaker"). Not thread-safe.
class Breaker {
public:
    enum class State : std::uint8_t { closed, half_open, open };
    /// Of a call that may go: what it was let go for.
    struct Ticket {
        std::uint64_t generation = 0;
    };

    /// `policy` and `random` must outlive it.
    Breaker(const Policy& policy, Random& random);

    /// Nothing where no call may go now. Of one that went `record` must be told, whatever became
    /// of it.
    std::optional<Ticket> allow(TimePoint now);
    /// Ignored where the breaker has opened or closed since: the call was sent before.
    void record(TimePoint now, Ticket ticket, Verdict verdict);

    State state(TimePoint now) const;
    /// Whether allow would.
    bool would_allow(TimePoint now) const;
    /// When it lets probes go, where it is open.
    TimePoint probes_at() const { return probes_at_; }

private:
    void judge(TimePoint now, bool succeeded);
    bool too_many_fail(TimePoint now);
    void open(TimePoint now);
    void close();
    void begin_probes();

    const Policy& policy_;
    Random& random_;
    WindowedCount succeeded_;
    WindowedCount failed_;
    std::uint64_t generation_ = 0;  ///< Counts how often it opened, closed, or began to probe anew.
    std::int64_t failures_in_a_row_ = 0;
    std::int64_t opened_in_a_row_ = 0;  ///< 0: closed.
    TimePoint probes_at_{};
    TimePoint probe_again_at_{};  ///< If the probes sent at first did not come back until then.
    std::int64_t probes_sent_ = 0;
    std::int64_t probes_succeeded_ = 0;
};

}  // namespace kontor::resilience
