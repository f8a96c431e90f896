#include "platform/http/request_body.hpp"

#include <algorithm>

#include "platform/http/connection.hpp"
#include "platform/http/status.hpp"

namespace kontor::http {

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr RefusalKind body_timeout{"body_timeout", 408, "The body came too slowly; send it again."};

}  // namespace

void RequestBody::begin(const Framing& framing) {
    chunked_ = framing.chunked;
    left_ = framing.length.value_or(0);
    over_ = !chunked_ && left_ == 0;
    failed_ = false;
    continue_expected_ = framing.expects_continue && !over_;
    received_ = 0;
    since_ms_ = connection_.loop().ticker.now_ms();
    if (chunked_) {
        decoder_ = ChunkDecoder();
    }
}

Task<RequestBody::Piece> RequestBody::read_some() {
    if (failed_) {
        co_return refuse(refusals::malformed, "the body could not be read to its end");
    }
    if (over_) {
        co_return std::nullopt;
    }
    if (!co_await ask_for_it()) {
        co_return fail("the connection ended before the body");
    }
    co_return chunked_ ? co_await read_chunked() : co_await read_sized();
}

Task<RequestBody::Piece> RequestBody::read_sized() {
    auto& input = connection_.input();
    if (input.empty() && !co_await fill()) {
        co_return fail("the connection ended before the body");
    }
    const auto size = static_cast<std::size_t>(
        std::min<std::uint64_t>({left_, input.unread().size(), piece_bytes}));
    std::string piece(input.unread().substr(0, size));
    input.consume(size);
    left_ -= size;
    received_ += size;
    over_ = left_ == 0;
    co_return std::optional(std::move(piece));
}

Task<RequestBody::Piece> RequestBody::read_chunked() {
    auto& input = connection_.input();
    for (;;) {
        const auto next = decoder_.next(input.unread());
        if (next.step == ChunkDecoder::Step::data) {
            std::string piece(next.data);
            input.consume(next.consumed);
            received_ += piece.size();
            const auto limit = connection_.loop().options.body_bytes;
            if (received_ > limit) {
                failed_ = true;
                co_return refuse(refusals::too_large, "body: over the limit of {} bytes", limit);
            }
            co_return std::optional(std::move(piece));
        }
        input.consume(next.consumed);
        if (next.step == ChunkDecoder::Step::done) {
            over_ = true;
            co_return std::nullopt;
        }
        if (next.step == ChunkDecoder::Step::broken) {
            co_return fail("the chunked body is not framed as RFC 9112, section 7.1, says");
        }
        if (!co_await fill()) {
            co_return fail("the connection ended before the body");
        }
    }
}

Task<bool> RequestBody::fill() {
    co_return co_await connection_.fill(1, connection_.body_deadline_ms(since_ms_, received_));
}

/// The client waits for our word before it sends the body (RFC 9110, 10.1.1).
Task<bool> RequestBody::ask_for_it() {
    if (continue_expected_ && connection_.input().empty()) {
        connection_.out() += "HTTP/1.1 100 Continue\r\n\r\n";
    }
    continue_expected_ = false;
    // Answers to earlier, pipelined requests must not wait for this body either.
    co_return connection_.out().empty() || !connection_.input().empty() ||
        co_await connection_.flush();
}

RequestBody::Piece RequestBody::fail(std::string_view why) {
    failed_ = true;
    if (connection_.timed_out()) {
        return refuse(body_timeout, "body: {} bytes came in the time allowed", received_);
    }
    return refuse(refusals::malformed, "body: {}", why);
}

Task<void> RequestBody::send_interim(int status, Headers headers) {
    auto& out = connection_.out();
    out.append("HTTP/1.1 ").append(std::to_string(status)).append(" ");
    out.append(reason_of(status)).append("\r\n").append(headers.rendered()).append("\r\n");
    if (!co_await connection_.flush()) {
        throw ConnectionLost("the client is gone");
    }
}

bool RequestBody::skip_rest() {
    auto& input = connection_.input();
    while (!over_ && !failed_) {
        if (!chunked_) {
            const auto size = std::min<std::uint64_t>(left_, input.unread().size());
            input.consume(static_cast<std::size_t>(size));
            left_ -= size;
            over_ = left_ == 0;
            return over_;
        }
        const auto next = decoder_.next(input.unread());
        input.consume(next.consumed);
        over_ = next.step == ChunkDecoder::Step::done;
        failed_ = next.step != ChunkDecoder::Step::data && !over_;
    }
    return over_ && !failed_;
}

}  // namespace kontor::http
