#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/chunked.hpp"
#include "platform/http/client.hpp"
#include "platform/http/head_parser.hpp"
#include "platform/http/input_buffer.hpp"
#include "platform/http/ticker.hpp"
#include "platform/http/wire.hpp"

/// Private to platform/http: one connection of a client.
namespace kontor::http {

/// Where a call goes: what connections can be shared by.
struct Origin {
    bool secure = false;
    std::string host;  ///< Without port and brackets.
    std::string port;

    bool operator==(const Origin&) const = default;
    auto operator<=>(const Origin&) const = default;
};
std::string to_text(const Origin& origin);

/// Why there is no answer, before it is known what to tell the caller.
enum class Trouble {
    none,
    timeout,
    not_connected,
    closed,   ///< By the other end, or broken.
    protocol  ///< The answer is no HTTP/1.1.
};

/// A connection to an origin and the exchange under way on it. Its deadline covers all of that.
class ClientConnection final : public Timed {
public:
    ClientConnection(Ticker& ticker, Socket socket, asio::ssl::context* tls)
        : Timed(ticker), wire_(std::move(socket), tls) {}

    using Timed::set_deadline_ms;

    Task<Trouble> connect(const Origin& origin, const asio::ip::tcp::resolver::results_type& where);
    /// Whether an unused connection still looks open.
    bool is_usable();

    /// Sends the request, its body too.
    Task<Trouble> send(std::string head, Call& call);
    /// Reads the head of the final answer; `head` views into the input until the body is read.
    Task<Trouble> receive_head(std::string_view to_method, std::size_t head_bytes,
                               AnswerHead& head);
    /// The next piece of the body; nothing at its end.
    struct Piece {
        Trouble trouble = Trouble::none;
        std::optional<std::string> bytes{};
    };
    Task<Piece> receive_piece();

    /// Whether the exchange is over and the connection can carry another.
    bool is_reusable() const noexcept { return over_ && framing_.keep_alive && sent_all_; }
    bool received_any() const noexcept { return received_any_; }
    Headers take_trailers() { return decoder_.take_trailers(); }
    void close() noexcept { wire_.close(); }

    /// Called when the deadline passes while unused.
    Callback on_idle_end;

private:
    class CallBody;

    void on_deadline() override;
    Task<bool> fill();
    Task<bool> write_all(std::string_view first, std::string_view second);
    bool was_refused_early();
    Trouble broken_off() const { return timed_out_ ? Trouble::timeout : Trouble::closed; }

    Wire wire_;
    InputBuffer input_;
    HeadScanner scanner_;
    Framing framing_;
    ChunkDecoder decoder_;
    std::uint64_t left_ = 0;
    bool timed_out_ = false;
    bool received_any_ = false;
    bool sent_all_ = false;
    bool over_ = true;
};

}  // namespace kontor::http
