#pragma once

#include "services/imports/importing/text.hpp"

namespace kontor::importing {

struct Line {
    std::int64_t number = 0;  ///< From 1.
    std::string text;         ///< Without its line break, LF or CR LF.
    bool line_break = true;   ///< False where the file ends right behind it.
};

/// Reads the lines of a text, JSON Lines for one. Memory is bound by one line.
class LineReader {
public:
    static constexpr std::size_t line_bytes_max = 1 << 20;

    /// `bytes` must outlive it.
    explicit LineReader(Bytes& bytes) : text_(bytes) {}

    /// Reads the next line that is not empty into `line`; false at the end. A line longer than
    /// `line_bytes_max` is a fault of the file.
    std::expected<bool, FileFault> next(Line& line);

    std::int64_t bytes_read() const {
        return text_.bytes_read() - static_cast<std::int64_t>(rest_.size());
    }

private:
    TextReader text_;
    std::string_view rest_;
    std::int64_t number_ = 0;
};

}  // namespace kontor::importing
