#pragma once

#include <coroutine>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/system/error_code.hpp>

#include "platform/async/task.hpp"

/// Private to platform/http: a TCP connection, with or without TLS, awaited by our coroutines.
namespace kontor::http {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;  // concrete: any_io_executor costs a third
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

/// How a socket operation ended.
struct Ended {
    boost::system::error_code error;
    std::size_t bytes = 0;
};

/// Awaits `start`, which gets an Asio completion handler; resumes the coroutine from that handler,
/// without another turn of the loop.
template <class Start>
struct Pending {
    Start start;
    Ended ended{};

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        start([this, waiting](boost::system::error_code error, std::size_t bytes = 0) {
            ended = {error, bytes};
            waiting.resume();
        });
    }
    Ended await_resume() const noexcept { return ended; }
};
template <class Start>
Pending(Start) -> Pending<Start>;

class Wire {
public:
    /// Over TLS where there is a context for it.
    Wire(Socket socket, asio::ssl::context* tls);
    Wire(const Wire&) = delete;  // the TLS stream refers to the socket
    Wire& operator=(const Wire&) = delete;

    /// Once the socket is connected; an open one was prepared at construction.
    void prepare();
    Socket& socket() noexcept { return socket_; }
    bool secure() const noexcept { return tls_ != nullptr; }
    /// The other end, without the port.
    std::string peer() const;

    /// As the server's or the client's side; the client's checks that the certificate is `host`'s.
    Task<Ended> accept_tls();
    Task<Ended> connect_tls(const std::string& host);

    auto read_some(char* to, std::size_t size) {
        return Pending{[this, to, size](auto handler) {
            const auto buffer = asio::buffer(to, size);
            tls_ ? tls_->async_read_some(buffer, std::move(handler))
                 : socket_.async_read_some(buffer, std::move(handler));
        }};
    }
    /// The next bytes after however many are there; not for TLS.
    auto write_some(std::string_view first, std::string_view second) {
        return Pending{[this, first, second](auto handler) {
            const auto buffers = both(first, second);
            tls_ ? tls_->async_write_some(buffers[0].size() > 0 ? buffers[0] : buffers[1],
                                          std::move(handler))
                 : socket_.async_write_some(buffers, std::move(handler));
        }};
    }
    /// As much as the socket takes now: no error and 0 bytes where it takes none. Not for TLS.
    Ended write_now(std::string_view first, std::string_view second);

    /// TLS says goodbye, then the sending side is shut.
    Task<void> finish_writing();
    /// Ends operations under way with operation_aborted; the connection stays.
    void cancel() noexcept;
    void close() noexcept;

private:
    static std::array<asio::const_buffer, 2> both(std::string_view first, std::string_view second) {
        return {asio::buffer(first.data(), first.size()),
                asio::buffer(second.data(), second.size())};
    }

    Socket socket_;
    std::unique_ptr<asio::ssl::stream<Socket&>> tls_;
};

}  // namespace kontor::http
