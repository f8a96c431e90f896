#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/http/answer.hpp"
#include "platform/http/message.hpp"

namespace kontor::http {

class Connection;

/// What a handler's producer writes its body to.
class AnswerBody final : public BodyWriter {
public:
    AnswerBody(Connection& connection, const AnswerFraming& framing)
        : connection_(connection), framing_(framing) {}

    Task<void> write(std::string_view bytes) override;
    void trailer(std::string_view name, std::string_view value) override;
    /// Ends the body; false where that could not be sent, or it is shorter than was said.
    Task<bool> finish();

private:
    Connection& connection_;
    AnswerFraming framing_;
    std::uint64_t written_ = 0;
    Headers trailers_;
};

/// A connection in the hands of a handler. Timeouts and limits are the handler's from here on.
class TakenStream final : public ByteStream {
public:
    explicit TakenStream(Connection& connection) : connection_(connection) {}

    Task<std::string> read_some() override;
    Task<void> write(std::string_view bytes) override;
    Task<void> finish_writing() override;
    void close() override;

private:
    Connection& connection_;
};

/// Appends one chunk (RFC 9112, 7.1); not for empty `bytes`, which would end the body.
void append_chunk(std::string& out, std::string_view bytes);

}  // namespace kontor::http
