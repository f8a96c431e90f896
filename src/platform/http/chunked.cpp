#include "platform/http/chunked.hpp"

#include <algorithm>
#include <charconv>
#include <memory>

#include "platform/http/grammar.hpp"
#include "platform/http/head_parser.hpp"

namespace kontor::http {

namespace {

using Step = ChunkDecoder::Step;

struct Line {
    Step step = Step::need_more;  ///< data: `text` is a line; else what to answer.
    std::string_view text{};
    std::size_t size = 0;  ///< With its CRLF.
};

Line line_of(std::string_view bytes, std::size_t limit) {
    const auto end = bytes.substr(0, limit).find('\n');
    if (end == std::string_view::npos) {
        return {.step = bytes.size() < limit ? Step::need_more : Step::broken};
    }
    if (end == 0 || bytes[end - 1] != '\r') {
        return {.step = Step::broken};
    }
    return {.step = Step::data, .text = bytes.substr(0, end - 1), .size = end + 1};
}

/// Takes a quoted-string (RFC 9110, 5.6.4) from the front.
bool take_quoted(std::string_view& rest) {
    rest.remove_prefix(1);
    while (!rest.empty() && grammar::is(rest.front(), grammar::value_char)) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c == '"') {
            return true;
        }
        if (c == '\\' && (rest.empty() || !grammar::is(rest.front(), grammar::value_char))) {
            return false;
        }
        rest.remove_prefix(c == '\\' ? 1 : 0);
    }
    return false;
}

bool take_token(std::string_view& rest) {
    const auto end =
        std::ranges::find_if_not(rest, [](char c) { return grammar::is(c, grammar::token_char); });
    const auto size = static_cast<std::size_t>(end - rest.begin());
    rest.remove_prefix(size);
    return size > 0;
}

/// chunk-ext = *( BWS ";" BWS name [ BWS "=" BWS value ] )
bool is_extension(std::string_view rest) {
    rest = grammar::trim(rest);
    while (!rest.empty()) {
        if (rest.front() != ';') {
            return false;
        }
        rest = grammar::trim(rest.substr(1));
        if (!take_token(rest)) {
            return false;
        }
        rest = grammar::trim(rest);
        if (rest.starts_with('=')) {
            rest = grammar::trim(rest.substr(1));
            if (rest.starts_with('"') ? !take_quoted(rest) : !take_token(rest)) {
                return false;
            }
            rest = grammar::trim(rest);
        }
    }
    return true;
}

}  // namespace

ChunkDecoder::Next ChunkDecoder::next(std::string_view bytes) {
    std::size_t consumed = 0;
    if (place_ == Place::data_end) {
        if (bytes.size() < 2) {
            const bool possible = bytes.empty() || bytes[0] == '\r';
            return {possible ? Step::need_more : Step::broken, 0, {}};
        }
        if (!bytes.starts_with("\r\n")) {
            return {Step::broken, 0, {}};
        }
        consumed = 2;
        bytes.remove_prefix(2);
        place_ = Place::size_line;
    }
    if (place_ == Place::size_line) {
        const auto line = size_line(bytes);
        consumed += line.consumed;
        bytes.remove_prefix(line.consumed);
        if (line.step != Step::data) {
            return {line.step, consumed, {}};
        }
    }
    if (place_ == Place::trailers) {
        const auto last = trailer_line(bytes);
        return {last.step, consumed + last.consumed, {}};
    }
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
    if (size == 0) {
        return {Step::need_more, consumed, {}};
    }
    left_ -= size;
    place_ = left_ == 0 ? Place::data_end : Place::data;
    return {Step::data, consumed + size, bytes.substr(0, size)};
}

ChunkDecoder::Next ChunkDecoder::size_line(std::string_view bytes) {
    const auto line = line_of(bytes, line_bytes);
    if (line.step != Step::data) {
        return {line.step, 0, {}};
    }
    const auto* begin = std::to_address(line.text.begin());
    const auto* end = std::to_address(line.text.end());
    const auto [after, error] = std::from_chars(begin, end, left_, 16);
    const auto digits = static_cast<std::size_t>(after - begin);
    // from_chars takes neither a sign nor 0x for an unsigned number in base 16.
    if (error != std::errc{} || digits > 16 || !is_extension(line.text.substr(digits))) {
        return {Step::broken, 0, {}};
    }
    extensions_ += line.text.size() - digits;
    if (extensions_ > overhead_bytes) {
        return {Step::broken, 0, {}};
    }
    place_ = left_ == 0 ? Place::trailers : Place::data;
    return {Step::data, line.size, {}};
}

ChunkDecoder::Next ChunkDecoder::trailer_line(std::string_view bytes) {
    std::size_t consumed = 0;
    for (;;) {
        const auto line = line_of(bytes.substr(consumed), line_bytes);
        if (line.step != Step::data) {
            return {line.step, consumed, {}};
        }
        consumed += line.size;
        if (line.text.empty()) {
            return {Step::done, consumed, {}};
        }
        const auto field = parse_field_line(line.text);
        if (!field || trailers_.rendered().size() + line.size > trailer_bytes) {
            return {Step::broken, consumed, {}};
        }
        trailers_.add(field->name, field->value);
    }
}

}  // namespace kontor::http
