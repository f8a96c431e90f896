#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace kontor::telemetry {

/// A bounded queue of byte records from one thread to another, without locks.
class LogRing {
public:
    static constexpr std::size_t capacity = std::size_t{256} * 1024;

    LogRing() : bytes_(new char[capacity]) {}

    /// Producer: room for `size` bytes (at most a quarter of the capacity), or null when full.
    char* begin(std::size_t size) {
        const auto needed = record_bytes(size);
        auto place = head_.load(std::memory_order_relaxed);
        const auto to_end = capacity - place % capacity;
        const auto skipped = to_end < needed ? to_end : 0;
        if (place + skipped + needed - known_tail_ > capacity) {
            known_tail_ = tail_.load(std::memory_order_acquire);
            if (place + skipped + needed - known_tail_ > capacity) {
                return nullptr;
            }
        }
        if (skipped != 0) {
            size_at(place) = skip;
            place += skipped;
        }
        size_at(place) = size;
        next_head_ = place + needed;
        return &bytes_[place % capacity + sizeof(std::uint64_t)];
    }
    /// Producer: hands over what was written since `begin`.
    void commit() { head_.store(next_head_, std::memory_order_release); }

    /// Consumer: passes each record to `visit` and frees them all at the end.
    template <class Visit>
    void drain(Visit&& visit) {
        auto place = tail_.load(std::memory_order_relaxed);
        const auto head = head_.load(std::memory_order_acquire);
        while (place != head) {
            const auto size = size_at(place);
            if (size == skip) {
                place += capacity - place % capacity;
                continue;
            }
            visit(&bytes_[place % capacity + sizeof(std::uint64_t)]);
            place += record_bytes(size);
        }
        tail_.store(place, std::memory_order_release);
    }

    /// Producer: how many lines found no room.
    void count_dropped() {
        dropped_.store(dropped_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
    std::uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

    std::atomic<bool> abandoned = false;  ///< Its thread has ended.

private:
    static constexpr std::uint64_t skip = ~std::uint64_t{0};

    static constexpr std::size_t record_bytes(std::size_t size) {
        return sizeof(std::uint64_t) + (size + 7) / 8 * 8;
    }
    std::uint64_t& size_at(std::uint64_t place) {
        return *reinterpret_cast<std::uint64_t*>(&bytes_[place % capacity]);
    }

    std::unique_ptr<char[]> bytes_;
    // Producer and consumer each write their own cache line.
    alignas(64) std::atomic<std::uint64_t> head_{0};
    std::uint64_t next_head_ = 0;
    std::uint64_t known_tail_ = 0;
    std::atomic<std::uint64_t> dropped_{0};
    alignas(64) std::atomic<std::uint64_t> tail_{0};
};

}  // namespace kontor::telemetry
