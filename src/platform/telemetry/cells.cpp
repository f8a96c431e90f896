#include "platform/telemetry/cells.hpp"

#include <algorithm>
#include <stdexcept>

namespace kontor::telemetry::detail {

constinit thread_local LastUsed last_used;

namespace {

/// The blocks that this thread holds; gives them back when it ends.
class Leases {
public:
    Leases() = default;
    ~Leases() {
        last_used = {};
        for (const auto& lease : leases_) {
            if (const auto cells = lease.cells.lock()) {
                cells->leave(lease.block);
            }
        }
    }
    Leases(const Leases&) = delete;
    Leases& operator=(const Leases&) = delete;

    Block* of(const Cells* wanted) const {
        const auto found = std::ranges::find_if(leases_, [&](const Lease& lease) {
            const auto cells = lease.cells.lock();
            return cells.get() == wanted;
        });
        return found == leases_.end() ? nullptr : found->block;
    }
    void add(const std::shared_ptr<Cells>& cells, Block* block) {
        std::erase_if(leases_, [](const Lease& lease) { return lease.cells.expired(); });
        leases_.push_back({cells, block});
    }

private:
    struct Lease {
        std::weak_ptr<Cells> cells;
        Block* block;
    };
    std::vector<Lease> leases_;
};

thread_local Leases leases;

std::uint64_t next_id() {
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1) + 1;
}

}  // namespace

Block::~Block() {
    for (auto& chunk : chunks_) {
        delete chunk.load(std::memory_order_relaxed);
    }
}

Chunk* Block::make_chunk(std::uint32_t number) {
    auto made = std::make_unique<Chunk>();
    auto* chunk = made.release();
    chunks_[number].store(chunk, std::memory_order_release);
    return chunk;
}

Cells::Cells() : id_(next_id()) {}

std::shared_ptr<Cells> Cells::make() {
    return std::shared_ptr<Cells>(new Cells);
}

void Cells::find_block() {
    auto* block = leases.of(this);
    if (block == nullptr) {
        const std::scoped_lock lock(mutex_);
        if (abandoned_.empty()) {
            block = blocks_.emplace_back(std::make_unique<Block>()).get();
        } else {
            block = abandoned_.back();
            abandoned_.pop_back();
        }
        leases.add(shared_from_this(), block);
    }
    last_used = {id_, block};
}

void Cells::leave(Block* block) {
    const std::scoped_lock lock(mutex_);
    abandoned_.push_back(block);
}

std::uint64_t Cells::sum(std::uint32_t index) const {
    const std::scoped_lock lock(mutex_);
    std::uint64_t total = 0;
    for (const auto& block : blocks_) {
        total += block->read(index);
    }
    return total;
}

std::uint32_t Cells::allocate(std::uint32_t count) {
    const std::scoped_lock lock(mutex_);
    if (allocated_ + count > cells_of_chunk * chunks_max) {
        throw std::length_error("too many metric series: a label has too many values");
    }
    const auto first = allocated_;
    allocated_ += count;
    return first;
}

}  // namespace kontor::telemetry::detail
