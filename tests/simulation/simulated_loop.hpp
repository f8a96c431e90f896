#pragma once

#include <queue>
#include <unordered_map>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "platform/async/loop.hpp"

namespace kontor::simulation {

/// A loop whose time is made up: it jumps to the next timer as soon as nothing else is left to do.
/// What could run at the same moment runs in an order that the seed draws, one after another on the
/// calling thread, so that a seed is one history.
class SimulatedLoop final : public Loop {
public:
    explicit SimulatedLoop(std::uint64_t seed) : random_(seed) {}

    void post(Callback callback) override { ready_.push_back(std::move(callback)); }
    TimerId after(Duration delay, Callback callback) override;
    void cancel(TimerId timer) override { waiting_.erase(timer); }
    std::chrono::steady_clock::time_point now() const override;

    Duration elapsed() const { return elapsed_; }

    /// Runs what is next; false where nothing is left.
    bool step();
    /// Runs until `done`. False where nothing is left to run, or `limit` of time has passed,
    /// before.
    bool run_until(const std::function<bool()>& done, Duration limit);
    /// Lets that much time pass.
    void run_for(Duration span);

    /// The outcome of `task`, at most a day later. Throws std::runtime_error where it has none.
    template <class T>
    T run(Task<T> task) {
        std::optional<T> value;
        spawn([](Task<T> owned, std::optional<T>& out) -> Task<void> {
            out.emplace(co_await std::move(owned));
        }(std::move(task), value));
        run_or_throw([&] { return value.has_value(); });
        return *std::move(value);
    }

private:
    struct Due {
        Duration at;
        std::uint64_t lot;  ///< Decides between timers of one moment.
        TimerId timer;
        auto operator<=>(const Due&) const = default;
    };

    bool next_timer();
    void run_or_throw(const std::function<bool()>& done);

    SeededRandom random_;
    Duration elapsed_{0};
    TimerId last_timer_ = 0;
    std::vector<Callback> ready_;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
    std::unordered_map<TimerId, Callback> waiting_;
};

/// The calendar of a simulated loop: it begins in 2026.
class SimulatedClock final : public Clock {
public:
    explicit SimulatedClock(const SimulatedLoop& loop) : loop_(loop) {}
    Timestamp now() const override;

private:
    const SimulatedLoop& loop_;
};

}  // namespace kontor::simulation
