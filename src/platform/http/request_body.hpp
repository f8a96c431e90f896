#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "platform/http/chunked.hpp"
#include "platform/http/head_parser.hpp"
#include "platform/http/message.hpp"

namespace kontor::http {

class Connection;

/// The body of the request under way on a server's connection.
class RequestBody final : public BodySource {
public:
    explicit RequestBody(Connection& connection) : connection_(connection) {}

    /// A new request with this framing.
    void begin(const Framing& framing);
    bool has_body() const noexcept { return !over_; }

    Task<Result<std::optional<std::string>>> read_some() override;
    Task<void> send_interim(int status, Headers headers) override;

    /// Skips what is left of the body if it has arrived already; false: more would come, or the
    /// framing is broken, so the connection cannot bring another request.
    bool skip_rest();

private:
    using Piece = Result<std::optional<std::string>>;

    Task<Piece> read_sized();
    Task<Piece> read_chunked();
    Task<bool> ask_for_it();
    Task<bool> fill();
    Piece fail(std::string_view why);

    Connection& connection_;
    bool over_ = true;
    bool failed_ = false;
    bool chunked_ = false;
    bool continue_expected_ = false;
    std::uint64_t left_ = 0;      ///< Of a sized body.
    std::uint64_t received_ = 0;  ///< Of any body.
    std::int64_t since_ms_ = 0;
    ChunkDecoder decoder_;
};

}  // namespace kontor::http
