#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include <roaring/roaring.h>

namespace kontor::discovery::engine {

/// The position of a product within its segment: dense from 0.
using Doc = std::uint32_t;

/// An owned roaring bitmap of documents (Lemire et al., "Roaring Bitmaps: Implementation of an
/// Optimized Software Library", 2018), or a read-only view of a frozen one.
class Bitmap {
public:
    Bitmap() : raw_(roaring_bitmap_create()) {}
    /// Takes ownership.
    explicit Bitmap(roaring_bitmap_t* raw) : raw_(raw) {}
    /// `ascending`: sorted, without duplicates.
    static Bitmap of(std::span<const Doc> ascending) {
        return Bitmap(roaring_bitmap_of_ptr(ascending.size(), ascending.data()));
    }
    /// 0 to `size` - 1.
    static Bitmap all(Doc size) {
        return size == 0 ? Bitmap() : Bitmap(roaring_bitmap_from_range(0, size, 1));
    }
    /// A view of `bytes`, which are 32-byte aligned and outlive it; it must not be changed. Without
    /// bytes, or where they are no frozen bitmap: empty.
    static Bitmap view(std::span<const char> bytes) {
        const roaring_bitmap_t* seen =
            bytes.empty() ? nullptr : roaring_bitmap_frozen_view(bytes.data(), bytes.size());
        return seen ? Bitmap(const_cast<roaring_bitmap_t*>(seen)) : Bitmap();
    }

    ~Bitmap() {
        if (raw_) {
            roaring_bitmap_free(raw_);
        }
    }
    Bitmap(Bitmap&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
    Bitmap& operator=(Bitmap&& other) noexcept {
        std::swap(raw_, other.raw_);
        return *this;
    }
    Bitmap(const Bitmap&) = delete;
    Bitmap& operator=(const Bitmap&) = delete;

    Bitmap copy() const { return Bitmap(roaring_bitmap_copy(raw_)); }
    void add(Doc doc) { roaring_bitmap_add(raw_, doc); }
    void remove(Doc doc) { roaring_bitmap_remove(raw_, doc); }
    bool contains(Doc doc) const { return roaring_bitmap_contains(raw_, doc); }
    std::uint64_t size() const { return roaring_bitmap_get_cardinality(raw_); }
    bool empty() const { return roaring_bitmap_is_empty(raw_); }
    std::uint64_t common(const Bitmap& other) const {
        return roaring_bitmap_and_cardinality(raw_, other.raw_);
    }
    bool intersects(const Bitmap& other) const {
        return roaring_bitmap_intersect(raw_, other.raw_);
    }
    void operator&=(const Bitmap& other) { roaring_bitmap_and_inplace(raw_, other.raw_); }
    void operator|=(const Bitmap& other) { roaring_bitmap_or_inplace(raw_, other.raw_); }
    void operator-=(const Bitmap& other) { roaring_bitmap_andnot_inplace(raw_, other.raw_); }
    friend Bitmap operator&(const Bitmap& one, const Bitmap& other) {
        return Bitmap(roaring_bitmap_and(one.raw_, other.raw_));
    }

    /// Calls `visit(std::span<const Doc>)` for blocks of them, ascending: about 1 ns each.
    template <class Visit>
    void for_each_block(Visit&& visit) const {
        roaring_uint32_iterator_t at;
        roaring_init_iterator(raw_, &at);
        std::array<Doc, 256> block;
        while (const auto read = roaring_read_uint32_iterator(&at, block.data(), block.size())) {
            visit(std::span<const Doc>(block.data(), read));
        }
    }

    /// Calls `visit(Doc)` for each, ascending.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for_each_block([&](std::span<const Doc> block) {
            for (const Doc doc : block) {
                visit(doc);
            }
        });
    }

    /// For the segment writer; compresses runs first.
    std::size_t prepare_frozen() {
        roaring_bitmap_run_optimize(raw_);
        return empty() ? 0 : roaring_bitmap_frozen_size_in_bytes(raw_);
    }
    void write_frozen(char* to) const { roaring_bitmap_frozen_serialize(raw_, to); }

private:
    roaring_bitmap_t* raw_;
};

}  // namespace kontor::discovery::engine
