#include "platform/http/server.hpp"

#include <gmock/gmock.h>

#include <future>

#include "platform/async/asio_loop.hpp"
#include "platform/async/loop_pool.hpp"
#include "platform/sql/error.hpp"
#include "support/raw_connection.hpp"

namespace kontor::http {
namespace {

using namespace std::chrono_literals;
using ::kontor::testing::RawConnection;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

/// Answers what was asked, so that a test sees what the handler saw.
Task<Response> echo(Request& request) {
    if (request.path == "/throws") {
        throw std::runtime_error("broken on purpose");
    }
    if (request.path == "/disk-full") {
        throw sql::Error(sql::Error::Kind::full, "database or disk is full");
    }
    if (request.path == "/unread") {
        co_return Response::text(200, "unread");
    }
    if (request.path == "/slow") {
        co_await sleep_for(50ms);
    }
    if (request.path == "/refusing-body") {
        auto body = co_await request.read_body(10);
        co_return body ? Response::text(200, *body) : problem(body.error());
    }
    auto body = co_await request.read_body();
    if (!body) {
        co_return problem(body.error());
    }
    co_return Response::text(
        200, fmt::format("{} {}?{} [{}]", request.method, request.path, request.query, *body));
}

class A_server : public ::testing::Test {
protected:
    explicit A_server(Handler handler = echo, Options options = {})
        : server(pool.all(), std::move(handler), std::move(options)) {}
    RawConnection connect() { return RawConnection(server.port()); }

    LoopPool pool{2};
    Server server;
};

TEST_F(A_server, answers_request_after_request_on_one_connection) {
    auto client = connect();
    for (int i = 0; i < 3; ++i) {
        client.send("GET /a?b=" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto answer = client.receive();
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "GET /a?b=" + std::to_string(i) + " []");
        EXPECT_THAT(answer.field("Date"), EndsWith(" GMT"));
        EXPECT_EQ(answer.field("Connection"), "(none)");
    }
}

TEST_F(A_server, answers_pipelined_requests_in_order_though_the_first_takes_longest) {
    auto client = connect();
    client.send(
        "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        "GET /c HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive().body, "GET /slow? []");
    EXPECT_EQ(client.receive().body, "POST /b? [abc]");
    EXPECT_EQ(client.receive().body, "GET /c? []");
}

TEST_F(A_server, does_not_hold_back_an_answer_while_the_next_is_still_being_made) {
    auto client = connect();
    client.send(
        "GET /a HTTP/1.1\r\nHost: a\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\n"
        "Content-Length: 3\r\n\r\n");
    EXPECT_EQ(client.receive().body, "GET /a? []");
    client.send("abc");
    EXPECT_EQ(client.receive().body, "POST /b? [abc]");
}

TEST_F(A_server, takes_a_chunked_body_and_the_request_behind_it) {
    auto client = connect();
    client.send(
        "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n"
        "GET /y HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive().body, "POST /x? [abc0123456789]");
    EXPECT_EQ(client.receive().body, "GET /y? []");
}

TEST_F(A_server, answers_HEAD_with_the_length_of_GET_and_no_body) {
    auto client = connect();
    client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive(true).field("Content-Length"), "11");
    EXPECT_EQ(client.receive().body, "GET /b? []");
}

TEST_F(A_server, asks_for_the_body_of_a_client_that_expects_it) {
    auto client = connect();
    client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.receive().status, 100);
    client.send("abc");
    EXPECT_EQ(client.receive().body, "POST /x? [abc]");
}

TEST_F(A_server, does_not_ask_for_a_body_that_nobody_reads_and_closes) {
    auto client = connect();
    client.send(
        "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("Connection"), "close");
    EXPECT_TRUE(client.is_closed());
}

TEST_F(A_server, skips_a_body_that_nobody_reads_where_it_is_there_already) {
    auto client = connect();
    client.send(
        "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        "GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive().body, "unread");
    EXPECT_EQ(client.receive().body, "GET /b? []");
}

TEST_F(A_server, closes_after_a_request_that_says_so_and_after_HTTP_1_0) {
    for (const auto* head :
         {"GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /a HTTP/1.0\r\n\r\n"}) {
        auto client = connect();
        client.send(head);
        EXPECT_EQ(client.receive().field("Connection"), "close");
        EXPECT_TRUE(client.is_closed());
    }
}

TEST_F(A_server, keeps_an_HTTP_1_0_connection_where_asked_to_and_says_so) {
    auto client = connect();
    client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(client.receive().field("Connection"), "keep-alive");
    client.send("GET /b HTTP/1.0\r\n\r\n");
    EXPECT_EQ(client.receive().body, "GET /b? []");
}

TEST_F(A_server, refuses_a_body_over_the_handlers_limit) {
    for (const auto* request :
         {"POST /refusing-body HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n01234567890",
          "POST /refusing-body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
          "B\r\n01234567890\r\n0\r\n\r\n"}) {
        auto client = connect();
        client.send(request);
        const auto answer = client.receive();
        EXPECT_EQ(answer.status, 413);
        EXPECT_EQ(answer.field("Content-Type"), "application/problem+json");
        EXPECT_THAT(answer.body, HasSubstr("too_large"));
    }
}

TEST_F(A_server, is_told_that_its_port_is_taken) {
    try {
        const Server second(pool.all(), echo, {.port = server.port()});
        FAIL() << "two servers share a port";
    } catch (const std::system_error& error) {
        EXPECT_THAT(error.what(), HasSubstr(fmt::format("port {}", server.port())));
    }
    EXPECT_THROW(Server(pool.all(), echo, {.address = "nowhere"}), std::system_error);
}

TEST_F(A_server, cannot_start_with_a_certificate_that_is_none) {
    EXPECT_THROW(Server(pool.all(), echo, {.certificate_file = "/nowhere", .key_file = "/nowhere"}),
                 std::runtime_error);
}

class A_server_whose_handler_throws : public A_server {
protected:
    A_server_whose_handler_throws()
        : A_server(echo, {.on_accident = [this](const Request& request, std::exception_ptr) {
                       told.set_value(std::string(request.path));
                   }}) {}
    std::promise<std::string> told;
};

TEST_F(A_server_whose_handler_throws, answers_what_the_accident_knows_to_say) {
    auto client = connect();
    client.send("GET /disk-full HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.field("Retry-After"), "1");
    EXPECT_THAT(answer.body, HasSubstr("disk of the records is full"));
    EXPECT_EQ(told.get_future().get(), "/disk-full");
}

TEST_F(A_server_whose_handler_throws, answers_500_tells_the_hook_and_goes_on) {
    auto client = connect();
    client.send("GET /throws HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.field("Content-Type"), "application/problem+json");
    EXPECT_THAT(answer.body, Not(HasSubstr("on purpose")));
    EXPECT_EQ(told.get_future().get(), "/throws");
    client.send("GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive().status, 200);
}

}  // namespace
}  // namespace kontor::http
