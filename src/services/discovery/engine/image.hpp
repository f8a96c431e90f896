#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "services/discovery/engine/bitmap.hpp"

namespace kontor::discovery::engine {

/// 64 bits of any bytes; not cryptographic (XXH3).
std::uint64_t checksum(std::span<const char> bytes);

/// Writes named sections one after the other, each aligned to 64 bytes, then a table of them with
/// their checksums, then a footer. Nothing is written twice, so any sink that appends will do.
class ImageWriter {
public:
    using Sink = std::function<void(std::span<const char>)>;
    explicit ImageWriter(Sink sink) : sink_(std::move(sink)) {}

    void begin(std::string name);
    void append(std::span<const char> bytes);
    void end();

    template <class T>
    void add(std::string name, const std::vector<T>& values) {
        static_assert(std::is_trivially_copyable_v<T>);
        add_bytes(std::move(name),
                  {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
    }
    void add_bytes(std::string name, std::span<const char> bytes);
    /// A table of strings: offsets and text.
    void add_strings(const std::string& name, const std::vector<std::string>& strings);
    void add_bitmaps(const std::string& name, std::vector<Bitmap>& bitmaps);

    /// Writes table and footer; the image is complete.
    void finish();

private:
    struct Section {
        std::string name;
        std::uint64_t offset;
        std::uint64_t length;
        std::uint64_t checksum;
    };
    void write(std::span<const char> bytes);
    void align();

    Sink sink_;
    std::uint64_t written_ = 0;
    std::vector<Section> sections_;
};

/// Strings of a section, by position. Sorted ones can be looked up.
class Strings {
public:
    Strings() = default;
    Strings(std::span<const std::uint64_t> offsets, std::span<const char> text)
        : offsets_(offsets), text_(text) {}

    std::size_t size() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }
    std::string_view operator[](std::size_t i) const {
        return {text_.data() + offsets_[i], offsets_[i + 1] - offsets_[i]};
    }
    /// The first in [from, to) that is not below `key`; for sorted strings.
    std::size_t lower_bound(std::string_view key, std::size_t from, std::size_t to) const;
    std::size_t lower_bound(std::string_view key) const { return lower_bound(key, 0, size()); }
    /// Its position in [from, to), or `npos`.
    std::size_t find(std::string_view key, std::size_t from, std::size_t to) const;
    std::size_t find(std::string_view key) const { return find(key, 0, size()); }
    /// The sorted strings that begin with `prefix`: [first, second).
    std::pair<std::size_t, std::size_t> with_prefix(std::string_view prefix) const;

    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

private:
    std::span<const std::uint64_t> offsets_;
    std::span<const char> text_;
};

/// Frozen bitmaps of a section, by position; a view is made when it is asked for (about 50 ns).
class Bitmaps {
public:
    Bitmaps() = default;
    Bitmaps(std::span<const std::uint64_t> extents, std::span<const char> data)
        : extents_(extents), data_(data) {}
    std::size_t size() const { return extents_.size() / 2; }
    Bitmap operator[](std::size_t i) const {
        return Bitmap::view(data_.subspan(extents_[2 * i], extents_[2 * i + 1]));
    }

private:
    std::span<const std::uint64_t> extents_;  ///< Offset and length, in turn.
    std::span<const char> data_;
};

/// A complete image, mapped from a file or held in memory, read in place.
class Image {
public:
    /// Refuses `damaged_index` where the file is no image, is truncated or has a wrong checksum.
    /// Sections named `documents...` are not checked: they are not read when searching, and are
    /// most of the file. Above `checked_bytes_max` only table and footer are: reading all of a
    /// large file would take longer than opening may.
    static Result<std::shared_ptr<const Image>> map(const std::filesystem::path& file);
    static std::shared_ptr<const Image> of(std::span<const std::string> pieces);
    ~Image();
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;

    static constexpr std::uint64_t checked_bytes_max = 64ULL << 20;

    std::span<const char> bytes(const std::string& name) const;
    template <class T>
    std::span<const T> array(const std::string& name) const {
        const auto raw = bytes(name);
        return {reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T)};
    }
    Strings strings(const std::string& name) const {
        return {array<std::uint64_t>(name + ".at"), bytes(name + ".text")};
    }
    Bitmaps bitmaps(const std::string& name) const {
        return {array<std::uint64_t>(name + ".at"), bytes(name + ".data")};
    }

private:
    Image() = default;
    /// Empty where all is well, or what is wrong.
    std::string read_table(bool check_contents);
    std::string read_section(std::string_view& table, std::uint64_t limit, bool check_contents);

    std::span<const char> all_;
    bool mapped_ = false;
    std::unordered_map<std::string, std::span<const char>> sections_;
};

}  // namespace kontor::discovery::engine
