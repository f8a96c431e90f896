#include "simulation/simulated_loop.hpp"

#include <stdexcept>

namespace kontor::simulation {

namespace {

// Well above zero, so that a deadline before the beginning is still a time.
constexpr auto before_the_beginning = std::chrono::hours(1);
constexpr Timestamp beginning{1'767'225'600'000'000};  // 2026-01-01
constexpr auto task_limit = std::chrono::hours(24);

}  // namespace

std::chrono::steady_clock::time_point SimulatedLoop::now() const {
    return std::chrono::steady_clock::time_point(before_the_beginning + elapsed_);
}

Loop::TimerId SimulatedLoop::after(Duration delay, Callback callback) {
    const auto timer = ++last_timer_;
    due_.push({elapsed_ + std::max(delay, Duration::zero()), random_.u64(), timer});
    waiting_.emplace(timer, std::move(callback));
    return timer;
}

/// Makes the next timer ready, and its time the present.
bool SimulatedLoop::next_timer() {
    while (!due_.empty()) {
        const auto next = due_.top();
        due_.pop();
        auto found = waiting_.extract(next.timer);
        if (found) {
            elapsed_ = next.at;
            ready_.push_back(std::move(found.mapped()));
            return true;
        }
    }
    return false;
}

bool SimulatedLoop::step() {
    if (ready_.empty() && !next_timer()) {
        return false;
    }
    const auto chosen = ready_.size() == 1 ? 0 : random_.below(ready_.size());
    std::swap(ready_[chosen], ready_.back());
    auto callback = std::move(ready_.back());
    ready_.pop_back();
    callback();
    return true;
}

bool SimulatedLoop::run_until(const std::function<bool()>& done, Duration limit) {
    const auto latest = elapsed_ + limit;
    while (!done()) {
        if (elapsed_ > latest || !step()) {
            return false;
        }
    }
    return true;
}

void SimulatedLoop::run_for(Duration span) {
    bool over = false;
    after(span, [&over] { over = true; });
    run_until([&over] { return over; }, span);
}

void SimulatedLoop::run_or_throw(const std::function<bool()>& done) {
    if (!run_until(done, task_limit)) {
        throw std::runtime_error("a task of the simulation does not come to its end");
    }
}

Timestamp SimulatedClock::now() const {
    return beginning + std::chrono::duration_cast<std::chrono::microseconds>(loop_.elapsed());
}

}  // namespace kontor::simulation
