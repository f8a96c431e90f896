#pragma once

#include <chrono>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "platform/async/task.hpp"

namespace kontor {

using Callback = std::move_only_function<void()>;
using Duration = std::chrono::nanoseconds;

/// One thread's event loop. Real ones run on Asio (one per core), the simulation has its own.
/// Coroutines never move between loops: a leaf resumes where it was awaited.
class Loop {
public:
    using TimerId = std::uint64_t;

    virtual ~Loop() = default;

    /// Runs `callback` later on this loop. Safe from any thread.
    virtual void post(Callback callback) = 0;

    /// Runs `callback` on this loop once `delay` has passed. From this loop's thread only.
    virtual TimerId after(Duration delay, Callback callback) = 0;

    /// Forgets a timer; one that already ran is ignored. From this loop's thread only.
    virtual void cancel(TimerId timer) = 0;

    /// Monotonic time of this loop, for deadlines; never goes back, has no calendar meaning.
    virtual std::chrono::steady_clock::time_point now() const = 0;

    /// The loop of this thread. Calling it on a thread without one is a programming error.
    static Loop& current();
    static Loop* current_or_null() noexcept;

    /// Makes `loop` this thread's loop while alive; the loop's own run function holds one.
    class Scope {
    public:
        explicit Scope(Loop& loop) noexcept;
        ~Scope();
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

    private:
        Loop* previous_;
    };
};

template <class T>
class Completion;

namespace detail {

template <class T>
struct CompletionSlot {
    Loop* loop = nullptr;
    std::coroutine_handle<> waiting;
    std::optional<T> value;
    std::exception_ptr error;
};

}  // namespace detail

/// The other end of `co_await complete<T>(start)`: call it exactly once, from any thread, with the
/// value or with an exception. The awaiting coroutine resumes on its own loop.
template <class T>
class Completion {
public:
    explicit Completion(detail::CompletionSlot<T>& slot) noexcept : slot_(&slot) {}
    Completion(Completion&& other) noexcept : slot_(std::exchange(other.slot_, nullptr)) {}
    Completion& operator=(Completion&& other) noexcept {
        std::swap(slot_, other.slot_);
        return *this;
    }

    void operator()(T value) {
        slot_->value.emplace(std::move(value));
        resume();
    }
    void fail(std::exception_ptr error) {
        slot_->error = std::move(error);
        resume();
    }

private:
    void resume() {
        auto* slot = std::exchange(slot_, nullptr);
        slot->loop->post([waiting = slot->waiting] { waiting.resume(); });
    }

    detail::CompletionSlot<T>* slot_;
};

/// Awaits what arrives through a callback: `start` gets the Completion and passes it on.
template <class T, class Start>
auto complete(Start start) {
    struct Awaiter {
        Start start;
        detail::CompletionSlot<T> slot{};

        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiting) {
            slot.loop = &Loop::current();
            slot.waiting = waiting;
            start(Completion<T>{slot});
        }
        T await_resume() {
            if (slot.error) {
                std::rethrow_exception(slot.error);
            }
            return *std::move(slot.value);
        }
    };
    return Awaiter{std::move(start)};
}

/// Sleeps on the current loop.
Task<void> sleep_for(Duration delay);

/// Wakes everyone who waits; has no memory of a signal nobody waited for. Use on one loop only.
class Signal {
public:
    /// Wakes all that wait now.
    void notify_all();
    /// Waits for the next notify_all, at most `timeout`; false when the time ran out.
    Task<bool> wait_for(Duration timeout);

private:
    struct Waiter {
        Completion<bool> done;
        Loop::TimerId timer;
        std::uint64_t id;
    };
    std::vector<Waiter> waiters_;
    std::uint64_t next_id_ = 1;
};

/// Runs all at once on this loop and answers in the given order; the first exception is rethrown
/// after every one has ended, so that no frame outlives what it refers to.
template <class T>
Task<std::vector<T>> when_all(std::vector<Task<T>> tasks) {
    std::vector<std::optional<T>> values(tasks.size());
    std::exception_ptr first_error;
    if (!tasks.empty()) {
        co_await complete<bool>([&](Completion<bool> done) {
            struct Shared {
                std::size_t left;
                Completion<bool> done;
            };
            auto shared = std::make_shared<Shared>(tasks.size(), std::move(done));
            for (std::size_t i = 0; i < tasks.size(); ++i) {
                spawn([](Task<T> task, std::optional<T>& value, std::exception_ptr& error,
                         std::shared_ptr<Shared> state) -> Task<void> {
                    try {
                        value.emplace(co_await std::move(task));
                    } catch (...) {
                        error = error ? error : std::current_exception();
                    }
                    if (--state->left == 0) {
                        state->done(true);
                    }
                }(std::move(tasks[i]), values[i], first_error, shared));
            }
        });
    }
    if (first_error) {
        std::rethrow_exception(first_error);
    }
    std::vector<T> all;
    all.reserve(values.size());
    for (auto& value : values) {
        all.push_back(*std::move(value));
    }
    co_return all;
}

/// Two of different types at once.
template <class A, class B>
Task<std::pair<A, B>> when_all(Task<A> first, Task<B> second) {
    std::optional<A> a;
    std::optional<B> b;
    std::vector<Task<bool>> both;
    both.push_back([](Task<A> task, std::optional<A>& out) -> Task<bool> {
        out.emplace(co_await std::move(task));
        co_return true;
    }(std::move(first), a));
    both.push_back([](Task<B> task, std::optional<B>& out) -> Task<bool> {
        out.emplace(co_await std::move(task));
        co_return true;
    }(std::move(second), b));
    co_await when_all(std::move(both));
    co_return std::pair<A, B>(*std::move(a), *std::move(b));
}

}  // namespace kontor
