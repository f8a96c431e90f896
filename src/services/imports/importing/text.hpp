#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Files of rows, read as a stream: what they are made of (text, CSV, JSON Lines), what a row means
/// (mapping), and how rows become records.
namespace kontor::importing {

/// Why a file as a whole cannot be taken.
struct FileFault {
    std::int64_t line = 0;  ///< From 1.
    std::int64_t byte = 0;  ///< From 0: the first one at fault.
    std::string reason;
};

/// `line 3, byte 217: ...`.
std::string to_text(const FileFault& fault);

/// Where bytes come from.
class Bytes {
public:
    virtual ~Bytes() = default;
    /// Fills the front of `buffer` and answers how much; 0 at the end. Throws
    /// std::filesystem::filesystem_error where reading fails.
    virtual std::size_t read(std::span<char> buffer) = 0;
};

/// A file that can be read more than once.
class FileBytes final : public Bytes {
public:
    /// Throws std::filesystem::filesystem_error where there is no such regular file.
    explicit FileBytes(const std::filesystem::path& file);
    ~FileBytes() override;
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    std::size_t read(std::span<char> buffer) override;
    /// Begins again at the front.
    void rewind();
    std::int64_t size() const { return size_; }

private:
    std::filesystem::path file_;
    int descriptor_ = -1;
    std::int64_t size_ = 0;
};

/// Text out of bytes, in chunks: UTF-8 as RFC 3629 has it, with or without a byte order mark, which
/// is left out. NUL, ill-formed sequences and an end inside a character are faults.
class TextReader {
public:
    /// `bytes` must outlive it.
    explicit TextReader(Bytes& bytes) : bytes_(bytes), buffer_(chunk_bytes) {}

    /// The next bytes, valid until the next call; empty at the end. A chunk may end inside a
    /// character.
    std::expected<std::string_view, FileFault> next();

    /// How many bytes were given out, the mark included.
    std::int64_t bytes_read() const { return byte_; }

private:
    static constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;

    std::size_t fill();
    std::expected<void, FileFault> check(std::string_view chunk);
    FileFault ill_formed(unsigned char byte, std::int64_t at) const;

    Bytes& bytes_;
    std::vector<char> buffer_;
    bool begun_ = false;
    std::int64_t line_ = 1;
    std::int64_t byte_ = 0;
    int following_ = 0;  ///< Bytes of the character that are still to come.
    unsigned char lead_ = 0;
    std::int64_t lead_at_ = 0;
    unsigned char low_ = 0x80;
    unsigned char high_ = 0xBF;
};

}  // namespace kontor::importing
