#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/message.hpp"

/// What becomes of a handler's Response before it is sent; pure.
namespace kontor::http {

/// Whether a body goes out, and how its end is told (RFC 9112, 6).
struct AnswerFraming {
    bool body = true;                       ///< false: to HEAD, and with 204 and 304
    bool chunked = false;                   ///< Transfer-Encoding: chunked
    std::optional<std::uint64_t> length{};  ///< Content-Length; without both it ends by closing
    bool keep_alive = true;
    bool dated = false;  ///< The handler set Date itself.
};

/// Applies If-None-Match and Accept-Encoding to `response`, drops the fields that are the server's
/// own, and says how to frame it. `keep_alive`: whether the connection could be kept so far.
AnswerFraming finish_answer(const Request& request, Response& response, bool keep_alive,
                            std::size_t compress_from_bytes);

/// Appends the head, with `date_line` (rendered, or empty) and an empty line at its end.
void append_head(std::string& out, const Response& response, const AnswerFraming& framing,
                 int minor_version, std::string_view date_line);

/// `Date: Tue, 24 Nov 2026 10:00:00 GMT CRLF`, made anew once a second; one for each loop.
class DateLine {
public:
    std::string_view now();

private:
    std::int64_t second_ = -1;
    std::string line_;
};

}  // namespace kontor::http
