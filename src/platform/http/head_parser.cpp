#include "platform/http/head_parser.hpp"

#include <cstring>

#include <fmt/format.h>

#include "platform/http/grammar.hpp"

namespace kontor::http {

namespace {

using grammar::trim;

/// Takes the next line, without its CRLF; the scanner has made sure that there is one.
std::string_view take_line(std::string_view& rest) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end - 1);
    rest.remove_prefix(end + 1);
    return line;
}

/// Bytes of a peer's own making, made safe to show in a message.
std::string shown(std::string_view bytes) {
    std::string text;
    for (const char c : bytes.substr(0, 64)) {
        text += c >= 0x20 && c < 0x7F ? c : '.';
    }
    return text;
}

template <class... Args>
Broken broken(fmt::format_string<Args...> message, Args&&... args) {
    return Broken{400, fmt::format(message, std::forward<Args>(args)...)};
}

/// The digit of `HTTP/1.x`; -1: another version; -2: none at all.
int minor_version_of(std::string_view version) {
    if (version.size() != 8 || !version.starts_with("HTTP/") || version[6] != '.' ||
        !grammar::is(version[5], grammar::digit) || !grammar::is(version[7], grammar::digit)) {
        return -2;
    }
    return version[5] == '1' ? version[7] - '0' : -1;
}

std::optional<Broken> parse_request_line(std::string_view line, Request& request) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return broken("request line '{}': must be method, target, version with one space between",
                      shown(line));
    }
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, last - first - 1);
    const int minor = minor_version_of(line.substr(last + 1));
    if (minor == -1) {
        return Broken{505, fmt::format("version '{}': this server speaks HTTP/1.1",
                                       shown(line.substr(last + 1)))};
    }
    if (minor < 0) {
        return broken("version '{}': must be HTTP/1.1 or HTTP/1.0", shown(line.substr(last + 1)));
    }
    request.minor_version = minor > 0 ? 1 : 0;  // a higher one counts as ours, RFC 9110, 2.5
    if (!grammar::is_token(request.method)) {
        return broken("method '{}': must be a token", shown(request.method));
    }
    if (!request.split_target()) {
        return broken("request target '{}': must be one of RFC 9112, section 3.2",
                      shown(request.target));
    }
    return std::nullopt;
}

std::optional<Broken> parse_length(std::string_view value, Framing& framing) {
    if (framing.length) {
        return broken("Content-Length: is there twice");
    }
    if (value.empty() || !grammar::all(value, grammar::digit)) {
        return broken("Content-Length '{}': must be digits only", shown(value));
    }
    constexpr std::uint64_t most = std::uint64_t{1} << 62;
    std::uint64_t length = 0;
    for (const char c : value) {
        length = std::min(most, length * 10 + static_cast<std::uint64_t>(c - '0'));
    }
    framing.length = length;
    return std::nullopt;
}

/// RFC 9112, 6.1 and 6.3: the last coding of a request must be chunked, and must be so once.
std::optional<Broken> parse_transfer_encoding(std::string_view value, Framing& framing) {
    if (equals_ignoring_case(value, "chunked") && !framing.chunked) {
        framing.chunked = true;
        return std::nullopt;
    }
    std::string_view last;
    auto earlier_chunked = framing.chunked ? 1 : 0;
    for (auto rest = value; !rest.empty();) {
        last = grammar::next_member(rest);
        earlier_chunked += equals_ignoring_case(last, "chunked") ? 1 : 0;
    }
    if (equals_ignoring_case(last, "chunked") && earlier_chunked == 1) {
        return Broken{
            501, fmt::format("Transfer-Encoding '{}': only chunked is implemented", shown(value))};
    }
    return broken("Transfer-Encoding '{}': must be chunked, once and last", shown(value));
}

void parse_connection(std::string_view value, Framing& framing, bool& wants_close) {
    wants_close = wants_close || has_token(value, "close");
    framing.keep_alive = framing.keep_alive || has_token(value, "keep-alive");
}

/// What framing and routing hang on, gathered in one pass.
struct Seen {
    int hosts = 0;
    bool close = false;
    bool transfer_encoding = false;
};

std::optional<Broken> note_framing(const Field& field, Framing& framing, Seen& seen) {
    const auto is = [&field](std::string_view name) {
        return equals_ignoring_case(field.name, name);
    };
    switch (field.name.size()) {
        case 10:
            if (is("Connection")) {
                parse_connection(field.value, framing, seen.close);
            }
            break;
        case 14:
            if (is("Content-Length")) {
                return parse_length(field.value, framing);
            }
            break;
        case 17:
            if (is("Transfer-Encoding")) {
                if (seen.transfer_encoding && !framing.chunked) {
                    return broken("Transfer-Encoding: is there twice");
                }
                seen.transfer_encoding = true;
                return parse_transfer_encoding(field.value, framing);
            }
            break;
        default:
            break;
    }
    return std::nullopt;
}

std::optional<Broken> note_request(const Field& field, Request& request, Framing& framing,
                                   Seen& seen) {
    if (field.name.size() == 4 && equals_ignoring_case(field.name, "Host")) {
        ++seen.hosts;
        if (!is_host(field.value)) {
            return broken("Host '{}': must be a host with or without a port", shown(field.value));
        }
        if (request.host.empty()) {  // that of an absolute target goes before, RFC 9112, 3.2.2
            request.host = field.value;
        }
    } else if (field.name.size() == 6 && request.minor_version > 0 &&
               equals_ignoring_case(field.name, "Expect")) {
        if (!equals_ignoring_case(field.value, "100-continue")) {
            return Broken{417, fmt::format("Expect '{}': only 100-continue is understood",
                                           shown(field.value))};
        }
        framing.expects_continue = true;
    }
    return note_framing(field, framing, seen);
}

std::optional<Broken> check_framing(int minor_version, Framing& framing, const Seen& seen) {
    if (seen.transfer_encoding && framing.length) {
        return broken("Content-Length with Transfer-Encoding: only one may be there");
    }
    if (seen.transfer_encoding && minor_version == 0) {
        return broken("Transfer-Encoding: is not part of HTTP/1.0");
    }
    framing.keep_alive = !seen.close && (minor_version > 0 || framing.keep_alive);
    return std::nullopt;
}

std::optional<Broken> check_request(const HeadLimits& limits, Request& request, Framing& framing,
                                    const Seen& seen) {
    if (seen.hosts != 1 && (seen.hosts > 1 || request.minor_version > 0)) {
        return broken("Host: must be there once, is there {} times", seen.hosts);
    }
    if (auto wrong = check_framing(request.minor_version, framing, seen)) {
        return wrong;
    }
    if (framing.length.value_or(0) > limits.body_bytes) {
        return Broken{413, fmt::format("Content-Length {}: over the limit of {} bytes",
                                       *framing.length, limits.body_bytes)};
    }
    return std::nullopt;
}

}  // namespace

HeadScanner::State HeadScanner::scan(std::string_view bytes) noexcept {
    while (scanned_ < bytes.size()) {
        const auto* from = bytes.data() + scanned_;
        const auto* found =
            static_cast<const char*>(std::memchr(from, '\n', bytes.size() - scanned_));
        if (found == nullptr) {
            return State::incomplete;
        }
        if (found == from || found[-1] != '\r') {
            return State::bare_line_feed;
        }
        scanned_ += static_cast<std::size_t>(found - from) + 1;
        if (found - from == 1) {
            return State::complete;
        }
    }
    return State::incomplete;
}

std::optional<Field> parse_field_line(std::string_view line) noexcept {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !grammar::is_token(line.substr(0, colon))) {
        return std::nullopt;  // obs-fold and a space before the colon end here
    }
    const Field field{line.substr(0, colon), trim(line.substr(colon + 1))};
    if (!grammar::all(field.value, grammar::value_char)) {
        return std::nullopt;
    }
    return field;
}

std::optional<Broken> parse_request_head(std::string_view head, const HeadLimits& limits,
                                         Request& request, Framing& framing) {
    request.fields.clear();
    request.content_length.reset();
    framing = Framing{.keep_alive = false};
    auto rest = head;
    const auto first = take_line(rest);
    if (first.size() > limits.request_line_bytes) {
        return Broken{414, fmt::format("request line of {} bytes: over the limit of {}",
                                       first.size(), limits.request_line_bytes)};
    }
    if (auto wrong = parse_request_line(first, request)) {
        return wrong;
    }
    Seen seen;
    for (auto line = take_line(rest); !line.empty(); line = take_line(rest)) {
        const auto field = parse_field_line(line);
        if (!field) {
            return broken("header line '{}': must be a token, a colon and a value", shown(line));
        }
        if (request.fields.size() == limits.fields) {
            return Broken{431, fmt::format("more than {} header fields", limits.fields)};
        }
        request.fields.push_back(*field);
        if (auto wrong = note_request(*field, request, framing, seen)) {
            return wrong;
        }
    }
    auto wrong = check_request(limits, request, framing, seen);
    request.content_length = framing.length;
    return wrong;
}

std::optional<Broken> parse_answer_head(std::string_view head, std::string_view to_method,
                                        AnswerHead& answer, Framing& framing) {
    answer.fields.clear();
    framing = Framing{.keep_alive = false};
    auto rest = head;
    const auto line = take_line(rest);  // HTTP/1.1 SP 3DIGIT SP [reason]
    const int minor = line.size() < 12 ? -2 : minor_version_of(line.substr(0, 8));
    if (minor < 0 || line[8] != ' ' || !grammar::all(line.substr(9, 3), grammar::digit) ||
        line[9] < '1' || line[9] > '5' || (line.size() > 12 && line[12] != ' ')) {
        return broken("status line '{}': is none of HTTP/1.1", shown(line));
    }
    answer.minor_version = minor > 0 ? 1 : 0;
    answer.status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
    Seen seen;
    for (auto text = take_line(rest); !text.empty(); text = take_line(rest)) {
        const auto field = parse_field_line(text);
        if (!field) {
            return broken("header line '{}': must be a token, a colon and a value", shown(text));
        }
        answer.fields.push_back(*field);
        if (auto wrong = note_framing(*field, framing, seen)) {
            return wrong;
        }
    }
    if (auto wrong = check_framing(answer.minor_version, framing, seen)) {
        return wrong;
    }
    const bool bodiless = answer.status < 200 || answer.status == 204 || answer.status == 304 ||
                          to_method == "HEAD" || (to_method == "CONNECT" && answer.status < 300);
    if (bodiless) {
        framing.chunked = false;
        framing.length = 0;
    } else if (!framing.chunked && !framing.length) {
        framing.keep_alive = false;  // ends with the connection, RFC 9112, 6.3
    }
    return std::nullopt;
}

}  // namespace kontor::http
