#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

#include "platform/async/loop.hpp"

namespace kontor {

/// One thread for calls that block; they run one after another.
class Worker {
public:
    /// `name`: of its thread.
    explicit Worker(std::string_view name);
    /// Runs what is queued, and joins.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Awaits what `call` returns, or throws what it throws. From any loop.
    template <class Call>
    Task<std::invoke_result_t<Call&>> run(Call call) {
        using T = std::invoke_result_t<Call&>;
        if constexpr (std::is_void_v<T>) {
            co_await run([&call] {
                call();
                return true;
            });
        } else {
            co_return co_await complete<T>([&](Completion<T> done) {
                enqueue([&call, done = std::move(done)]() mutable {
                    std::optional<T> value;
                    std::exception_ptr error;
                    try {
                        value.emplace(call());
                    } catch (...) {
                        error = std::current_exception();
                    }
                    // Outside of the handler, so that the caller alone holds what was thrown.
                    if (error) {
                        done.fail(std::move(error));
                    } else {
                        done(*std::move(value));
                    }
                });
            });
        }
    }

private:
    void enqueue(Callback job);
    void work(std::string_view name);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Callback> jobs_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace kontor
