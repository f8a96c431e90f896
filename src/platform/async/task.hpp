#pragma once

#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <utility>

namespace kontor {

template <class T>
class Task;

namespace detail {

/// On completion hands control straight to whoever awaited (symmetric transfer: no stack growth).
struct FinalAwaiter {
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> done) const noexcept {
        return done.promise().continuation;
    }
    void await_resume() const noexcept {}
};

struct TaskPromiseBase {
    std::coroutine_handle<> continuation = std::noop_coroutine();
    std::exception_ptr error;

    std::suspend_always initial_suspend() const noexcept { return {}; }
    FinalAwaiter final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { error = std::current_exception(); }
    void rethrow_error() const {
        if (error) {
            std::rethrow_exception(error);
        }
    }
};

template <class T>
struct TaskPromise : TaskPromiseBase {
    std::optional<T> value;

    Task<T> get_return_object() noexcept;
    template <class U = T>
    void return_value(U&& result) {
        value.emplace(std::forward<U>(result));
    }
    T take() {
        rethrow_error();
        return *std::move(value);
    }
};

template <>
struct TaskPromise<void> : TaskPromiseBase {
    Task<void> get_return_object() noexcept;
    void return_void() const noexcept {}
    void take() const { rethrow_error(); }
};

}  // namespace detail

/// A lazy coroutine: starts when awaited, runs on the thread that awaits it, may be awaited once.
/// It knows no executor: the leaf that suspends (see Completion in loop.hpp) brings it back to the
/// loop it was awaited on. Costs one allocation, and keeps Asio out of every contract.
template <class T>
class [[nodiscard("a Task does nothing until it is awaited")]] Task {
public:
    using promise_type = detail::TaskPromise<T>;
    using value_type = T;

    explicit Task(std::coroutine_handle<promise_type> coroutine) noexcept : coroutine_(coroutine) {}
    Task(Task&& other) noexcept : coroutine_(std::exchange(other.coroutine_, {})) {}
    Task& operator=(Task&& other) noexcept {
        std::swap(coroutine_, other.coroutine_);
        return *this;
    }
    ~Task() {
        if (coroutine_) {
            coroutine_.destroy();
        }
    }

    auto operator co_await() && noexcept {
        struct Awaiter {
            std::coroutine_handle<promise_type> coroutine;
            bool await_ready() const noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) noexcept {
                coroutine.promise().continuation = waiting;
                return coroutine;
            }
            T await_resume() { return coroutine.promise().take(); }
        };
        return Awaiter{coroutine_};
    }

private:
    std::coroutine_handle<promise_type> coroutine_;
};

namespace detail {

template <class T>
Task<T> TaskPromise<T>::get_return_object() noexcept {
    return Task<T>{std::coroutine_handle<TaskPromise>::from_promise(*this)};
}
inline Task<void> TaskPromise<void>::get_return_object() noexcept {
    return Task<void>{std::coroutine_handle<TaskPromise>::from_promise(*this)};
}

/// Owns itself; ends the program on an exception, since nobody is left to tell.
struct Detached {
    struct promise_type {
        Detached get_return_object() const noexcept { return {}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
    };
};

}  // namespace detail

/// Starts `task` now, on this thread, and lets it run on alone. It must not throw.
inline void spawn(Task<void> task) {
    [](Task<void> owned) -> detail::Detached { co_await std::move(owned); }(std::move(task));
}

/// Runs `task`, which must complete without suspending: a transaction body on SQLite, which may
/// await nothing but its transaction. One that suspends is a programming error and ends the
/// program.
template <class T>
T run_to_completion(Task<T> task) {
    std::optional<T> value;
    std::exception_ptr error;
    bool finished = false;
    [](Task<T> owned, auto& out, auto& failure, bool& done) -> detail::Detached {
        try {
            out.emplace(co_await std::move(owned));
        } catch (...) {
            failure = std::current_exception();
        }
        done = true;
    }(std::move(task), value, error, finished);
    if (!finished) {
        std::fputs("kontor: a transaction awaited something other than its transaction\n", stderr);
        std::abort();
    }
    if (error) {
        std::rethrow_exception(error);
    }
    return *std::move(value);
}

}  // namespace kontor
