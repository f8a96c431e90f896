#include "platform/telemetry/trace.hpp"

#include <algorithm>
#include <span>

#include "platform/crypto/hash.hpp"

namespace kontor::telemetry {

namespace {

constexpr std::size_t header_size = 55;
constexpr std::size_t trace_id_at = 3;
constexpr std::size_t span_id_at = 36;
constexpr std::size_t flags_at = 53;
constexpr std::uint8_t sampled_flag = 1;

int nibble(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool read_hex(std::string_view text, std::span<std::uint8_t> out) {
    for (std::size_t i = 0; i < out.size(); ++i) {
        const int high = nibble(text[2 * i]);
        const int low = nibble(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return true;
}

bool all_zero(std::span<const std::uint8_t> bytes) {
    return std::ranges::all_of(bytes, [](auto byte) { return byte == 0; });
}

void fill(std::span<std::uint8_t> id, Random& random) {
    do {
        random.bytes(id);
    } while (all_zero(id));
}

}  // namespace

std::optional<Trace> parse_traceparent(std::string_view header) {
    std::array<std::uint8_t, 1> version{};
    std::array<std::uint8_t, 1> flags{};
    Trace trace;
    if (header.size() < header_size || !read_hex(header, version) || version[0] == 0xff ||
        header[trace_id_at - 1] != '-' || header[span_id_at - 1] != '-' ||
        header[flags_at - 1] != '-') {
        return std::nullopt;
    }
    const bool more = header.size() > header_size;
    if (more && (version[0] == 0 || header[header_size] != '-')) {
        return std::nullopt;
    }
    if (!read_hex(header.substr(trace_id_at), trace.trace_id) ||
        !read_hex(header.substr(span_id_at), trace.span_id) ||
        !read_hex(header.substr(flags_at), flags) || all_zero(trace.trace_id) ||
        all_zero(trace.span_id)) {
        return std::nullopt;
    }
    trace.sampled = (flags[0] & sampled_flag) != 0;
    return trace;
}

std::string traceparent(const Trace& trace) {
    std::string header = "00-";
    header.reserve(header_size);
    header += trace_id_text(trace);
    header += '-';
    header += span_id_text(trace);
    header += trace.sampled ? "-01" : "-00";
    return header;
}

Trace new_trace(Random& random, bool sampled) {
    Trace trace;
    fill(trace.trace_id, random);
    fill(trace.span_id, random);
    trace.sampled = sampled;
    return trace;
}

Trace child_of(const Trace& parent, Random& random) {
    Trace child = parent;
    fill(child.span_id, random);
    return child;
}

std::string trace_id_text(const Trace& trace) {
    return crypto::to_hex(trace.trace_id);
}
std::string span_id_text(const Trace& trace) {
    return crypto::to_hex(trace.span_id);
}

}  // namespace kontor::telemetry
