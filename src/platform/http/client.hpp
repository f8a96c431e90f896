#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/async/loop.hpp"
#include "platform/context.hpp"
#include "platform/http/message.hpp"

namespace kontor {
class AsioLoop;
}

namespace kontor::http {

/// A request to send elsewhere.
struct Call {
    std::string method = "GET";
    /// Absolute, `http` or `https`: `http://127.0.0.1:8080/internal/orders?id=7`.
    std::string url;
    /// Host, Content-Length or Transfer-Encoding and Connection are added.
    Headers headers{};
    /// A producer's body is chunked, or as long as `length` says; such a call is never repeated.
    std::variant<std::string, SharedBody, BodyProducer> body{};
    std::optional<std::uint64_t> length{};
    /// It changes nothing, whatever its method: it may be repeated like an idempotent one.
    bool safe = false;
    /// Largest answer that `send` takes, in bytes.
    std::size_t answer_bytes = 16 << 20;
};

/// What came back, whole.
struct Answer {
    int status = 0;
    Headers headers;
    std::string body;
};

/// What came back, its body still on the way. Destroying it before the end closes the connection.
class StreamedAnswer {
public:
    virtual ~StreamedAnswer() = default;
    virtual int status() const = 0;
    virtual const Headers& headers() const = 0;
    /// The next piece, nothing at the end; then `trailers` are there. Refusals as Client::send.
    virtual Task<Result<std::optional<std::string>>> read_some() = 0;
    virtual const Headers& trailers() const = 0;
};

/// Calls other HTTP/1.1 servers. Any status is an Answer, a 500 too: only the lack of an answer is
/// a refusal:
///  - `deadline_exceeded` (504): `context.deadline` passed; the connection was closed;
///  - `unavailable` (503): no connection, or it broke, or the answer was no HTTP; the message tells
///    which: `cannot connect to ..`, `.. closed the connection ..`, `.. answered with broken HTTP`;
///  - `too_large` (413): the answer is over `answer_bytes`;
///  - `invalid` (422): the URL is none.
/// A call on a kept connection that turns out closed before any byte of an answer is repeated once,
/// on a new connection, if it is safe or its method idempotent (RFC 9110, 9.2.2) and its body can
/// be sent again.
class Client {
public:
    virtual ~Client() = default;
    virtual Task<Result<Answer>> send(Context context, Call call) = 0;
    /// The same, back as soon as the head of the answer is there.
    virtual Task<Result<std::unique_ptr<StreamedAnswer>>> open(Context context, Call call) = 0;
};

struct ClientOptions {
    std::size_t connections_per_origin = 64;  ///< Of one loop; more calls wait for one.
    std::size_t idle_per_origin = 16;         ///< Of one loop, kept for the next call.
    /// An unused connection is closed after this; must be below the servers' own idle time.
    std::chrono::milliseconds idle_time{20'000};
    std::chrono::milliseconds connect_time{2'000};    ///< Name look-up, connection and TLS.
    std::size_t head_bytes = std::size_t{64} * 1024;  ///< Of an answer; more is broken HTTP.
    /// PEM file of authorities to trust instead of the system's.
    std::string authorities_file{};
};

/// A Client over the network, for use on any of `loops`, each with connections of its own.
/// It must outlive the calls, and be destroyed before the loops, from a thread outside of them or
/// while they do not run.
std::unique_ptr<Client> make_client(std::vector<AsioLoop*> loops, ClientOptions options = {});

}  // namespace kontor::http
