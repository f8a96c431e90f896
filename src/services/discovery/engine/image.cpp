#include "services/discovery/engine/image.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <system_error>

#include "platform/crypto/hash.hpp"
#include "services/discovery/engine/query.hpp"

namespace kontor::discovery::engine {
namespace {

constexpr std::uint64_t alignment = 64;
// The last byte is the version of the format: another version reads as "no index", and is rebuilt.
constexpr std::uint64_t magic = 0x02'47'45'53'52'54'4E'4BULL;

struct Footer {
    std::uint64_t table_offset;
    std::uint64_t table_length;
    std::uint64_t table_checksum;
    std::uint64_t magic;
};

template <class T>
T read_as(std::span<const char> bytes, std::size_t at = 0) {
    T value;
    std::memcpy(&value, bytes.subspan(at, sizeof(T)).data(), sizeof(T));
    return value;
}

template <class T>
std::span<const char> bytes_of(const T& value) {
    return {reinterpret_cast<const char*>(&value), sizeof(T)};
}

/// Spares a page fault for every few pages that will be read. Reading does without where it fails.
void map_in_one_go(std::span<const char> bytes) {
    static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    auto* const start = const_cast<char*>(bytes.data());
    const auto before = reinterpret_cast<std::uintptr_t>(start) % page;
    ::madvise(start - before, bytes.size() + before, MADV_POPULATE_READ);
}

std::size_t aligned(std::size_t size) {
    return (size + alignment - 1) / alignment * alignment;
}

}  // namespace

std::uint64_t checksum(std::span<const char> bytes) {
    return crypto::fast_hash({bytes.data(), bytes.size()});
}

void ImageWriter::write(std::span<const char> bytes) {
    sink_(bytes);
    written_ += bytes.size();
}

void ImageWriter::align() {
    static constexpr char zeros[alignment] = {};
    write({zeros, aligned(written_) - written_});
}

void ImageWriter::begin(std::string name) {
    align();
    sections_.push_back({std::move(name), written_, 0, 0});
}

void ImageWriter::append(std::span<const char> bytes) {
    // Only sections in one piece have a checksum that is compared; see Image::map.
    sections_.back().checksum = checksum(bytes);
    write(bytes);
}

void ImageWriter::end() {
    sections_.back().length = written_ - sections_.back().offset;
}

void ImageWriter::add_bytes(std::string name, std::span<const char> bytes) {
    begin(std::move(name));
    append(bytes);
    end();
}

void ImageWriter::add_strings(const std::string& name, const std::vector<std::string>& strings) {
    std::vector<std::uint64_t> offsets{0};
    std::string text;
    for (const auto& string : strings) {
        text += string;
        offsets.push_back(text.size());
    }
    add(name + ".at", offsets);
    add_bytes(name + ".text", text);
}

void ImageWriter::add_bitmaps(const std::string& name, std::vector<Bitmap>& bitmaps) {
    std::vector<std::uint64_t> extents;
    std::uint64_t size = 0;
    for (auto& bitmap : bitmaps) {
        const std::size_t length = bitmap.prepare_frozen();
        extents.insert(extents.end(), {size, length});
        size = aligned(size + length);
    }
    std::vector<char> data(size);
    for (std::size_t i = 0; i < bitmaps.size(); ++i) {
        if (extents[2 * i + 1] > 0) {
            bitmaps[i].write_frozen(data.data() + extents[2 * i]);
        }
    }
    add(name + ".at", extents);
    add(name + ".data", data);
}

void ImageWriter::finish() {
    align();
    Footer footer{written_, 0, 0, magic};
    std::string table;
    const auto put = [&](std::uint64_t value) {
        table.append(reinterpret_cast<const char*>(&value), sizeof(value));
    };
    for (const auto& section : sections_) {
        put(section.offset);
        put(section.length);
        put(section.checksum);
        put(section.name.size());
        table += section.name;
    }
    footer.table_length = table.size();
    footer.table_checksum = checksum(table);
    write(table);
    write(bytes_of(footer));
}

std::size_t Strings::lower_bound(std::string_view key, std::size_t from, std::size_t to) const {
    while (from < to) {
        const std::size_t middle = from + (to - from) / 2;
        if ((*this)[middle] < key) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

std::size_t Strings::find(std::string_view key, std::size_t from, std::size_t to) const {
    const std::size_t at = lower_bound(key, from, to);
    return at < to && (*this)[at] == key ? at : npos;
}

std::pair<std::size_t, std::size_t> Strings::with_prefix(std::string_view prefix) const {
    const std::size_t first = lower_bound(prefix);
    std::string above(prefix);
    // UTF-8 has no byte 0xFF, so this is above everything with the prefix.
    above += '\xFF';
    return {first, lower_bound(above, first, size())};
}

Result<std::shared_ptr<const Image>> Image::map(const std::filesystem::path& file) {
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0) {
        throw std::system_error(errno, std::generic_category(), file.string());
    }
    const auto size = static_cast<std::size_t>(std::filesystem::file_size(file));
    void* at = size == 0 ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_SHARED, handle, 0);
    ::close(handle);
    if (at == MAP_FAILED) {
        return refuse(refusals::damaged_index,
                      "{}: {} bytes, cannot be mapped: delete it and rebuild", file.string(), size);
    }
    std::shared_ptr<Image> image(new Image);
    image->all_ = {static_cast<const char*>(at), size};
    image->mapped_ = true;
    if (const auto fault = image->read_table(size <= checked_bytes_max); !fault.empty()) {
        return refuse(refusals::damaged_index, "{}: {}: delete it and rebuild", file.string(),
                      fault);
    }
    return std::shared_ptr<const Image>(std::move(image));
}

std::shared_ptr<const Image> Image::of(std::span<const std::string> pieces) {
    std::size_t size = 0;
    for (const auto& piece : pieces) {
        size += piece.size();
    }
    auto* const memory = static_cast<char*>(std::aligned_alloc(alignment, aligned(size)));
    if (!memory) {
        throw std::bad_alloc();
    }
    char* to = memory;
    for (const auto& piece : pieces) {
        to = std::copy(piece.begin(), piece.end(), to);
    }
    std::shared_ptr<Image> image(new Image);
    image->all_ = {memory, size};
    image->read_table(false);
    return image;
}

Image::~Image() {
    auto* const start = const_cast<char*>(all_.data());
    if (mapped_) {
        ::munmap(start, all_.size());
    } else {
        std::free(start);
    }
}

std::string Image::read_table(bool check_contents) {
    if (all_.size() < sizeof(Footer)) {
        return "too short to be an index";
    }
    const auto footer = read_as<Footer>(all_, all_.size() - sizeof(Footer));
    const std::uint64_t limit = all_.size() - sizeof(Footer);
    if (footer.magic != magic) {
        return "truncated, or of another version";
    }
    if (footer.table_offset > limit || footer.table_length != limit - footer.table_offset) {
        return "its table of sections lies outside of it";
    }
    std::string_view table(all_.data() + footer.table_offset, footer.table_length);
    if (checksum(table) != footer.table_checksum) {
        return "its table of sections was altered";
    }
    while (!table.empty()) {
        if (auto fault = read_section(table, footer.table_offset, check_contents); !fault.empty()) {
            return fault;
        }
    }
    return {};
}

std::string Image::read_section(std::string_view& table, std::uint64_t limit, bool check_contents) {
    const auto offset = read_as<std::uint64_t>(table);
    const auto length = read_as<std::uint64_t>(table, 8);
    const auto expected = read_as<std::uint64_t>(table, 16);
    const auto name_size = read_as<std::uint64_t>(table, 24);
    std::string name(table.substr(32, name_size));
    table.remove_prefix(32 + name_size);
    if (offset > limit || length > limit - offset) {
        return "section " + name + " lies outside of it";
    }
    const auto content = all_.subspan(offset, length);
    if (check_contents && !name.starts_with("documents")) {
        map_in_one_go(content);
        if (checksum(content) != expected) {
            return "section " + name + " was altered";
        }
    }
    sections_.emplace(std::move(name), content);
    return {};
}

std::span<const char> Image::bytes(const std::string& name) const {
    const auto found = sections_.find(name);
    return found == sections_.end() ? std::span<const char>() : found->second;
}

}  // namespace kontor::discovery::engine
