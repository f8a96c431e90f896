#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

/// Where metrics count: one block of 64-bit cells a thread, written by that thread alone and read
/// by the scrape, which sums over the blocks. So an increment is a plain load and store, and no
/// cache line is shared between loops.
namespace kontor::telemetry::detail {

inline constexpr std::uint32_t cells_of_chunk = 512;
inline constexpr std::uint32_t chunks_max = 512;

using Cell = std::atomic<std::uint64_t>;
using Chunk = std::array<Cell, cells_of_chunk>;

/// The cells of one thread; chunks appear when they are first written.
class Block {
public:
    Block() = default;
    ~Block();
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    /// For the owning thread only.
    void add(std::uint32_t index, std::uint64_t amount) {
        auto* chunk = chunks_[index / cells_of_chunk].load(std::memory_order_relaxed);
        if (chunk == nullptr) [[unlikely]] {
            chunk = make_chunk(index / cells_of_chunk);
        }
        auto& cell = (*chunk)[index % cells_of_chunk];
        cell.store(cell.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    /// For any thread.
    std::uint64_t read(std::uint32_t index) const {
        const auto* chunk = chunks_[index / cells_of_chunk].load(std::memory_order_acquire);
        return chunk == nullptr ? 0
                                : (*chunk)[index % cells_of_chunk].load(std::memory_order_relaxed);
    }

private:
    Chunk* make_chunk(std::uint32_t number);

    std::array<std::atomic<Chunk*>, chunks_max> chunks_{};
};

class Cells;

/// The block that this thread used last, by the identity of its Cells.
struct LastUsed {
    std::uint64_t cells_id = 0;
    Block* block = nullptr;
};
extern constinit thread_local LastUsed last_used;

/// All blocks of one registry. A thread that ends leaves its block, with what it counted, to the
/// next that begins.
class Cells : public std::enable_shared_from_this<Cells> {
public:
    static std::shared_ptr<Cells> make();

    void add(std::uint32_t index, std::uint64_t amount) {
        if (last_used.cells_id != id_) [[unlikely]] {
            find_block();
        }
        last_used.block->add(index, amount);
    }
    std::uint64_t sum(std::uint32_t index) const;

    /// Takes `count` neighbouring cells. Throws std::length_error past 262,144 in all.
    std::uint32_t allocate(std::uint32_t count);

    void leave(Block* block);

private:
    Cells();
    void find_block();

    std::uint64_t id_;
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<Block>> blocks_;
    std::vector<Block*> abandoned_;
    std::uint32_t allocated_ = 0;
};

}  // namespace kontor::telemetry::detail
