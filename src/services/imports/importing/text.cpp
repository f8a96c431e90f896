#include "services/imports/importing/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace kontor::importing {

namespace {

std::filesystem::filesystem_error failure(std::string_view what, const std::filesystem::path& file,
                                          int error) {
    return {std::string(what), file, std::error_code(error, std::generic_category())};
}

/// What a lead byte announces: how many follow, and the range of the first that does (RFC 3629,
/// section 4). `following` is -1 for a byte that begins no character.
struct Lead {
    int following;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
};

constexpr Lead lead_of(unsigned char byte) {
    if (byte < 0x80) {
        return {0};
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        return {1};
    }
    if (byte >= 0xE0 && byte <= 0xEF) {
        constexpr Lead plain{2};
        constexpr Lead after_e0{2, 0xA0};
        constexpr Lead after_ed{2, 0x80, 0x9F};
        return byte == 0xE0 ? after_e0 : byte == 0xED ? after_ed : plain;
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        constexpr Lead plain{3};
        constexpr Lead after_f0{3, 0x90};
        constexpr Lead after_f4{3, 0x80, 0x8F};
        return byte == 0xF0 ? after_f0 : byte == 0xF4 ? after_f4 : plain;
    }
    return {-1};
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_utf16(std::string_view front) {
    return front.starts_with("\xFF\xFE") || front.starts_with("\xFE\xFF");
}

}  // namespace

std::string to_text(const FileFault& fault) {
    return fmt::format("line {}, byte {}: {}", fault.line, fault.byte, fault.reason);
}

FileBytes::FileBytes(const std::filesystem::path& file)
    : file_(file), descriptor_(open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status{};
    if (descriptor_ < 0 || fstat(descriptor_, &status) != 0) {
        const auto error = errno;
        close(descriptor_);
        throw failure("cannot be opened", file_, error);
    }
    if (!S_ISREG(status.st_mode)) {
        close(descriptor_);
        throw failure("must be a file, since it is read twice", file_, EINVAL);
    }
    size_ = status.st_size;
}

FileBytes::~FileBytes() {
    close(descriptor_);
}

std::size_t FileBytes::read(std::span<char> buffer) {
    for (;;) {
        const auto count = ::read(descriptor_, buffer.data(), buffer.size());
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (errno != EINTR) {
            throw failure("cannot be read", file_, errno);
        }
    }
}

void FileBytes::rewind() {
    if (lseek(descriptor_, 0, SEEK_SET) != 0) {
        throw failure("cannot be read again", file_, errno);
    }
}

std::size_t TextReader::fill() {
    std::size_t filled = 0;
    // The mark at the front must not be split.
    while (filled < byte_order_mark.size()) {
        const auto count = bytes_.read(std::span(buffer_).subspan(filled));
        if (count == 0) {
            break;
        }
        filled += count;
    }
    return filled;
}

std::expected<std::string_view, FileFault> TextReader::next() {
    std::string_view chunk(buffer_.data(), fill());
    if (!begun_) {
        begun_ = true;
        if (is_utf16(chunk)) {
            return std::unexpected(FileFault{1, 0, "is UTF-16: convert it to UTF-8"});
        }
        if (chunk.starts_with(byte_order_mark)) {
            byte_ += static_cast<std::int64_t>(byte_order_mark.size());
            chunk.remove_prefix(byte_order_mark.size());
            if (chunk.empty()) {
                return next();
            }
        }
    }
    if (chunk.empty() && following_ != 0) {
        return std::unexpected(
            FileFault{line_, byte_, "ends inside a character: the file is cut short"});
    }
    if (auto good = check(chunk); !good) {
        return std::unexpected(std::move(good).error());
    }
    return chunk;
}

FileFault TextReader::ill_formed(unsigned char byte, std::int64_t at) const {
    return byte == 0
               ? FileFault{line_, at, "has a NUL byte: this is not a text file"}
               : FileFault{line_, at,
                           fmt::format("byte 0x{:02X} is not UTF-8 here: convert the file from its "
                                       "encoding (ISO 8859-1, Windows-1252?) to UTF-8",
                                       byte)};
}

std::expected<void, FileFault> TextReader::check(std::string_view chunk) {
    for (const char c : chunk) {
        const auto byte = static_cast<unsigned char>(c);
        if (following_ > 0) {
            if (byte < low_ || byte > high_) {
                return std::unexpected(ill_formed(lead_, lead_at_));
            }
            --following_;
            low_ = 0x80;
            high_ = 0xBF;
        } else {
            const auto lead = lead_of(byte);
            if (byte == 0 || lead.following < 0) {
                return std::unexpected(ill_formed(byte, byte_));
            }
            following_ = lead.following;
            lead_ = byte;
            lead_at_ = byte_;
            low_ = lead.low;
            high_ = lead.high;
            line_ += byte == '\n' ? 1 : 0;
        }
        ++byte_;
    }
    return {};
}

}  // namespace kontor::importing
