#include "platform/trace_text.hpp"

#include <charconv>
#include <span>

#include <fmt/format.h>

namespace kontor {

namespace {

bool read_hex(std::string_view text, std::span<std::uint8_t> out) {
    for (std::size_t i = 0; i < out.size(); ++i) {
        const char* begin = text.data() + 2 * i;
        const auto [end, error] = std::from_chars(begin, begin + 2, out[i], 16);
        if (error != std::errc{} || end != begin + 2) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::string traceparent(const Trace& trace) {
    if (trace.trace_id == Trace{}.trace_id) {
        return {};
    }
    return fmt::format("00-{:02x}-{:02x}-{:02x}", fmt::join(trace.trace_id, ""),
                       fmt::join(trace.span_id, ""), int{trace.sampled});
}

std::optional<Trace> parse_traceparent(std::string_view text) {
    constexpr std::size_t version_00_length = 55;
    if (text.size() != version_00_length || text[2] != '-' || text[35] != '-' || text[52] != '-') {
        return std::nullopt;
    }
    Trace trace;
    std::uint8_t flags = 0;
    if (!read_hex(text.substr(3), trace.trace_id) || !read_hex(text.substr(36), trace.span_id) ||
        !read_hex(text.substr(53), std::span(&flags, 1))) {
        return std::nullopt;
    }
    trace.sampled = (flags & 1) != 0;
    return trace;
}

}  // namespace kontor
