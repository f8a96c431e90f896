#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "platform/async/shared_signal.hpp"
#include "platform/events/log.hpp"
#include "platform/events/sink.hpp"

namespace kontor::events {

struct ConsumerOptions {
    /// Events in one transaction of the sink. More make catching up faster, and a retry longer.
    std::size_t batch_max = 256;
    /// How often an event may fail before it is parked.
    int attempts_max = 5;
    /// Between attempts, doubling.
    std::chrono::milliseconds retry_first{50};
    std::chrono::milliseconds retry_last{5'000};
    /// Told each failure and each parked event, on the consumer's loop: for logs and metrics.
    std::function<void(const std::string& message)> report{};
};

/// What a consumer has done since it was started.
struct ConsumerStatus {
    Position position = 0;
    std::uint64_t applied = 0;     ///< Events that took effect.
    std::uint64_t duplicates = 0;  ///< Events that had taken effect before.
    std::uint64_t parked = 0;      ///< Events put aside.
    std::uint64_t failures = 0;    ///< Attempts that failed.
    std::uint64_t retries = 0;     ///< How often what is parked was tried again.
    std::string last_error;        ///< Empty while all goes well.
};

/// Reads one stream and lets it take effect in a sink, for as long as it runs.
///
/// An event that fails is tried again; after `attempts_max` it is parked, and so is every later
/// event of the same aggregate, so that none is overtaken; other aggregates go on. An event that
/// fails for a reason that passes (the database or a service is away) is never parked: the consumer
/// waits for it.
class Consumer {
public:
    /// `log` and `sink` must outlive it.
    Consumer(std::string name, std::string stream, Log& log, Sink& sink,
             ConsumerOptions options = {});
    /// Must have been stopped.
    ~Consumer();
    Consumer(const Consumer&) = delete;
    Consumer& operator=(const Consumer&) = delete;

    /// Begins on the current loop, and runs there until stopped.
    void start();

    /// Ends after the batch under way. From any loop; safe to repeat.
    Task<void> stop();

    /// Starts over after `from`, once the batch under way is done.
    void replay(Position from = 0);

    /// Tries parked events again, once the batch under way is done. False where that has not been
    /// within `wait`; it is done later then.
    Task<bool> retry_parked(Duration wait);

    /// Whether all that had been published when it was first started has taken effect.
    bool caught_up() const;

    /// Waits until `position` has taken effect, at most `wait`; false when the time ran out.
    Task<bool> reached(Position position, Duration wait);

    const std::string& name() const { return name_; }
    const std::string& stream() const { return stream_; }
    ConsumerStatus status() const;

private:
    Task<void> run();
    Task<void> step();
    Task<void> follow_requests();
    Task<bool> until(std::function<bool(const ConsumerStatus&)> holds, Duration wait);
    Task<void> take(std::vector<Envelope> batch);
    Task<void> apply(std::vector<Envelope> events);
    Task<void> take_one_by_one(std::vector<Envelope> events);
    Task<bool> park(const Envelope& event, std::string error);
    Task<void> load();
    Task<void> learn_end();
    Task<void> pause(int failures_in_a_row);
    std::vector<Envelope> without_duplicates(std::vector<Envelope> batch);
    void advance(Position position, std::uint64_t applied);
    void note_failure(const std::string& error);

    std::string name_;
    std::string stream_;
    Log& log_;
    Sink& sink_;
    ConsumerOptions options_;

    std::atomic<bool> running_{false};
    std::atomic<bool> stopping_{false};
    std::atomic<Position> end_at_start_{-1};  ///< -1: not known yet.
    SharedSignal requests_;
    SharedSignal progress_;

    Position position_ = 0;  ///< The loop's own, like the two after it.
    bool loaded_ = false;
    std::set<std::string> parked_;

    mutable std::mutex mutex_;  ///< Guards what follows.
    ConsumerStatus status_;
    std::optional<Position> replay_from_;
    bool retry_wanted_ = false;
};

}  // namespace kontor::events
