#include "platform/http/client.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "platform/async/asio_loop.hpp"
#include "platform/http/client_pool.hpp"

namespace kontor::http {

namespace {

constexpr std::array idempotent = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"};

struct Destination {
    Origin origin;
    std::string host;    ///< For the Host field.
    std::string target;  ///< In origin form.
};

Result<Destination> parse_url(const Call& call) {
    Request url;
    url.method = "GET";
    url.target = call.url;
    if (!url.split_target() || url.host.empty()) {
        return refuse(refusals::invalid, "URL '{}': must be an absolute http or https URL",
                      call.url);
    }
    Destination to;
    to.origin.secure = equals_ignoring_case(call.url.substr(0, 5), "https");
    to.host = url.host;
    const auto colon = url.host.rfind(':');
    const bool has_port =
        colon != std::string_view::npos && url.host.find(']', colon) == std::string_view::npos;
    to.origin.port = has_port ? std::string(url.host.substr(colon + 1))
                              : std::string(to.origin.secure ? "443" : "80");
    to.origin.host = url.host.substr(0, has_port ? colon : url.host.size());
    if (to.origin.host.starts_with('[')) {
        to.origin.host = to.origin.host.substr(1, to.origin.host.size() - 2);
    }
    to.target = url.path;
    to.target += url.query.empty() ? "" : "?" + std::string(url.query);
    return to;
}

std::optional<std::uint64_t> length_of(const Call& call) {
    if (const auto* text = std::get_if<std::string>(&call.body)) {
        return text->size();
    }
    if (const auto* shared = std::get_if<SharedBody>(&call.body)) {
        return *shared ? (*shared)->size() : 0;
    }
    return call.length;
}

std::string render_head(const Call& call, const Destination& to) {
    std::string head =
        fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", call.method, to.target, to.host);
    const auto length = length_of(call);
    if (!length) {
        head += "Transfer-Encoding: chunked\r\n";
    } else if (*length > 0 || (call.method != "GET" && call.method != "HEAD")) {
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", *length);
    }
    head.append(call.headers.rendered()).append("\r\n");
    return head;
}

std::int64_t milliseconds(Context::TimePoint deadline) {
    using std::chrono::milliseconds;
    return deadline == Context::TimePoint::max()
               ? Timed::never
               : std::chrono::duration_cast<milliseconds>(deadline.time_since_epoch()).count();
}

Refusal refusal_of(Trouble trouble, const Call& call, const Origin& origin) {
    const auto to = to_text(origin);
    switch (trouble) {
        case Trouble::timeout:
            return refusal(refusals::deadline_exceeded,
                           "{} {}: no whole answer in the time allowed", call.method, call.url);
        case Trouble::not_connected:
            return refusal(refusals::unavailable, "cannot connect to {}", to);
        case Trouble::protocol:
            return refusal(refusals::unavailable, "{} answered with broken HTTP", to);
        default:
            return refusal(refusals::unavailable, "{} closed the connection before its answer", to);
    }
}

class NetworkAnswer final : public StreamedAnswer {
public:
    NetworkAnswer(std::shared_ptr<ClientPool> pool, Destination to, Call call,
                  std::unique_ptr<ClientConnection> connection, const AnswerHead& head)
        : pool_(std::move(pool)),
          to_(std::move(to)),
          call_(std::move(call)),
          connection_(std::move(connection)),
          status_(head.status) {
        for (const auto& field : head.fields) {
            headers_.add(field.name, field.value);
        }
    }
    ~NetworkAnswer() override { finish(); }

    int status() const override { return status_; }
    const Headers& headers() const override { return headers_; }
    const Headers& trailers() const override { return trailers_; }

    Task<Result<std::optional<std::string>>> read_some() override {
        if (!connection_) {
            co_return std::nullopt;
        }
        auto piece = co_await connection_->receive_piece();
        if (piece.trouble != Trouble::none) {
            finish();
            co_return std::unexpected(refusal_of(piece.trouble, call_, to_.origin));
        }
        if (!piece.bytes) {
            trailers_ = connection_->take_trailers();
            finish();
        }
        co_return std::move(piece.bytes);
    }

private:
    void finish() {
        if (connection_) {
            pool_->release(to_.origin, std::move(connection_));
        }
    }

    std::shared_ptr<ClientPool> pool_;
    Destination to_;
    Call call_;
    std::unique_ptr<ClientConnection> connection_;
    int status_;
    Headers headers_;
    Headers trailers_;
};

using Opened = Result<std::unique_ptr<StreamedAnswer>>;

class NetworkClient final : public Client {
public:
    NetworkClient(std::vector<AsioLoop*> loops, const ClientOptions& options) {
        const auto tls = std::make_shared<ClientTls>(options.authorities_file);
        for (auto* loop : loops) {
            pools_.push_back(std::make_shared<ClientPool>(*loop, options, tls));
        }
    }
    /// Each pool ends on its own loop, or with it.
    ~NetworkClient() override {
        for (auto& pool : pools_) {
            auto& loop = pool->loop();
            loop.post([owned = std::move(pool)] {});
        }
    }

    Task<Opened> open(Context context, Call call) override {
        const auto deadline_ms = milliseconds(context.deadline);
        auto to = TRY(parse_url(call));
        if (context.deadline <= Loop::current().now()) {
            co_return std::unexpected(refusal_of(Trouble::timeout, call, to.origin));
        }
        const auto pool = pool_here();
        const auto head = render_head(call, to);
        const bool harmless =
            call.safe || std::ranges::find(idempotent, call.method) != idempotent.end();
        const bool repeatable = harmless && !std::holds_alternative<BodyProducer>(call.body);
        auto wanted = ClientPool::Wanted::any;
        for (;;) {
            auto got = co_await pool->acquire(to.origin, deadline_ms, wanted);
            if (got.trouble != Trouble::none) {
                co_return std::unexpected(refusal_of(got.trouble, call, to.origin));
            }
            AnswerHead answer;
            const auto trouble =
                co_await exchange(*pool, to.origin, got.connection, head, call, answer);
            if (trouble == Trouble::none) {
                co_return std::make_unique<NetworkAnswer>(pool, std::move(to), std::move(call),
                                                          std::move(got.connection), answer);
            }
            const bool untouched = got.reused && !got.connection->received_any();
            pool->release(to.origin, std::move(got.connection));
            if (trouble != Trouble::closed || !untouched || !repeatable) {
                co_return std::unexpected(refusal_of(trouble, call, to.origin));
            }
            wanted = ClientPool::Wanted::fresh;
        }
    }

    Task<Result<Answer>> send(Context context, Call call) override {
        const auto limit = call.answer_bytes;
        const auto url = call.url;
        auto streamed = TRY(co_await open(std::move(context), std::move(call)));
        Answer answer{streamed->status(), streamed->headers(), {}};
        while (auto piece = TRY(co_await streamed->read_some())) {
            if (piece->size() > limit - answer.body.size()) {
                co_return refuse(refusals::too_large, "answer of {}: over the limit of {} bytes",
                                 url, limit);
            }
            answer.body += *piece;
        }
        co_return answer;
    }

private:
    /// A server may answer and close without reading all: the answer counts, if it is there.
    static Task<Trouble> exchange(ClientPool& pool, const Origin& origin,
                                  std::unique_ptr<ClientConnection>& connection,
                                  const std::string& head, Call& call, AnswerHead& answer) {
        try {
            const auto sent = co_await connection->send(head, call);
            if (sent == Trouble::timeout) {
                co_return sent;
            }
            co_return co_await connection->receive_head(call.method, pool.options().head_bytes,
                                                        answer);
        } catch (...) {  // the caller's producer failed
            pool.release(origin, std::move(connection));
            throw;
        }
    }

    std::shared_ptr<ClientPool> pool_here() {
        auto* here = &Loop::current();
        for (const auto& pool : pools_) {
            if (&pool->loop() == here) {
                return pool;
            }
        }
        throw std::logic_error("an HTTP client was used on a loop it was not made for");
    }

    std::vector<std::shared_ptr<ClientPool>> pools_;
};

}  // namespace

std::unique_ptr<Client> make_client(std::vector<AsioLoop*> loops, ClientOptions options) {
    return std::make_unique<NetworkClient>(std::move(loops), options);
}

}  // namespace kontor::http
