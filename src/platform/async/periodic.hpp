#pragma once

#include <atomic>
#include <functional>

#include "platform/async/shared_signal.hpp"

namespace kontor {

/// Does something again and again in the background: once at the start, and then `every` so often
/// after the last time has ended. What the work throws goes to `report`, and it is tried again next
/// time.
class Periodic {
public:
    using Work = std::function<Task<void>()>;
    using Report = std::function<void(std::string_view error)>;

    Periodic(Duration every, Work work, Report report);
    /// Must have been stopped.
    ~Periodic();
    Periodic(const Periodic&) = delete;
    Periodic& operator=(const Periodic&) = delete;

    /// Begins on the current loop, and runs there until stopped.
    void start();
    /// Ends after the work under way. From any loop; safe to repeat.
    Task<void> stop();

private:
    Task<void> run();

    Duration every_;
    Work work_;
    Report report_;
    std::atomic<bool> running_{false};
    std::atomic<bool> stopping_{false};
    SharedSignal wake_;
    SharedSignal ended_;
};

}  // namespace kontor
