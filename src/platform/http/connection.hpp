#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/answer.hpp"
#include "platform/http/head_parser.hpp"
#include "platform/http/input_buffer.hpp"
#include "platform/http/message.hpp"
#include "platform/http/request_body.hpp"
#include "platform/http/server.hpp"
#include "platform/http/ticker.hpp"
#include "platform/http/wire.hpp"

/// Private to platform/http: one connection of a server.
namespace kontor::http {

/// What the connections of one loop share.
struct ServerLoop {
    const Options& options;
    const Handler& handler;
    Ticker ticker;
    DateLine date{};
    bool draining = false;
    std::size_t connections = 0;
};

/// Reads requests, has them handled one after the other, and writes the answers in that order.
/// Owned by its own coroutine; `run` ends when the connection is over.
class Connection final : public Timed, public std::enable_shared_from_this<Connection> {
public:
    Connection(ServerLoop& loop, Socket socket, asio::ssl::context* tls);

    /// Serves until the end; `self` keeps this alive.
    static Task<void> run(std::shared_ptr<Connection> self);

    /// Between requests it is given a little time for one more; then it goes.
    void begin_drain();
    /// Ends everything on this connection now.
    void cut() { wire_.close(); }

    // For RequestBody and the writers of streamed answers.
    InputBuffer& input() noexcept { return input_; }
    std::string& out() noexcept { return out_; }
    Wire& wire() noexcept { return wire_; }
    ServerLoop& loop() noexcept { return loop_; }
    bool timed_out() const noexcept { return timed_out_; }
    /// Sends what is in out(); false: the peer is gone.
    Task<bool> flush();
    /// Sends `first`, then `second`; false: the peer is gone or too slow.
    Task<bool> write_all(std::string_view first, std::string_view second);
    /// Reads into input(); false: end of stream, error, or `deadline_ms` passed.
    Task<bool> fill(std::size_t at_least, std::int64_t deadline_ms);
    /// Milliseconds after `since_ms` until which `bytes` of a body may take.
    std::int64_t body_deadline_ms(std::int64_t since_ms, std::uint64_t bytes) const;

private:
    enum class Phase { idle, reading, writing, handling };
    enum class Received { incomplete, request, broken };

    void on_deadline() override;
    Task<void> serve();
    Received next_request();
    Received refuse_request(Broken why);
    Received check_incomplete();
    Task<bool> wait_for_bytes();
    Task<bool> answer();
    Task<Response> handle();
    Response after_accident();
    Task<bool> send(Response response, bool keep_alive);
    Task<bool> send_produced(Response& response, const AnswerFraming& framing);
    Task<bool> take_over(Response response);
    Task<void> linger();
    void send_early();

    ServerLoop& loop_;
    Wire wire_;
    std::string peer_;
    InputBuffer input_;
    std::string out_;
    HeadScanner scanner_;
    Request request_;
    Framing framing_;
    RequestBody body_;
    std::int64_t head_since_ms_ = 0;
    Phase phase_ = Phase::handling;
    bool timed_out_ = false;
    bool early_pending_ = false;
};

}  // namespace kontor::http
