#include "platform/http/streams.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "platform/http/connection.hpp"

namespace kontor::http {

void append_chunk(std::string& out, std::string_view bytes) {
    fmt::format_to(std::back_inserter(out), "{:x}\r\n", bytes.size());
    out.append(bytes).append("\r\n");
}

Task<void> AnswerBody::write(std::string_view bytes) {
    if (bytes.empty()) {
        co_return;
    }
    written_ += bytes.size();
    if (framing_.length && written_ > *framing_.length) {
        throw std::length_error(
            fmt::format("a body said to have {} bytes has {} or more", *framing_.length, written_));
    }
    auto& out = connection_.out();
    if (framing_.chunked) {
        append_chunk(out, bytes);
    }
    if (!co_await connection_.write_all(out, framing_.chunked ? std::string_view() : bytes)) {
        throw ConnectionLost("the client is gone");
    }
    out.clear();
}

void AnswerBody::trailer(std::string_view name, std::string_view value) {
    trailers_.add(name, value);
}

Task<bool> AnswerBody::finish() {
    if (framing_.chunked) {
        connection_.out().append("0\r\n").append(trailers_.rendered()).append("\r\n");
    }
    const bool whole = !framing_.length || written_ == *framing_.length;
    co_return co_await connection_.flush() && whole;
}

Task<std::string> TakenStream::read_some() {
    constexpr std::size_t most = 16 * 1024;
    auto& input = connection_.input();
    if (input.empty() && !co_await connection_.fill(1, Timed::never)) {
        co_return std::string();
    }
    std::string bytes(input.unread().substr(0, most));
    input.consume(bytes.size());
    co_return bytes;
}

Task<void> TakenStream::write(std::string_view bytes) {
    if (!co_await connection_.write_all(bytes, {})) {
        throw ConnectionLost("the other end is gone");
    }
}

Task<void> TakenStream::finish_writing() {
    co_await connection_.wire().finish_writing();
}

void TakenStream::close() {
    connection_.cut();
}

}  // namespace kontor::http
