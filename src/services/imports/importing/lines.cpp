#include "services/imports/importing/lines.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace kontor::importing {

std::expected<bool, FileFault> LineReader::next(Line& line) {
    line = {.number = ++number_};
    for (;;) {
        const auto end = std::min(rest_.find('\n'), rest_.size());
        if (line.text.size() + end > line_bytes_max) {
            return std::unexpected(FileFault{number_, bytes_read(),
                                             fmt::format("the line is longer than {} bytes: does "
                                                         "the file have lines at all?",
                                                         line_bytes_max)});
        }
        line.text += rest_.substr(0, end);
        if (end < rest_.size()) {
            rest_.remove_prefix(end + 1);
            if (line.text.ends_with('\r')) {
                line.text.pop_back();
            }
            if (!line.text.empty()) {
                return true;
            }
            line.number = ++number_;
            continue;
        }
        rest_ = {};
        auto chunk = text_.next();
        if (!chunk) {
            return std::unexpected(std::move(chunk).error());
        }
        if (chunk->empty()) {
            line.line_break = false;
            return !line.text.empty();
        }
        rest_ = *chunk;
    }
}

}  // namespace kontor::importing
