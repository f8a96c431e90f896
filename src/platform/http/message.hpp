#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "platform/async/task.hpp"

/// HTTP/1.1 messages (RFC 9110, RFC 9112) as handlers and callers see them.
namespace kontor::http {

/// Whether two field names, or two tokens, are equal; ASCII case does not count.
bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// Whether the comma-separated list `value` (RFC 9110, 5.6.1) has `token`, whatever its case.
bool has_token(std::string_view value, std::string_view token) noexcept;

/// Whether `text` is a host with or without a port (RFC 9110, 7.2); not empty.
bool is_host(std::string_view text) noexcept;

/// One header field as it was received; views into the message's own bytes.
struct Field {
    std::string_view name;
    std::string_view value;  ///< Without the white space around it.
};

/// Header fields to send, kept rendered (`Name: value CRLF`), so that sending them is one copy.
/// A name that is no token, or a value with a control character, throws std::invalid_argument: it
/// would let data from elsewhere write header fields of its own.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<Field> fields);

    /// Adds a field beside others of the same name.
    Headers& add(std::string_view name, std::string_view value);
    /// Replaces every field of that name.
    Headers& set(std::string_view name, std::string_view value);
    void remove(std::string_view name);
    /// The first field of that name. The view ends with the next change.
    std::optional<std::string_view> find(std::string_view name) const;
    bool has(std::string_view name) const { return find(name).has_value(); }

    /// Calls `visit` with each field in the order in which they were added, until it answers true.
    template <class Visit>
    void each(Visit visit) const {
        for (std::string_view rest = lines_; !rest.empty();) {
            const auto end = rest.find('\r');
            const auto colon = rest.find(':');
            if (visit(Field{rest.substr(0, colon), rest.substr(colon + 2, end - colon - 2)})) {
                return;
            }
            rest.remove_prefix(end + 2);
        }
    }
    std::vector<Field> all() const;
    /// As they go on the wire.
    std::string_view rendered() const { return lines_; }
    bool empty() const { return lines_.empty(); }

private:
    std::string lines_;
};

/// Takes the pieces of a body as they are made. Each `write` waits until the peer has room.
class BodyWriter {
public:
    virtual ~BodyWriter() = default;
    /// Sends one piece; `bytes` must live until the Task is done. Throws ConnectionLost.
    virtual Task<void> write(std::string_view bytes) = 0;
    /// A field to send after the body, where the framing allows it (chunked); dropped elsewhere.
    virtual void trailer(std::string_view name, std::string_view value) = 0;
};

/// The peer is gone or too slow: nobody is left to write to.
class ConnectionLost : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Writes a whole body, then returns. An exception cuts the message off, so that the peer sees it
/// is incomplete. What it captures lives until it is done.
using BodyProducer = std::move_only_function<Task<void>(BodyWriter&)>;

/// Bytes both ways after a connection was taken over (Upgrade, CONNECT).
class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// The next bytes, at most 16 KiB; empty at the end. Throws ConnectionLost.
    virtual Task<std::string> read_some() = 0;
    /// Sends all of `bytes`, which must live until the Task is done. Throws ConnectionLost.
    virtual Task<void> write(std::string_view bytes) = 0;
    /// Says that no more will be written; reading goes on.
    virtual Task<void> finish_writing() = 0;
    /// Ends both directions now; a pending read or write throws. Safe to repeat.
    virtual void close() = 0;
};

/// Owns the connection until it returns; then the connection is closed.
using Takeover = std::move_only_function<Task<void>(ByteStream&)>;

/// A body that is sent to many without being copied for each.
using SharedBody = std::shared_ptr<const std::string>;

/// An answer. The server adds Date, Content-Length or Transfer-Encoding, and Connection; to a 200
/// with an ETag it applies If-None-Match; a compressible body goes out compressed where asked for.
struct Response {
    int status = 200;
    Headers headers{};
    /// A producer's body is chunked, or as long as `length` says.
    std::variant<std::string, SharedBody, BodyProducer> body{};
    std::optional<std::uint64_t> length{};
    /// Set with status 101, or 200 to CONNECT: gets the connection once the head is sent.
    Takeover takeover{};

    static Response empty(int status) { return with(status, {}, std::string()); }
    static Response json(int status, std::string body) {
        return with(status, "application/json", std::move(body));
    }
    static Response json(int status, SharedBody body) {
        return with(status, "application/json", std::move(body));
    }
    static Response text(int status, std::string body) {
        return with(status, "text/plain; charset=utf-8", std::move(body));
    }
    /// `content_type` may be empty where there is no body.
    static Response with(int status, std::string_view content_type,
                         std::variant<std::string, SharedBody, BodyProducer> body);
};

/// A refusal as problem details (RFC 9457): `type` is `/problems/{code}`, with `title`, `status`,
/// `detail`, `code`, and `errors[]` (`pointer`, `detail`) and `state` where there are any.
Response problem(const Refusal& refusal);

/// Where the bytes of a request's body come from.
class BodySource {
public:
    virtual ~BodySource() = default;
    /// The next piece, nothing at the end. Refuses: `malformed` (framing broken, or the peer gave
    /// up), `too_large`.
    virtual Task<Result<std::optional<std::string>>> read_some() = 0;
    /// Sends an interim answer (100 to 199, not 101) now. Throws ConnectionLost.
    virtual Task<void> send_interim(int status, Headers headers) = 0;
};

/// One request. Views are into the connection's buffer and live until the answer is given.
class Request {
public:
    std::string_view method;  ///< As sent: `GET`; methods are case-sensitive.
    std::string_view target;  ///< The request target as sent.
    std::string_view path;    ///< Of the target, still percent-encoded; `/` at least; `*` as sent.
    std::string_view query;   ///< Of the target, raw, without the question mark; may be empty.
    std::string_view host;    ///< Of the target in absolute form, else of Host; with the port.
    std::string_view peer;    ///< Address of the other end, without the port.
    int minor_version = 1;    ///< HTTP/1.x
    bool secure = false;      ///< Came over TLS.
    std::vector<Field> fields;  ///< In the order received.

    /// The first field of that name.
    std::optional<std::string_view> find(std::string_view name) const noexcept;
    /// Its value, or an empty view.
    std::string_view value_of(std::string_view name) const noexcept;

    /// As announced; nothing where the body is chunked or there is none.
    std::optional<std::uint64_t> content_length;

    bool has_body() const noexcept { return has_body_; }
    /// The whole body, once. `limit` in bytes. Refuses: `too_large` (413), `malformed` (400).
    Task<Result<std::string>> read_body(std::size_t limit = 1 << 20);
    /// The body piece by piece, at most 64 KiB each; nothing at its end. Refusals as above.
    Task<Result<std::optional<std::string>>> read_some();
    /// Sends an interim answer such as 103 now; not to HTTP/1.0. Throws ConnectionLost.
    Task<void> send_interim(int status, Headers headers);

    Request() = default;
    /// A request that came from no connection, for tests and loopbacks. All it is given must
    /// outlive it; `body` too.
    Request(std::string_view method, std::string_view target, std::vector<Field> fields = {},
            std::string_view body = {});
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;

    /// For the server: sets `path`, `query` from `target`; false where it is none of RFC 9112, 3.2.
    bool split_target() noexcept;
    void attach(BodySource* source, bool has_body) noexcept {
        source_ = source;
        has_body_ = has_body;
    }

private:
    BodySource* source_ = nullptr;
    std::string_view memory_body_;
    bool has_body_ = false;
};

/// Answers requests; one object for all connections, called on the loop that owns the connection.
/// An exception becomes a 500 problem, and is told to Options::on_accident.
using Handler = std::function<Task<Response>(Request&)>;

}  // namespace kontor::http
