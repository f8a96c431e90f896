#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "platform/async/loop.hpp"

namespace kontor::discovery {

/// A thread for what would block a loop; jobs run one after the other.
class Worker {
public:
    Worker() : thread_([this] { work(); }) {}
    /// Runs what was given before, then ends.
    ~Worker() {
        give([this] { stopping_ = true; });
        thread_.join();
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void give(Callback job) {
        {
            const std::lock_guard lock(mutex_);
            jobs_.push_back(std::move(job));
        }
        arrived_.notify_one();
    }

    /// Runs `body` there and waits for it on the current loop; what it throws is thrown here.
    template <class Body>
    Task<void> run(Body body) {
        co_await complete<bool>([&](Completion<bool> done) {
            give([&body, done = std::move(done)]() mutable {
                try {
                    body();
                } catch (...) {
                    done.fail(std::current_exception());
                    return;
                }
                done(true);
            });
        });
    }

private:
    void work() {
        while (!stopping_) {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [this] { return !jobs_.empty(); });
            auto job = std::move(jobs_.front());
            jobs_.pop_front();
            lock.unlock();
            job();
        }
    }

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Callback> jobs_;  ///< Guarded by `mutex_`.
    bool stopping_ = false;      ///< The thread's own.
    std::thread thread_;
};

}  // namespace kontor::discovery
