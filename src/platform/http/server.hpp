#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/async/loop.hpp"
#include "platform/http/message.hpp"

namespace kontor {
class AsioLoop;
}

namespace kontor::http {

/// Limits and settings of a server; each limit is enforced with the status named.
struct Options {
    std::string address = "127.0.0.1";  ///< IPv4 or IPv6 to listen on; `::` takes both.
    std::uint16_t port = 0;             ///< 0: any free one, see Server::port.

    std::size_t request_line_bytes = std::size_t{8} * 1024;  ///< 414
    std::size_t head_bytes = std::size_t{32} * 1024;         ///< Request line and fields: 431
    std::size_t fields = 100;                                ///< Header fields of a request: 431
    std::uint64_t body_bytes = std::uint64_t{4} << 30;       ///< Of a streamed body: 413
    std::size_t connections = 20'000;                        ///< Of one loop; more wait unaccepted.

    /// From the first byte of a request to the end of its head: 408. Also for a TLS handshake.
    std::chrono::milliseconds head_time{10'000};
    /// Between requests of a connection: closed silently.
    std::chrono::milliseconds idle_time{60'000};
    /// A body in either direction may take this long and 1 s more for each `body_rate` bytes: 408.
    std::chrono::milliseconds body_grace{10'000};
    std::uint64_t body_rate = std::uint64_t{4} * 1024;
    /// While draining, how long a connection between requests may still bring one.
    std::chrono::milliseconds drain_idle_time{500};

    /// Bodies of compressible types from this size are compressed for clients that ask.
    std::size_t compress_from_bytes = 1024;

    /// PEM files; both or neither. With them the server speaks TLS 1.2 or later, and nothing else.
    std::string certificate_file{};
    std::string key_file{};

    /// Told of every exception that escaped a handler, on the loop it happened on. `request` may be
    /// logged but not answered. Must not throw.
    std::function<void(const Request& request, std::exception_ptr accident)> on_accident{};
};

/// An HTTP/1.1 server on one or more loops, each with a listener of its own (SO_REUSEPORT).
/// Must be stopped, by drain or stop, before its loops end.
class Server {
public:
    /// Listens at once, and answers as soon as the loops run. Throws std::system_error where the
    /// address cannot be listened on (the message names it), std::runtime_error for a bad
    /// certificate.
    Server(std::vector<AsioLoop*> loops, Handler handler, Options options = {});
    /// Calls stop where neither drain nor stop was called.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// The port it listens on.
    std::uint16_t port() const;
    /// Open connections, over all loops.
    std::size_t connections() const;

    /// Takes no new connections, answers every request that was received with `Connection: close`,
    /// and is done when no connection is left; those still open after `deadline` are cut. Await it
    /// on any loop that ends after the server's own (they complete it). Repeating it waits for the
    /// same end.
    Task<void> drain(Duration deadline);
    /// Cuts everything now, and waits until that is done. Not from a loop's thread; the loops must
    /// be running.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kontor::http
