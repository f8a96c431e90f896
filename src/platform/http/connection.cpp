#include "platform/http/connection.hpp"

#include <algorithm>

#include <boost/asio/error.hpp>

#include "base/accident.hpp"
#include "platform/http/grammar.hpp"
#include "platform/http/streams.hpp"

namespace kontor::http {

namespace {

constexpr std::size_t input_bytes = 16 * 1024;        // of an idle connection
constexpr std::size_t body_room_bytes = 8 * 1024;     // kept free behind a head
constexpr std::size_t batch_bytes = 64 * 1024;        // of answers before they are sent
constexpr std::size_t copied_body_bytes = 32 * 1024;  // larger ones are written from where they are
constexpr std::size_t linger_bytes = 1024 * 1024;
constexpr std::int64_t linger_ms = 2'000;

}  // namespace

Connection::Connection(ServerLoop& loop, Socket socket, asio::ssl::context* tls)
    : Timed(loop.ticker),
      loop_(loop),
      wire_(std::move(socket), tls),
      peer_(wire_.peer()),
      body_(*this) {
    request_.peer = peer_;
    request_.secure = wire_.secure();
}

Task<void> Connection::run(std::shared_ptr<Connection> self) {
    try {
        co_await self->serve();
    } catch (...) {  // out of memory, at worst; a handler's accident has been answered before
        if (self->loop_.options.on_accident) {
            self->loop_.options.on_accident(self->request_, std::current_exception());
        }
    }
    self->cut();
}

Task<void> Connection::serve() {
    if (wire_.secure()) {
        phase_ = Phase::writing;
        set_deadline_ms(ticker().now_ms() + loop_.options.head_time.count());
        if ((co_await wire_.accept_tls()).error) {
            co_return;
        }
    }
    for (bool open = true; open;) {
        switch (next_request()) {
            case Received::incomplete:
                open = co_await flush() && co_await wait_for_bytes();
                break;
            case Received::request:
                open = co_await answer();
                break;
            case Received::broken:
                open = false;
                co_await flush();
                co_await linger();
                break;
        }
    }
}

void Connection::begin_drain() {
    if (phase_ == Phase::idle) {
        set_deadline_ms(ticker().now_ms() + loop_.options.drain_idle_time.count());
    }
}

void Connection::on_deadline() {
    timed_out_ = true;
    if (phase_ == Phase::reading) {
        wire_.cancel();  // an answer can still say why
    } else {
        wire_.close();
    }
}

Connection::Received Connection::next_request() {
    if (!scanner_.has_line()) {
        while (input_.unread().starts_with("\r\n")) {  // RFC 9112, 2.2
            input_.consume(2);
        }
    }
    const auto state = scanner_.scan(input_.unread());
    if (state == HeadScanner::State::bare_line_feed) {
        return refuse_request({400, "a line ends in LF alone; it must end in CR LF"});
    }
    if (state == HeadScanner::State::incomplete) {
        return check_incomplete();
    }
    const HeadLimits limits{loop_.options.request_line_bytes, loop_.options.head_bytes,
                            loop_.options.fields, loop_.options.body_bytes};
    if (scanner_.size() > limits.head_bytes) {
        return refuse_request({431, "the head is over the limit"});
    }
    const auto head = input_.pin(scanner_.size(), body_room_bytes);
    scanner_.reset();
    if (auto wrong = parse_request_head(head, limits, request_, framing_)) {
        return refuse_request(*std::move(wrong));
    }
    return Received::request;
}

Connection::Received Connection::check_incomplete() {
    const auto unread = input_.unread();
    const bool in_line = !scanner_.has_line();
    if (in_line && unread.size() > loop_.options.request_line_bytes) {
        return refuse_request({414, "the request line is over the limit"});
    }
    if (unread.size() > loop_.options.head_bytes) {
        return refuse_request({431, "the head is over the limit"});
    }
    if (in_line && !unread.empty() && !grammar::is(unread[0], grammar::token_char) &&
        unread != "\r") {
        return refuse_request({400, "this is no HTTP request"});
    }
    return Received::incomplete;
}

Connection::Received Connection::refuse_request(Broken why) {
    const RefusalKind kind{why.status == 400 ? "malformed" : "request_refused", why.status, ""};
    auto response = problem(refuse(kind, "{}", why.message).error());
    const auto body = std::get<std::string>(response.body);
    append_head(out_, response, AnswerFraming{.length = body.size(), .keep_alive = false}, 1,
                loop_.date.now());
    out_ += body;  // to HEAD as well: what was asked is not sure, and the connection ends
    return Received::broken;
}

Task<bool> Connection::wait_for_bytes() {
    const bool idle = input_.empty();
    const auto& options = loop_.options;
    if (idle) {
        input_.shrink(input_bytes);
        phase_ = Phase::idle;
        const auto time = loop_.draining ? options.drain_idle_time : options.idle_time;
        if (!co_await fill(input_bytes, ticker().now_ms() + time.count())) {
            co_return false;
        }
        head_since_ms_ = ticker().now_ms();
        co_return true;
    }
    phase_ = Phase::reading;
    if (co_await fill(input_bytes / 4, head_since_ms_ + options.head_time.count())) {
        co_return true;
    }
    if (timed_out_) {
        refuse_request({408, "the head of the request came too slowly"});
        co_await flush();
        co_await linger();
    }
    co_return false;
}

Task<bool> Connection::fill(std::size_t at_least, std::int64_t deadline_ms) {
    if (phase_ != Phase::idle) {
        phase_ = Phase::reading;
    }
    timed_out_ = false;
    set_deadline_ms(deadline_ms);
    auto* to = input_.room(at_least);
    const auto ended = co_await wire_.read_some(to, input_.room_size());
    set_deadline_ms(never);
    phase_ = Phase::handling;
    input_.commit(ended.bytes);
    co_return !ended.error && !timed_out_;
}

std::int64_t Connection::body_deadline_ms(std::int64_t since_ms, std::uint64_t bytes) const {
    const auto earned = static_cast<std::int64_t>(bytes * 1000 / loop_.options.body_rate);
    return since_ms + loop_.options.body_grace.count() + earned;
}

Task<bool> Connection::flush() {
    if (out_.empty()) {
        co_return true;
    }
    const bool sent = co_await write_all(out_, {});
    out_.clear();
    co_return sent;
}

Task<bool> Connection::write_all(std::string_view first, std::string_view second) {
    const auto take = [&](std::size_t count) {
        const auto from_first = std::min(count, first.size());
        first.remove_prefix(from_first);
        second.remove_prefix(count - from_first);
    };
    if (!wire_.secure()) {
        const auto now = wire_.write_now(first, second);
        if (now.error) {
            co_return false;
        }
        take(now.bytes);
    }
    const auto since_ms = ticker().now_ms();
    std::uint64_t sent = 0;
    while (!first.empty() || !second.empty()) {
        phase_ = Phase::writing;
        set_deadline_ms(body_deadline_ms(since_ms, sent));
        const auto ended = co_await wire_.write_some(first, second);
        set_deadline_ms(never);
        phase_ = Phase::handling;
        if (ended.error) {
            co_return false;
        }
        take(ended.bytes);
        sent += ended.bytes;
    }
    co_return true;
}

Task<bool> Connection::answer() {
    body_.begin(framing_);
    request_.attach(&body_, body_.has_body());
    if (out_.size() >= batch_bytes || (wire_.secure() && !out_.empty())) {
        if (!co_await flush()) {
            co_return false;
        }
    }
    send_early();
    auto response = co_await handle();
    if (response.takeover) {
        co_return co_await take_over(std::move(response));
    }
    const bool reusable = body_.skip_rest() && framing_.keep_alive && request_.method != "CONNECT";
    // What has arrived already is still answered while draining.
    const bool keep_alive = reusable && !(loop_.draining && input_.empty());
    co_return co_await send(std::move(response), keep_alive);
}

Task<Response> Connection::handle() {
    try {
        co_return co_await loop_.handler(request_);
    } catch (...) {
        co_return after_accident();
    }
}

/// The one place where an exception of a handler becomes an answer.
Response Connection::after_accident() {
    if (loop_.options.on_accident) {
        loop_.options.on_accident(request_, std::current_exception());
    }
    try {
        throw;
    } catch (const Accident& accident) {
        return problem(accident.refusal());
    } catch (...) {
        return problem(refusal(refusals::internal, "an accident on our side; try again later"));
    }
}

Task<bool> Connection::send(Response response, bool keep_alive) {
    const auto framing =
        finish_answer(request_, response, keep_alive, loop_.options.compress_from_bytes);
    append_head(out_, response, framing, request_.minor_version, loop_.date.now());
    bool sent = true;
    if (framing.body) {
        if (auto* text = std::get_if<std::string>(&response.body)) {
            if (text->size() <= copied_body_bytes) {
                out_ += *text;
            } else {
                sent = co_await write_all(out_, *text);
                out_.clear();
            }
        } else if (auto* shared = std::get_if<SharedBody>(&response.body)) {
            if (*shared != nullptr) {
                sent = co_await write_all(out_, **shared);
                out_.clear();
            }
        } else {
            sent = co_await send_produced(response, framing);
        }
    }
    input_.unpin();
    head_since_ms_ = ticker().now_ms();
    if (!sent || framing.keep_alive) {
        co_return sent;
    }
    if (co_await flush()) {
        co_await linger();
    }
    co_return false;
}

Task<bool> Connection::send_produced(Response& response, const AnswerFraming& framing) {
    AnswerBody body(*this, framing);
    try {
        co_await std::get<BodyProducer>(response.body)(body);
        co_return co_await body.finish();
    } catch (const ConnectionLost&) {
        co_return false;
    } catch (...) {
        after_accident();
        co_return false;  // cut off, so that the client sees that it has not got all
    }
}

Task<bool> Connection::take_over(Response response) {
    append_head(out_, response, AnswerFraming{.body = false}, request_.minor_version,
                loop_.date.now());
    if (!co_await flush()) {
        co_return false;
    }
    TakenStream stream(*this);
    try {
        co_await response.takeover(stream);
    } catch (const ConnectionLost&) {
        co_return false;
    } catch (...) {
        after_accident();
    }
    co_return false;
}

/// Closing with bytes unread would reset the connection and could take the answer away before the
/// client has read it (RFC 9112, 9.6): so say that we are done, and read on for a little while.
Task<void> Connection::linger() {
    phase_ = Phase::writing;
    set_deadline_ms(ticker().now_ms() + linger_ms);
    co_await wire_.finish_writing();
    input_.unpin();
    std::size_t read = 0;
    while (read < linger_bytes) {
        input_.consume(input_.unread().size());
        auto* to = input_.room(input_bytes);
        const auto ended = co_await wire_.read_some(to, input_.room_size());
        if (ended.error) {
            co_return;
        }
        read += ended.bytes;
    }
}

/// Answers to pipelined requests wait in out_ for the ones that follow; where the next takes its
/// time, the loop gets here meanwhile and sends them.
void Connection::send_early() {
    if (out_.empty() || early_pending_) {
        return;
    }
    early_pending_ = true;
    Loop::current().post([self = shared_from_this()] {
        self->early_pending_ = false;
        if (self->phase_ == Phase::handling && !self->out_.empty()) {
            const auto ended = self->wire_.write_now(self->out_, {});
            self->out_.erase(0, ended.bytes);
        }
    });
}

}  // namespace kontor::http
