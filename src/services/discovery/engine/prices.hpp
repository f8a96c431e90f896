#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "services/discovery/engine/bitmap.hpp"
#include "services/discovery/engine/product.hpp"

namespace kontor::discovery::engine {

/// What a product costs that has no price at the time; sorts behind every price.
inline constexpr std::int64_t no_price = std::numeric_limits<std::int64_t>::max();

/// The one of `windows` that holds at `now`: of overlapping ones that which began last.
std::int64_t price_at(std::span<const PriceWindow> windows, std::int64_t now);

/// The price windows of a market's neighbouring products, immutable. Prices at a time are resolved
/// once for all of them and kept until a window begins or ends, so that sorting reads an array.
class PriceChunk {
public:
    static constexpr Doc products = 1024;

    /// `offsets` into `windows`, one more than products. Both outlive it.
    PriceChunk(std::span<const std::uint32_t> offsets, std::span<const PriceWindow> windows)
        : offsets_(offsets), windows_(windows) {}
    PriceChunk(std::vector<std::uint32_t> offsets, std::vector<PriceWindow> windows);
    ~PriceChunk();
    PriceChunk(const PriceChunk&) = delete;
    PriceChunk& operator=(const PriceChunk&) = delete;

    std::size_t size() const { return offsets_.size() - 1; }
    std::span<const PriceWindow> windows(std::size_t i) const {
        return windows_.subspan(offsets_[i], offsets_[i + 1] - offsets_[i]);
    }
    /// The price of each at `now`, or no_price. Lock-free; any thread.
    const std::int64_t* at(std::int64_t now) const;

private:
    struct Resolved;
    std::vector<std::uint32_t> own_offsets_;
    std::vector<PriceWindow> own_windows_;
    std::span<const std::uint32_t> offsets_;
    std::span<const PriceWindow> windows_;
    // Newest first. One for each time between two changes of a price; freed with the chunk, so that
    // a reader needs no lock.
    mutable std::atomic<const Resolved*> resolved_{nullptr};
};

/// The prices of all products of a segment in one market. Copies share their chunks.
class PriceColumn {
public:
    using Chunks = std::vector<std::shared_ptr<const PriceChunk>>;
    PriceColumn() = default;
    explicit PriceColumn(Chunks chunks)
        : chunks_(std::make_shared<const Chunks>(std::move(chunks))) {}

    bool empty() const { return !chunks_; }
    const Chunks& chunks() const { return *chunks_; }
    std::span<const PriceWindow> windows(Doc doc) const {
        return empty()
                   ? std::span<const PriceWindow>()
                   : (*chunks_)[doc / PriceChunk::products]->windows(doc % PriceChunk::products);
    }

private:
    std::shared_ptr<const Chunks> chunks_;
};

/// Reads a column at one time: the resolved arrays of all chunks.
class PricesNow {
public:
    PricesNow(const PriceColumn* column, std::int64_t now);
    std::int64_t operator[](Doc doc) const {
        return resolved_.empty()
                   ? no_price
                   : resolved_[doc / PriceChunk::products][doc % PriceChunk::products];
    }

private:
    std::vector<const std::int64_t*> resolved_;
};

}  // namespace kontor::discovery::engine
