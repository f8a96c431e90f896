#include "platform/http/client.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "platform/async/asio_loop.hpp"
#include "platform/http/server.hpp"
#include "support/certificate.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::http {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

Task<Response> produce_thousand() {
    Response response = Response::with(200, "text/plain", BodyProducer());
    response.body = [](BodyWriter& writer) -> Task<void> {
        for (int i = 0; i < 1000; ++i) {
            co_await writer.write("0123456789");
        }
        writer.trailer("Checksum", "7");
    };
    co_return response;
}

Task<Response> serve(Request& request) {
    if (request.path == "/slow") {
        co_await sleep_for(200ms);
    } else if (request.path == "/stream") {
        co_return co_await produce_thousand();
    } else if (request.path == "/count") {
        std::size_t bytes = 0;
        while (auto piece = (co_await request.read_some()).value()) {
            bytes += piece->size();
        }
        co_return Response::text(200, std::to_string(bytes));
    } else if (request.path == "/refuse-early") {
        co_return Response::text(403, "no");
    }
    auto body = co_await request.read_body();
    co_return Response::text(request.path == "/missing" ? 404 : 200,
                             fmt::format("{} {} {}", request.method, request.target, *body));
}

/// A server and a client on one loop.
class A_client : public ::testing::Test {
protected:
    explicit A_client(Options options = {}, ClientOptions client_options = {})
        : server({&loop}, serve, std::move(options)),
          client(make_client({&loop}, std::move(client_options))) {}
    ~A_client() override { loop.run_until_done(drain()); }
    Task<bool> drain() {
        co_await server.drain(0s);
        co_return true;
    }

    std::string url(std::string_view path, std::string_view scheme = "http") const {
        return fmt::format("{}://127.0.0.1:{}{}", scheme, server.port(), path);
    }
    static Context within(Duration time) {
        Context context;
        context.deadline = std::chrono::steady_clock::now() + time;
        return context;
    }
    Result<Answer> send(Call call, Duration time = 5s) {
        return loop.run_until_done(client->send(within(time), std::move(call)));
    }

    AsioLoop loop;
    Server server;
    std::unique_ptr<Client> client;
};

TEST_F(A_client, gets_whatever_status_as_an_answer) {
    EXPECT_EQ(send({.url = url("/a?b=1")})->body, "GET /a?b=1 ");
    EXPECT_EQ(send({.url = url("/missing")})->status, 404);
    EXPECT_EQ(send({.url = url("?q")})->body, "GET /?q ");
}

TEST_F(A_client, sends_a_body_and_reuses_the_connection) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(send({.method = "POST", .url = url("/a"), .body = std::string("abc")})->body,
                  "POST /a abc");
        EXPECT_EQ(server.connections(), 1);
    }
}

TEST_F(A_client, streams_a_large_body_and_does_not_hold_it) {
    const auto answer = send({.method = "POST",
                              .url = url("/count"),
                              .body = BodyProducer([](BodyWriter& writer) -> Task<void> {
                                  const std::string piece(50'000, 'x');
                                  for (int i = 0; i < 400; ++i) {
                                      co_await writer.write(piece);
                                  }
                              })});
    EXPECT_EQ(answer->body, "20000000");
}

TEST_F(A_client, reads_a_streamed_answer_piece_by_piece_with_its_trailers) {
    const auto total =
        loop.run_until_done([](Client& caller, std::string from) -> Task<std::size_t> {
            auto answer = *co_await caller.open(within(5s), {.url = from});
            std::size_t bytes = 0;
            while (auto piece = *co_await answer->read_some()) {
                bytes += piece->size();
            }
            EXPECT_EQ(answer->trailers().find("Checksum"), "7");
            co_return bytes;
        }(*client, url("/stream")));
    EXPECT_EQ(total, 10'000);
}

TEST_F(A_client, is_refused_with_deadline_exceeded_when_the_answer_is_late) {
    const auto before = std::chrono::steady_clock::now();
    const auto answer = send({.url = url("/slow")}, 50ms);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "deadline_exceeded");
    EXPECT_LT(std::chrono::steady_clock::now() - before, 190ms);
    EXPECT_EQ(send({.url = url("/slow")}, -1s).error().code, "deadline_exceeded");
}

TEST_F(A_client, is_refused_with_unavailable_where_nobody_listens) {
    const auto answer = send({.url = "http://127.0.0.1:1/"});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "unavailable");
    EXPECT_THAT(answer.error().message, HasSubstr("cannot connect to http://127.0.0.1:1"));
}

TEST_F(A_client, is_refused_an_answer_over_its_limit) {
    EXPECT_EQ(send({.url = url("/stream"), .answer_bytes = 9'999}).error().code, "too_large");
    EXPECT_EQ(send({.url = url("/stream"), .answer_bytes = 10'000})->body.size(), 10'000);
}

TEST_F(A_client, is_refused_a_URL_that_is_none) {
    for (const auto* wrong : {"", "/a", "ftp://a/", "http://", "http://a b/", "http://u@h/"}) {
        const auto answer = send({.url = wrong});
        ASSERT_FALSE(answer) << wrong;
        EXPECT_EQ(answer.error().code, "invalid") << wrong;
    }
}

TEST_F(A_client, looks_a_name_up) {
    EXPECT_EQ(send({.url = fmt::format("http://localhost:{}/a", server.port())})->status, 200);
    EXPECT_EQ(send({.url = "http://nobody.invalid/"}).error().code, "unavailable");
}

TEST_F(A_client, ends_a_streamed_body_when_the_server_has_refused_it_already) {
    const auto answer = send({.method = "POST",
                              .url = url("/refuse-early"),
                              .body = BodyProducer([](BodyWriter& writer) -> Task<void> {
                                  for (;;) {
                                      co_await writer.write("x");
                                      co_await sleep_for(1ms);
                                  }
                              })});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 403);
}

TEST_F(A_client, passes_on_the_exception_of_a_body_producer_and_stays_usable) {
    EXPECT_THROW(send({.method = "POST",
                       .url = url("/count"),
                       .body = BodyProducer([](BodyWriter&) -> Task<void> {
                           throw std::runtime_error("no more");
                           co_return;
                       })}),
                 std::runtime_error);
    EXPECT_EQ(send({.url = url("/a")})->status, 200);
}

class A_client_with_two_connections : public A_client {
protected:
    A_client_with_two_connections() : A_client({}, {.connections_per_origin = 2}) {}
};

TEST_F(A_client_with_two_connections, lets_further_calls_wait_for_one) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<Task<Result<Answer>>> calls;
    for (int i = 0; i < 4; ++i) {
        calls.push_back(client->send(within(5s), {.url = url("/slow")}));
    }
    for (const auto& answer : loop.run_until_done(when_all(std::move(calls)))) {
        EXPECT_EQ(answer->status, 200);
    }
    EXPECT_GE(std::chrono::steady_clock::now() - start, 390ms);
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(A_client_with_two_connections, does_not_wait_longer_than_its_deadline) {
    std::vector<Task<Result<Answer>>> calls;
    for (const auto time : {5000ms, 5000ms, 50ms}) {
        calls.push_back(client->send(within(time), {.url = url("/slow")}));
    }
    const auto answers = loop.run_until_done(when_all(std::move(calls)));
    EXPECT_TRUE(answers[0] && answers[1]);
    ASSERT_FALSE(answers[2]);
    EXPECT_EQ(answers[2].error().code, "deadline_exceeded");
}

class A_client_of_an_impatient_server : public A_client {
protected:
    A_client_of_an_impatient_server() : A_client({.idle_time = 50ms}) {}
};

TEST_F(A_client_of_an_impatient_server, does_not_notice_that_a_kept_connection_was_closed) {
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(send({.method = "POST", .url = url("/a")})->status, 200);
        loop.run_until_done([]() -> Task<bool> {
            co_await sleep_for(300ms);
            co_return true;
        }());
        EXPECT_EQ(server.connections(), 0);
    }
}

class A_client_over_TLS : public A_client {
protected:
    A_client_over_TLS() : A_client_over_TLS(std::make_unique<kontor::testing::TemporaryFolder>()) {}
    explicit A_client_over_TLS(std::unique_ptr<kontor::testing::TemporaryFolder> folder)
        : A_client(
              (kontor::testing::write_certificate(folder->path() / "c", folder->path() / "k"),
               Options{.certificate_file = folder->path() / "c", .key_file = folder->path() / "k"}),
              {.authorities_file = folder->path() / "c"}) {}
};

TEST_F(A_client_over_TLS, calls_a_server_whose_certificate_it_trusts) {
    const std::string large(300'000, 'x');
    for (int i = 0; i < 3; ++i) {
        const auto answer =
            send({.method = "POST", .url = url("/a", "https"), .body = std::string(large)});
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(answer->body, "POST /a " + large);
    }
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(A_client_over_TLS, does_not_call_one_it_does_not_trust) {
    auto stranger = make_client({&loop});
    const auto answer =
        loop.run_until_done(stranger->send(within(5s), {.url = url("/a", "https")}));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "unavailable");
}

TEST_F(A_client_over_TLS, does_not_call_one_whose_certificate_is_for_another_name) {
    const auto other = fmt::format("https://127.0.0.2:{}/", server.port());
    EXPECT_EQ(send({.url = other}).error().code, "unavailable");
}

TEST_F(A_client_over_TLS, gets_no_answer_without_TLS) {
    EXPECT_EQ(send({.url = url("/a")}, 1s).error().code, "unavailable");
}

}  // namespace
}  // namespace kontor::http
