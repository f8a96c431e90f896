#include "platform/http/client_connection.hpp"

#include <sys/socket.h>

#include <algorithm>

#include <fmt/format.h>
#include <boost/asio/error.hpp>

#include "platform/http/streams.hpp"

namespace kontor::http {

namespace {

constexpr std::size_t read_bytes = 16 * 1024;
constexpr std::size_t piece_bytes = 64 * 1024;

/// Thrown into a producer to end it: the answer is there before the body was wanted.
class RefusedEarly : public std::exception {};

}  // namespace

std::string to_text(const Origin& origin) {
    return fmt::format("{}://{}:{}", origin.secure ? "https" : "http", origin.host, origin.port);
}

/// What a caller's producer writes its body to.
class ClientConnection::CallBody final : public BodyWriter {
public:
    CallBody(ClientConnection& connection, std::optional<std::uint64_t> length)
        : connection_(connection), length_(length) {}

    Task<void> write(std::string_view bytes) override {
        written_ += bytes.size();
        if (written_ > length_.value_or(written_)) {
            throw std::length_error("a request's body is longer than was said");
        }
        if (connection_.was_refused_early()) {
            throw RefusedEarly();
        }
        std::string chunk;
        if (!length_ && !bytes.empty()) {
            append_chunk(chunk, bytes);
        }
        if (!co_await connection_.write_all(chunk, length_ ? bytes : std::string_view())) {
            throw ConnectionLost("the server is gone");
        }
    }
    void trailer(std::string_view name, std::string_view value) override {
        trailers_.add(name, value);
    }
    Task<bool> finish() {
        if (length_) {
            co_return written_ == *length_;
        }
        const auto end = fmt::format("0\r\n{}\r\n", trailers_.rendered());
        co_return co_await connection_.write_all(end, {});
    }

private:
    ClientConnection& connection_;
    std::optional<std::uint64_t> length_;
    std::uint64_t written_ = 0;
    Headers trailers_;
};

void ClientConnection::on_deadline() {
    timed_out_ = true;
    wire_.close();
    if (on_idle_end) {
        on_idle_end();
    }
}

Task<Trouble> ClientConnection::connect(const Origin& origin,
                                        const asio::ip::tcp::resolver::results_type& where) {
    Ended ended{asio::error::host_not_found, 0};
    for (const auto& entry : where) {
        if (timed_out_) {
            break;
        }
        boost::system::error_code ignored;
        wire_.socket().close(ignored);
        wire_.socket().open(entry.endpoint().protocol(), ignored);
        ended = co_await Pending{[&](auto handler) {
            wire_.socket().async_connect(entry.endpoint(), std::move(handler));
        }};
        if (!ended.error) {
            break;
        }
    }
    if (!ended.error) {
        wire_.prepare();
        if (wire_.secure()) {
            ended = co_await wire_.connect_tls(origin.host);
        }
    }
    co_return ended.error || timed_out_ ? Trouble::not_connected : Trouble::none;
}

bool ClientConnection::is_usable() {
    char next = 0;
    const auto size =
        ::recv(wire_.socket().native_handle(), &next, 1, MSG_PEEK | MSG_DONTWAIT | MSG_NOSIGNAL);
    // Bytes nobody asked for: over TLS perhaps a session ticket, else a broken server.
    return !timed_out_ && input_.empty() &&
           (size < 0 ? errno == EAGAIN : size > 0 && wire_.secure());
}

Task<Trouble> ClientConnection::send(std::string head, Call& call) {
    over_ = sent_all_ = received_any_ = timed_out_ = false;
    bool sent = false;
    if (const auto* text = std::get_if<std::string>(&call.body)) {
        sent = co_await write_all(head, *text);
    } else if (const auto* shared = std::get_if<SharedBody>(&call.body)) {
        sent = co_await write_all(head, *shared ? std::string_view(**shared) : std::string_view());
    } else if (co_await write_all(head, {})) {
        CallBody body(*this, call.length);
        try {
            co_await std::get<BodyProducer>(call.body)(body);
            sent = co_await body.finish();
        } catch (const RefusedEarly&) {
            co_return Trouble::none;
        } catch (const ConnectionLost&) {
            sent = false;
        } catch (...) {
            close();  // the server must not take a part for the whole
            throw;
        }
    }
    sent_all_ = sent;
    co_return sent ? Trouble::none : broken_off();
}

/// Whether an error is there already (RFC 9112, 9.5): then the rest of the body is not wanted.
bool ClientConnection::was_refused_early() {
    char start[10];
    return !wire_.secure() &&
           ::recv(wire_.socket().native_handle(), start, sizeof start, MSG_PEEK | MSG_DONTWAIT) ==
               sizeof start &&
           start[9] >= '4';
}

Task<bool> ClientConnection::write_all(std::string_view first, std::string_view second) {
    while (!first.empty() || !second.empty()) {
        Ended ended;
        if (!wire_.secure()) {
            ended = wire_.write_now(first, second);
        }
        if (!ended.error && ended.bytes == 0) {
            ended = co_await wire_.write_some(first, second);
        }
        if (ended.error) {
            co_return false;
        }
        const auto from_first = std::min(ended.bytes, first.size());
        first.remove_prefix(from_first);
        second.remove_prefix(ended.bytes - from_first);
    }
    co_return true;
}

Task<bool> ClientConnection::fill() {
    auto* to = input_.room(read_bytes);
    const auto ended = co_await wire_.read_some(to, input_.room_size());
    input_.commit(ended.bytes);
    received_any_ = received_any_ || ended.bytes > 0;
    co_return !ended.error && !timed_out_;
}

Task<Trouble> ClientConnection::receive_head(std::string_view to_method, std::size_t head_bytes,
                                             AnswerHead& head) {
    for (;;) {
        scanner_.reset();
        auto state = scanner_.scan(input_.unread());
        while (state == HeadScanner::State::incomplete) {
            if (input_.unread().size() > head_bytes) {
                co_return Trouble::protocol;
            }
            if (!co_await fill()) {
                co_return broken_off();
            }
            state = scanner_.scan(input_.unread());
        }
        if (state == HeadScanner::State::bare_line_feed || scanner_.size() > head_bytes) {
            co_return Trouble::protocol;
        }
        const auto bytes = input_.unread().substr(0, scanner_.size());
        input_.consume(scanner_.size());
        if (parse_answer_head(bytes, to_method, head, framing_) || head.status == 101) {
            co_return Trouble::protocol;
        }
        if (head.status >= 200) {
            break;
        }
    }
    decoder_ = ChunkDecoder();
    left_ = framing_.length.value_or(0);
    over_ = !framing_.chunked && framing_.length == 0;
    co_return Trouble::none;
}

Task<ClientConnection::Piece> ClientConnection::receive_piece() {
    while (!over_) {
        if (framing_.chunked) {
            const auto next = decoder_.next(input_.unread());
            Piece piece{.bytes = std::string(next.data)};
            input_.consume(next.consumed);
            if (next.step == ChunkDecoder::Step::data) {
                co_return piece;
            }
            if (next.step == ChunkDecoder::Step::broken) {
                co_return Piece{Trouble::protocol};
            }
            over_ = next.step == ChunkDecoder::Step::done;
        } else if (!input_.empty()) {
            const auto known = framing_.length ? left_ : input_.unread().size();
            const auto size = static_cast<std::size_t>(
                std::min<std::uint64_t>({known, input_.unread().size(), piece_bytes}));
            Piece piece{.bytes = std::string(input_.unread().substr(0, size))};
            input_.consume(size);
            left_ -= framing_.length ? size : 0;
            over_ = framing_.length && left_ == 0;
            co_return piece;
        }
        if (!over_ && !co_await fill()) {
            over_ = !framing_.chunked && !framing_.length && !timed_out_;  // ended by closing
            if (!over_) {
                co_return Piece{broken_off()};
            }
        }
    }
    co_return Piece{};
}

}  // namespace kontor::http
