#pragma once

#include <atomic>
#include <memory>
#include <thread>
#include <utility>

namespace kontor::discovery::engine {

/// A shared pointer that one thread replaces while others take copies. A copy waits for nothing but
/// another copy of the pointer, a few nanoseconds; never for the work of a writer.
///
/// Not std::atomic<std::shared_ptr>: that of libstdc++ 12 ends a read with a relaxed store, so that
/// a later write is not ordered behind it (ThreadSanitizer reports it).
template <class T>
class Published {
public:
    std::shared_ptr<T> load() const {
        const Held held(busy_);
        return value_;
    }
    void store(std::shared_ptr<T> value) {
        const Held held(busy_);
        value_.swap(value);
        // The replaced one is let go behind the lock: freeing it may take long.
    }

private:
    class Held {
    public:
        explicit Held(std::atomic_flag& busy) : busy_(busy) {
            while (busy_.test_and_set(std::memory_order_acquire)) {
                std::this_thread::yield();
            }
        }
        ~Held() { busy_.clear(std::memory_order_release); }
        Held(const Held&) = delete;
        Held& operator=(const Held&) = delete;

    private:
        std::atomic_flag& busy_;
    };

    mutable std::atomic_flag busy_;
    std::shared_ptr<T> value_;
};

}  // namespace kontor::discovery::engine
