#include <gmock/gmock.h>

#include <thread>

#include "platform/async/asio_loop.hpp"
#include "platform/async/loop_pool.hpp"
#include "platform/http/server.hpp"
#include "support/raw_connection.hpp"

namespace kontor::http {
namespace {

using namespace std::chrono_literals;
using ::kontor::testing::RawConnection;

Task<Response> length_of_body(Request& request) {
    std::size_t bytes = 0;
    for (;;) {
        const auto piece = co_await request.read_some();
        if (!piece) {
            co_return problem(piece.error());
        }
        if (!*piece) {
            co_return Response::text(200, std::to_string(bytes));
        }
        bytes += (*piece)->size();
    }
}

class Limits_of_a_server : public ::testing::Test {
protected:
    LoopPool pool{1};
    Server server{pool.all(), length_of_body,
                  Options{.request_line_bytes = 100,
                          .head_bytes = 300,
                          .fields = 5,
                          .body_bytes = 50'000,
                          .connections = 2,
                          .head_time = 200ms,
                          .idle_time = 300ms,
                          .body_grace = 200ms,
                          .body_rate = 1'000'000}};
    RawConnection client{server.port()};

    int status_of(const std::string& bytes) {
        client.send(bytes);
        const auto answer = client.receive();
        EXPECT_EQ(answer.field("Connection"), answer.status < 400 ? "(none)" : "close");
        return answer.status;
    }
};

const std::string line = "POST / HTTP/1.1\r\nHost: a\r\n";

TEST_F(Limits_of_a_server, let_a_request_within_them_pass) {
    EXPECT_EQ(status_of("GET /" + std::string(80, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 200);
    EXPECT_EQ(status_of(line + "X: " + std::string(200, 'x') + "\r\n\r\n"), 200);
    EXPECT_EQ(status_of(line + "A:\r\nB:\r\nC:\r\nD:\r\n\r\n"), 200);
    EXPECT_EQ(status_of(line + "Content-Length: 50000\r\n\r\n" + std::string(50000, 'x')), 200);
}

TEST_F(Limits_of_a_server, refuse_a_long_request_line_before_it_ends) {
    EXPECT_EQ(status_of("GET /" + std::string(200, 'x')), 414);
}

TEST_F(Limits_of_a_server, refuse_a_long_request_line_that_comes_at_once) {
    EXPECT_EQ(status_of("GET /" + std::string(200, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
}

TEST_F(Limits_of_a_server, refuse_a_long_head_before_it_ends) {
    EXPECT_EQ(status_of(line + "X: " + std::string(300, 'x')), 431);
}

TEST_F(Limits_of_a_server, refuse_many_fields) {
    EXPECT_EQ(status_of(line + "A:\r\nB:\r\nC:\r\nD:\r\nE:\r\n\r\n"), 431);
}

TEST_F(Limits_of_a_server, refuse_a_long_body_before_it_comes) {
    EXPECT_EQ(status_of(line + "Content-Length: 50001\r\n\r\n"), 413);
}

TEST_F(Limits_of_a_server, refuse_a_length_beyond_all_numbers) {
    EXPECT_EQ(status_of(line + "Content-Length: 99999999999999999999999\r\n\r\n"), 413);
}

TEST_F(Limits_of_a_server, refuse_a_chunked_body_once_it_is_too_long) {
    EXPECT_EQ(status_of(line + "Transfer-Encoding: chunked\r\n\r\nC351\r\n" +
                        std::string(50001, 'x') + "\r\n0\r\n\r\n"),
              413);
}

TEST_F(Limits_of_a_server, refuse_endless_chunk_extensions) {
    std::string body;
    for (int i = 0; i < 100; ++i) {
        body += "1;" + std::string(2000, 'x') + "\r\nx\r\n";
    }
    EXPECT_EQ(status_of(line + "Transfer-Encoding: chunked\r\n\r\n" + body + "0\r\n\r\n"), 400);
}

TEST_F(Limits_of_a_server, end_a_head_that_trickles) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 30 && client.receive_some(0ms).empty(); ++i) {
        client.send(i == 0 ? "G" : "E");
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_TRUE(client.is_closed(5s));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 4s);
}

TEST_F(Limits_of_a_server, tell_a_slow_head_why) {
    client.send("GET / HTTP/1.1\r\n");
    EXPECT_EQ(client.receive().status, 408);
}

TEST_F(Limits_of_a_server, tell_a_slow_body_why) {
    client.send(line + "Content-Length: 10\r\n\r\nabc");
    EXPECT_EQ(client.receive().status, 408);
}

TEST_F(Limits_of_a_server, close_an_idle_connection_without_a_word) {
    client.send(line + "\r\n");
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_EQ(client.receive_all(), "");
}

TEST_F(Limits_of_a_server, let_further_connections_wait) {
    EXPECT_EQ(status_of(line + "\r\n"), 200);
    RawConnection second(server.port());
    RawConnection third(server.port());
    second.send(line + "\r\n");
    third.send(line + "\r\n");
    EXPECT_EQ(second.receive().status, 200);
    EXPECT_EQ(third.receive_some(50ms), "");
    EXPECT_EQ(server.connections(), 2);
    EXPECT_EQ(third.receive().status, 200);  // once one of the others has been idle for too long
}

}  // namespace
}  // namespace kontor::http
