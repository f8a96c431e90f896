#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"

namespace kontor::http {

/// Why a message was not taken. `status` is what a server answers before it closes.
struct Broken {
    int status = 400;
    std::string message;
};

/// Where the head of a message ends, found in pieces as bytes arrive.
class HeadScanner {
public:
    enum class State { incomplete, complete, bare_line_feed };

    /// `bytes`: all of the message so far. Looks at each byte once.
    State scan(std::string_view bytes) noexcept;
    /// Length of the head with its empty line, once complete.
    std::size_t size() const noexcept { return scanned_; }
    /// Whether the first line has ended, and so cannot grow any more.
    bool has_line() const noexcept { return scanned_ > 0; }
    void reset() noexcept { scanned_ = 0; }

private:
    std::size_t scanned_ = 0;  ///< Up to and with the last line feed seen.
};

struct HeadLimits {
    std::size_t request_line_bytes;
    std::size_t head_bytes;
    std::size_t fields;
    std::uint64_t body_bytes;
};

/// How the body of a message is delimited, and what becomes of the connection (RFC 9112, 6 and 9).
struct Framing {
    bool chunked = false;
    std::optional<std::uint64_t> length{};
    bool keep_alive = true;
    bool expects_continue = false;
};

/// Reads a complete head, as HeadScanner found it, into `request`, whose views then point into
/// `head`. Strict: whatever could be understood in two ways is Broken.
std::optional<Broken> parse_request_head(std::string_view head, const HeadLimits& limits,
                                         Request& request, Framing& framing);

/// What a client needs of the head of an answer.
struct AnswerHead {
    int status = 0;
    int minor_version = 1;
    std::vector<Field> fields;
};

/// The same for an answer; `to_head`, `to_connect` say what it answers. Without length and chunked
/// the body ends with the connection.
std::optional<Broken> parse_answer_head(std::string_view head, std::string_view to_method,
                                        AnswerHead& answer, Framing& framing);

/// One `name: value` line, without its CRLF; nothing where it is none.
std::optional<Field> parse_field_line(std::string_view line) noexcept;

}  // namespace kontor::http
