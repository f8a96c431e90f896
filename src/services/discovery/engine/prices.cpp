#include "services/discovery/engine/prices.hpp"

#include <algorithm>

namespace kontor::discovery::engine {

struct PriceChunk::Resolved {
    std::int64_t from = always;  ///< Inclusive.
    std::int64_t until = forever;
    std::vector<std::int64_t> prices;
    const Resolved* older = nullptr;

    bool holds_at(std::int64_t now) const {
        return from <= now && (now < until || until == forever);
    }
    /// A window begins or ends at `edge`: what was resolved for `now` is not known beyond it.
    void bound_by(std::int64_t edge, std::int64_t now) {
        if (edge <= now) {
            from = std::max(from, edge);
        } else {
            until = std::min(until, edge);
        }
    }
};

std::int64_t price_at(std::span<const PriceWindow> windows, std::int64_t now) {
    std::int64_t price = no_price;
    std::int64_t began = always;
    for (const auto& window : windows) {
        const bool open = window.valid_to == forever || now < window.valid_to;
        if (window.valid_from <= now && open && window.valid_from >= began) {
            price = window.minor_units;
            began = window.valid_from;
        }
    }
    return price;
}

PriceChunk::PriceChunk(std::vector<std::uint32_t> offsets, std::vector<PriceWindow> windows)
    : own_offsets_(std::move(offsets)),
      own_windows_(std::move(windows)),
      offsets_(own_offsets_),
      windows_(own_windows_) {}

PriceChunk::~PriceChunk() {
    const Resolved* at = resolved_.load(std::memory_order_relaxed);
    while (at) {
        delete std::exchange(at, at->older);
    }
}

const std::int64_t* PriceChunk::at(std::int64_t now) const {
    const Resolved* head = resolved_.load(std::memory_order_acquire);
    for (const Resolved* known = head; known; known = known->older) {
        if (known->holds_at(now)) {
            return known->prices.data();
        }
    }
    auto fresh = std::make_unique<Resolved>();
    fresh->prices.resize(size());
    for (std::size_t i = 0; i < size(); ++i) {
        fresh->prices[i] = price_at(windows(i), now);
        for (const auto& window : windows(i)) {
            fresh->bound_by(window.valid_from, now);
            fresh->bound_by(window.valid_to, now);
        }
    }
    fresh->older = head;
    while (!resolved_.compare_exchange_weak(fresh->older, fresh.get(), std::memory_order_acq_rel)) {
    }
    return fresh.release()->prices.data();
}

PricesNow::PricesNow(const PriceColumn* column, std::int64_t now) {
    if (!column || column->empty()) {
        return;
    }
    resolved_.reserve(column->chunks().size());
    for (const auto& chunk : column->chunks()) {
        resolved_.push_back(chunk->at(now));
    }
}

}  // namespace kontor::discovery::engine
