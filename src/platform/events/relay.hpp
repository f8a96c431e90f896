#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "platform/async/shared_signal.hpp"
#include "platform/events/lease.hpp"
#include "platform/events/log.hpp"
#include "platform/events/outbox.hpp"

namespace kontor::events {

struct RelayOptions {
    /// Different for every process that serves the same database.
    std::string holder = "this process";
    std::size_t batch_max = 500;
    /// How long events stay in the outbox once the target has them.
    std::chrono::microseconds keep = std::chrono::hours(24);
    std::chrono::milliseconds lease_duration{10'000};
    /// Between attempts while the target is away, doubling.
    std::chrono::milliseconds retry_first{50};
    std::chrono::milliseconds retry_last{5'000};
    /// Told each failure, on the relay's loop: for logs and metrics.
    std::function<void(const std::string& message)> report{};
};

struct RelayStatus {
    Position relayed = 0;  ///< The target has everything up to here.
    std::uint64_t failures = 0;
    std::string last_error;  ///< Empty while all goes well.
    bool leading = false;    ///< This process holds the lease.
};

/// Moves one service's events from its outbox to a storing log: in order, none left out. The
/// target's own end says where to go on, so a relay that dies between storing and noting it down
/// loses nothing and stores nothing twice. One process at a time relays, by a lease; one that
/// wakes up late is stopped by the target, which stores each position once and in order.
class Relay {
public:
    /// `source` is a log that reads `outbox`; all must outlive the relay.
    Relay(Outbox& outbox, Log& source, StoringLog& target, const Clock& clock,
          RelayOptions options = {});
    /// Must have been stopped.
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    /// Begins on the current loop, and runs there until stopped.
    void start();

    /// Ends after the batch under way and gives up the lease. From any loop; safe to repeat.
    Task<void> stop();

    /// One round: takes the lease, passes on what is there, notes it down, trims. Answers how many
    /// events the target got. For triggering from outside, while it is not started.
    Task<std::size_t> relay_once(Duration wait = Duration::zero());

    /// Waits until the target has `position`, at most `wait`; false when the time ran out.
    Task<bool> reached(Position position, Duration wait);

    RelayStatus status() const;

private:
    Task<void> run();
    Task<bool> lead();
    Task<void> begin();
    Task<void> note_relayed(Position position);
    Task<void> trim();
    Task<void> pause(int failures_in_a_row);
    void note_failure(const std::string& error);

    Outbox& outbox_;
    Log& source_;
    StoringLog& target_;
    RelayOptions options_;
    Lease lease_;

    std::atomic<bool> running_{false};
    std::atomic<bool> stopping_{false};
    SharedSignal requests_;
    SharedSignal progress_;

    std::optional<std::int64_t> epoch_;  ///< The relay's loop's own, like the three after it.
    std::optional<Position> position_;   ///< Of the target; unknown at first and after a failure.
    std::chrono::steady_clock::time_point renew_at_{};
    std::chrono::steady_clock::time_point trim_at_{};

    mutable std::mutex mutex_;  ///< Guards what follows.
    RelayStatus status_;
};

}  // namespace kontor::events
