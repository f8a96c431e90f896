#pragma once

#include <memory>

#include "platform/async/loop.hpp"

namespace boost::asio {
class io_context;
}

namespace kontor {

/// A Loop on a single-threaded Asio io_context. `run` on the thread that is to own it.
class AsioLoop final : public Loop {
public:
    AsioLoop();
    ~AsioLoop() override;

    void post(Callback callback) override;
    TimerId after(Duration delay, Callback callback) override;
    void cancel(TimerId timer) override;
    std::chrono::steady_clock::time_point now() const override;

    /// Handles work until `stop`; the loop keeps running while idle.
    void run();
    /// Ends `run` after the callbacks under way. Safe from any thread.
    void stop();

    /// For platform code that does socket I/O; nothing above platform/ may use it.
    boost::asio::io_context& io();

    /// Runs `task` on this loop, on the calling thread, until it is done: for main() and tests.
    template <class T>
    T run_until_done(Task<T> task) {
        std::optional<T> value;
        std::exception_ptr error;
        post([&] {
            spawn([](Task<T> owned, auto& out, auto& failure, AsioLoop& loop) -> Task<void> {
                try {
                    out.emplace(co_await std::move(owned));
                } catch (...) {
                    failure = std::current_exception();
                }
                loop.stop();
            }(std::move(task), value, error, *this));
        });
        run();
        if (error) {
            std::rethrow_exception(error);
        }
        return *std::move(value);
    }

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kontor
