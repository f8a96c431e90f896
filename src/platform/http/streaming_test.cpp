#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <thread>

#include "platform/async/asio_loop.hpp"
#include "platform/async/loop_pool.hpp"
#include "platform/http/client.hpp"
#include "platform/http/server.hpp"
#include "support/raw_connection.hpp"

namespace kontor::http {
namespace {

using namespace std::chrono_literals;
using ::kontor::testing::RawConnection;
using ::testing::HasSubstr;

Response streamed(BodyProducer producer) {
    return Response::with(200, "text/plain", std::move(producer));
}

Task<void> write_three(BodyWriter& writer) {
    co_await writer.write("one ");
    co_await sleep_for(5ms);
    co_await writer.write("");  // no chunk: an empty one would end the body
    co_await writer.write("two ");
    co_await writer.write("three");
    writer.trailer("Count", "3");
}

/// Answers upper case for lower until the other end has said all.
Task<void> shout(ByteStream& stream) {
    for (auto bytes = co_await stream.read_some(); !bytes.empty();
         bytes = co_await stream.read_some()) {
        for (auto& c : bytes) {
            c = static_cast<char>(std::toupper(c));
        }
        co_await stream.write(bytes);
    }
    co_await stream.finish_writing();
}

Task<Response> serve(Request& request) {
    if (request.path == "/three") {
        co_return streamed(write_three);
    }
    if (request.path == "/sized") {
        auto response = streamed(write_three);
        response.length = 13;
        co_return response;
    }
    if (request.path == "/short") {
        auto response = streamed(write_three);
        response.length = 14;
        co_return response;
    }
    if (request.path == "/breaks") {
        co_return streamed([](BodyWriter& writer) -> Task<void> {
            co_await writer.write("begun");
            throw std::runtime_error("broken on purpose");
        });
    }
    if (request.path == "/endless") {
        co_return streamed([](BodyWriter& writer) -> Task<void> {
            const std::string piece(100'000, 'x');
            for (;;) {
                co_await writer.write(piece);
            }
        });
    }
    if (request.path == "/large") {
        static const auto large = std::make_shared<const std::string>(3'000'000, 'x');
        co_return Response::with(200, "image/png", large);
    }
    if (request.path == "/hints") {
        co_await request.send_interim(103, Headers{{"Link", "</a.css>"}});
        co_return Response::text(200, "hinted");
    }
    if (request.path == "/shout") {
        auto response = Response::empty(101);
        response.headers.add("Connection", "Upgrade").add("Upgrade", "shout");
        response.takeover = shout;
        co_return response;
    }
    if (request.path == "/slow") {
        co_await sleep_for(100ms);
    }
    co_return Response::text(200, "plain");
}

class A_streaming_server : public ::testing::Test {
protected:
    std::string get(std::string_view path, std::string_view version = "1.1") {
        return fmt::format("GET {} HTTP/{}\r\nHost: a\r\n\r\n", path, version);
    }
    AsioLoop loop;  // before the pool: other threads complete on it
    LoopPool pool{2};
    Server server{pool.all(), serve, Options{.body_grace = 300ms}};
    RawConnection client{server.port()};
};

TEST_F(A_streaming_server, sends_a_body_of_unknown_length_in_chunks_with_its_trailers) {
    client.send(get("/three") + get("/"));
    const auto answer = client.receive();
    EXPECT_EQ(answer.field("Transfer-Encoding"), "chunked");
    EXPECT_EQ(answer.body, "one two three");
    EXPECT_EQ(answer.trailers, "Count: 3\r\n");
    EXPECT_EQ(client.receive().body, "plain");
}

TEST_F(A_streaming_server, sends_a_body_of_known_length_without_chunks) {
    client.send(get("/sized") + get("/"));
    const auto answer = client.receive();
    EXPECT_EQ(answer.field("Content-Length"), "13");
    EXPECT_EQ(answer.body, "one two three");
    EXPECT_EQ(client.receive().body, "plain");
}

TEST_F(A_streaming_server, closes_after_a_body_of_unknown_length_to_HTTP_1_0) {
    client.send(get("/three", "1.0"));
    const auto answer = client.receive();
    EXPECT_EQ(answer.field("Transfer-Encoding"), "(none)");
    EXPECT_EQ(answer.body, "one two three");
}

TEST_F(A_streaming_server, does_not_make_the_body_that_HEAD_does_not_want) {
    client.send("HEAD /endless HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"));
    EXPECT_EQ(client.receive(true).field("Transfer-Encoding"), "chunked");
    EXPECT_EQ(client.receive().body, "plain");
}

TEST_F(A_streaming_server, cuts_a_body_off_whose_producer_fails_or_is_short) {
    for (const auto* path : {"/breaks", "/short"}) {
        RawConnection other(server.port());
        other.send(get(path));
        EXPECT_THROW(other.receive(), std::runtime_error) << path;
        EXPECT_TRUE(other.is_closed());
    }
}

TEST_F(A_streaming_server, ends_an_endless_body_when_the_client_is_gone_or_does_not_read) {
    {
        RawConnection other(server.port());
        other.send(get("/endless"));
        other.receive_some(1s);
    }
    client.send(get("/endless"));
    std::this_thread::sleep_for(800ms);
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(A_streaming_server, sends_a_large_shared_body_whole) {
    client.send(get("/large") + get("/"));
    EXPECT_EQ(client.receive().body, std::string(3'000'000, 'x'));
    EXPECT_EQ(client.receive().body, "plain");
}

TEST_F(A_streaming_server, sends_interim_answers_but_not_to_HTTP_1_0) {
    client.send(get("/hints"));
    const auto early = client.receive();
    EXPECT_EQ(early.status, 103);
    EXPECT_EQ(early.field("Link"), "</a.css>");
    EXPECT_EQ(client.receive().body, "hinted");
    RawConnection old(server.port());
    old.send(get("/hints", "1.0"));
    EXPECT_EQ(old.receive().body, "hinted");
}

TEST_F(A_streaming_server, hands_a_connection_over_with_what_has_come_already) {
    client.send(get("/shout") + "early ");
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 101);
    EXPECT_EQ(answer.field("Upgrade"), "shout");
    client.send("late");
    client.finish_writing();
    EXPECT_EQ(client.receive_all(), "EARLY LATE");
}

TEST_F(A_streaming_server, lets_running_and_received_requests_end_when_it_drains) {
    client.send(get("/slow") + get("/") + get("/slow"));
    RawConnection idle(server.port());
    idle.send(get("/"));
    EXPECT_EQ(idle.receive().body, "plain");
    auto drained = std::async([this] {
        loop.run_until_done([](Server& one) -> Task<bool> {
            co_await one.drain(5s);
            co_return true;
        }(server));
    });
    EXPECT_EQ(client.receive().field("Connection"), "(none)");
    EXPECT_EQ(client.receive().field("Connection"), "(none)");
    EXPECT_EQ(client.receive().field("Connection"), "close");
    idle.send(get("/"));
    EXPECT_EQ(idle.receive().field("Connection"), "close");
    EXPECT_TRUE(client.is_closed() && idle.is_closed());
    client.finish_writing();
    EXPECT_EQ(drained.wait_for(3s), std::future_status::ready);
    EXPECT_THROW(RawConnection(server.port()), std::system_error);
}

TEST_F(A_streaming_server, cuts_what_is_still_open_at_the_end_of_the_drain) {
    client.send(get("/shout"));
    EXPECT_EQ(client.receive().status, 101);
    loop.run_until_done([](Server& one) -> Task<bool> {
        co_await one.drain(100ms);
        co_return true;
    }(server));
    EXPECT_EQ(server.connections(), 0);
}

/// Calls as fast as it can until the server is gone; counts what came of it.
struct Load {
    std::size_t answered = 0;
    std::string trouble;
};

Task<Load> call_until_gone(Client& client, std::string url) {
    Load load;
    for (;;) {
        Context context;
        context.deadline = Loop::current().now() + 5s;
        const auto answer = co_await client.send(context, {.method = "POST", .url = url});
        if (!answer) {
            if (!answer.error().message.starts_with("cannot connect")) {
                load.trouble = answer.error().message;
            }
            co_return load;
        }
        ++load.answered;
    }
}

TEST(A_server_under_load, drains_without_one_failed_request) {
    AsioLoop loop;
    LoopPool pool(2);
    auto server = std::make_unique<Server>(pool.all(), serve);
    const auto url = fmt::format("http://127.0.0.1:{}/", server->port());
    auto client = make_client({&loop});
    std::vector<Task<Load>> callers;
    for (int i = 0; i < 32; ++i) {
        callers.push_back(call_until_gone(*client, url));
    }
    callers.push_back([](Server& one) -> Task<Load> {
        co_await sleep_for(300ms);
        co_await one.drain(10s);
        co_return Load{};
    }(*server));
    std::size_t answered = 0;
    for (const auto& load : loop.run_until_done(when_all(std::move(callers)))) {
        EXPECT_EQ(load.trouble, "");
        answered += load.answered;
    }
    EXPECT_GT(answered, 100);
}

}  // namespace
}  // namespace kontor::http
