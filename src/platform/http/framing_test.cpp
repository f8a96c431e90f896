// Requests that could be understood in two ways, as found in the smuggling literature (RFC 9112,
// section 11.2; PortSwigger's "HTTP Desync Attacks"), and those that look odd but are right.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <random>
#include <thread>

#include "platform/async/asio_loop.hpp"
#include "platform/async/loop_pool.hpp"
#include "platform/http/server.hpp"
#include "support/raw_connection.hpp"

namespace kontor::http {
namespace {

using namespace std::chrono_literals;
using ::kontor::testing::RawConnection;

Task<Response> echo(Request& request) {
    auto body = co_await request.read_body();
    co_return body
        ? Response::text(200, fmt::format("{} {} {}", request.method, request.target, *body))
        : problem(body.error());
}

class Framing_of_a_request : public ::testing::Test {
protected:
    /// The status of the answer to `bytes`, which end the connection where they are refused.
    int status_of(const std::string& bytes) {
        RawConnection client(server.port());
        client.send(bytes);
        client.finish_writing();
        const auto all = client.receive_all();
        if (std::ranges::count(all, '\r') == 0) {
            return 0;
        }
        const int status = std::stoi(all.substr(9, 3));
        if (status >= 400) {
            EXPECT_NE(all.find("\r\nConnection: close\r\n"), std::string::npos) << bytes;
            EXPECT_NE(all.find("application/problem+json"), std::string::npos) << bytes;
            EXPECT_EQ(all.find("}HTTP/1.1 "), std::string::npos) << "answered twice: " << bytes;
        }
        return status;
    }

    LoopPool pool{1};
    Server server{pool.all(), echo};
};

const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n";
const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";

TEST_F(Framing_of_a_request, with_lengths_that_could_differ_is_refused) {
    for (const std::string fields :
         {"Content-Length: 3\r\nContent-Length: 4", "Content-Length: 3\r\nContent-Length: 3",
          "Content-Length: 3, 3", "Content-Length: +3", "Content-Length: -3", "Content-Length: 3a",
          "Content-Length: 0x3", "Content-Length: 3 3", "Content-Length:", "Content-Length: 3.0",
          "Content-Length: \"3\"", "Content-Length : 3", " Content-Length: 3",
          "X: y\r\n Content-Length: 3", "Content-Length\x01: 3", "Content-Length: 3\x0b",
          "Content-Length: 3\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding: chunked\r\nContent-Length: 3"}) {
        EXPECT_EQ(status_of(post + fields + "\r\n\r\nabc"), 400) << fields;
    }
}

TEST_F(Framing_of_a_request, with_a_transfer_coding_that_is_not_just_chunked_is_refused) {
    for (const std::string value :
         {"xchunked", "chunked, identity", "identity", "identity, chunked, identity", "",
          "chunked;a=b", "chunked, chunked", "\"chunked\"", "chunked\x0b",
          "\x0b"
          "chunked",
          "chunke\x64\x01", "chunked\r\nTransfer-Encoding: identity",
          "identity\r\nTransfer-Encoding: identity", "chunked\r\nTransfer-Encoding: chunked",
          "\r\n chunked", "chun\r\n ked", "chunked\r\nTransfer-Encoding : x", "gzip"}) {
        const auto status = status_of(post + "Transfer-Encoding: " + value + "\r\n\r\n0\r\n\r\n");
        EXPECT_EQ(status, 400) << value;
    }
    for (const std::string value :
         {"gzip, chunked", "identity, chunked", "x, chunked", ", chunked,"}) {
        const auto status = status_of(post + "Transfer-Encoding: " + value + "\r\n\r\n0\r\n\r\n");
        EXPECT_EQ(status, 501) << value;
    }
}

TEST_F(Framing_of_a_request, chunked_in_HTTP_1_0_is_refused) {
    EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
}

TEST_F(Framing_of_a_request, whose_chunks_are_not_exact_is_refused) {
    const auto head = post + "Transfer-Encoding: chunked\r\n\r\n";
    for (const std::string body : {"3\nabc\r\n0\r\n\r\n",
                                   "3\r\nabc0\r\n\r\n",
                                   "3\r\nabcd\r\n0\r\n\r\n",
                                   "3\r\nabc\n0\r\n\r\n",
                                   "0x3\r\nabc\r\n0\r\n\r\n",
                                   "+3\r\nabc\r\n0\r\n\r\n",
                                   "-3\r\nabc\r\n0\r\n\r\n",
                                   " 3\r\nabc\r\n0\r\n\r\n",
                                   "3 x\r\nabc\r\n0\r\n\r\n",
                                   "3;\r\nabc\r\n0\r\n\r\n",
                                   "3;=y\r\nabc\r\n0\r\n\r\n",
                                   "3;x=\"y\r\nabc\r\n0\r\n\r\n",
                                   "3;x\ny\r\nabc\r\n0\r\n\r\n",
                                   "3\r\r\nabc\r\n0\r\n\r\n",
                                   "10000000000000000\r\nabc\r\n0\r\n\r\n",
                                   "\r\nabc\r\n0\r\n\r\n",
                                   "ffffffffffffffffff\r\n",
                                   "g\r\n",
                                   "3\r\nabc\r\n0\r\nx y: z\r\n\r\n",
                                   "3\r\nabc\r\n0\r\nx:y\n\r\n",
                                   "3\r\nabc\r\n0\r\n x:y\r\n\r\n",
                                   "3\r\nabc\r\n0\r\n\rX",
                                   "3\r\nabc\r0\r\n\r\n"}) {
        EXPECT_EQ(status_of(head + body), 400) << body;
    }
}

TEST_F(Framing_of_a_request, with_exact_chunks_is_taken_however_they_are_written) {
    const auto head = post + "Transfer-Encoding: Chunked\r\n\r\n";
    for (const std::string body :
         {"3\r\nabc\r\n0\r\n\r\n", "003\r\nabc\r\n000\r\n\r\n", "3;x\r\nabc\r\n0;y\r\n\r\n",
          "3 ; x = \"\\\"\" ;z\r\nabc\r\n0\r\n\r\n",
          "1\r\na\r\n2\r\nbc\r\n0\r\nT: v\r\nU:\r\n\r\n"}) {
        EXPECT_EQ(status_of(head + body), 200) << body;
    }
}

TEST_F(Framing_of_a_request, whose_lines_or_fields_are_malformed_is_refused) {
    for (const std::string request : {"GET / HTTP/1.1\nHost: a\r\n\r\n",
                                      "GET / HTTP/1.1\r\nHost: a\n\r\n",
                                      "GET / HTTP/1.1\r\nHost: a\r\n\n",
                                      "GET / HTTP/1.1\r\nHost: a\r\nX: y\rZ: w\r\n\r\n",
                                      "GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n",
                                      "GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n",
                                      "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n",
                                      "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n",
                                      "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
                                      "GET / HTTP/1.1\r\nHost: a\r\nX: a\x7f\r\n\r\n",
                                      "GET / HTTP/1.1\r\nHost: a\r\nX(: y\r\n\r\n",
                                      "GET / HTTP/1.1\r\nHost: a\r\nX: a\x01\r\n\r\n",
                                      "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                                      "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
                                      "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
                                      " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                                      "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
                                      "GET / http/1.1\r\nHost: a\r\n\r\n",
                                      "GET / HTTP/1.10\r\nHost: a\r\n\r\n",
                                      "GET / HTTP/11\r\nHost: a\r\n\r\n",
                                      "GET /\r\nHost: a\r\n\r\n",
                                      "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
                                      "GET / XTTP/1.1\r\nHost: a\r\n\r\n",
                                      "\x16\x03\x01\x02 \r\n\r\n"}) {
        EXPECT_EQ(status_of(request), 400) << request;
    }
    EXPECT_EQ(status_of(get + "X: a" + std::string(1, '\0') + "\r\n\r\n"), 400);
}

TEST_F(Framing_of_a_request, with_a_target_that_is_none_is_refused) {
    for (const std::string target :
         {"a", "http://", "http:///x", "ftp://a/", "*", "/a b", "/a#b", "/%", "/%4", "/%zz", "/\"",
          "/<", "/\\", "/\x80", "http://u:p@a/", "http://a:b/", "//[", "http://[/"}) {
        const bool fine = target == "//[";  // an empty first segment, and browsers send brackets
        EXPECT_EQ(status_of("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"), fine ? 200 : 400)
            << target;
    }
    for (const std::string target :
         {"/?attr[voltage]=18", "/a%20b", "http://b", "HTTP://b:80/x?y", "/?a|b", "/?^`{}"}) {
        EXPECT_EQ(status_of("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"), 200) << target;
    }
    EXPECT_EQ(status_of("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), 200);
    EXPECT_EQ(status_of("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"), 200);
    EXPECT_EQ(status_of("CONNECT /a HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(status_of("CONNECT a HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
}

TEST_F(Framing_of_a_request, needs_one_valid_Host) {
    for (const std::string hosts :
         {"", "Host: a\r\nHost: a\r\n", "Host: a\r\nhost: b\r\n", "Host: \r\n", "Host: a b\r\n",
          "Host: a/b\r\n", "Host: a,b\r\nHost: c\r\n", "Host: a:b\r\n", "Host: u@a\r\n",
          "Host: a:1:2\r\n", "Host: [::1\r\n", "Host: %zz\r\n"}) {
        EXPECT_EQ(status_of("GET / HTTP/1.1\r\n" + hosts + "\r\n"), 400) << hosts;
    }
    for (const std::string host : {"a:8080", "[::1]:80", "a_b.example", "a:", "%41"}) {
        EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"), 200) << host;
    }
    EXPECT_EQ(status_of("GET / HTTP/1.0\r\n\r\n"), 200);
}

TEST_F(Framing_of_a_request, of_another_version_is_refused_by_name) {
    for (const std::string version : {"HTTP/2.0", "HTTP/0.9", "HTTP/5.6"}) {
        EXPECT_EQ(status_of("GET / " + version + "\r\nHost: a\r\n\r\n"), 505) << version;
    }
    EXPECT_EQ(status_of("GET / HTTP/1.7\r\nHost: a\r\n\r\n"), 200);
    EXPECT_EQ(status_of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
}

TEST_F(Framing_of_a_request, that_expects_the_unknown_is_refused) {
    EXPECT_EQ(status_of(get + "Expect: miracles\r\n\r\n"), 417);
}

TEST_F(Framing_of_a_request, may_begin_with_empty_lines) {
    EXPECT_EQ(status_of("\r\n\r\n" + get + "\r\n"), 200);
}

TEST_F(Framing_of_a_request, that_is_refused_ends_what_came_behind_it) {
    RawConnection client(server.port());
    client.send(get + "\r\n" + post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n" + get +
                "\r\n");
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_EQ(client.receive().status, 400);
    client.finish_writing();
    EXPECT_EQ(client.receive_all(), "");
}

/// Requests of all kinds and the answers they must get, whatever way their bytes are cut.
struct Conversation {
    std::string bytes;
    std::vector<std::string> answers;
};

Conversation converse(std::mt19937_64& random, std::size_t requests) {
    Conversation made;
    for (std::size_t i = 0; i < requests; ++i) {
        const std::string body(random() % 40, static_cast<char>('a' + i % 26));
        const auto target = "/" + std::to_string(i);
        const auto head = "POST " + target + " HTTP/1.1\r\nHost: a\r\n";
        switch (random() % 3) {
            case 0:
                made.bytes += "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
                made.answers.push_back("GET " + target + " ");
                continue;
            case 1:
                made.bytes +=
                    head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
                break;
            default: {
                made.bytes += head + "Transfer-Encoding: chunked\r\n\r\n";
                for (std::size_t at = 0; at < body.size();) {
                    const auto size = std::min(body.size() - at, 1 + random() % 20);
                    made.bytes += fmt::format("{:x}\r\n{}\r\n", size, body.substr(at, size));
                    at += size;
                }
                made.bytes += random() % 2 == 0 ? "0\r\n\r\n" : "0\r\nA: b\r\n\r\n";
            }
        }
        made.answers.push_back("POST " + target + " " + body);
    }
    return made;
}

TEST_F(Framing_of_a_request, does_not_depend_on_where_its_bytes_are_cut) {
    std::mt19937_64 random(7);
    const auto talk = converse(random, 6);
    for (std::size_t cut = 1; cut < talk.bytes.size(); ++cut) {
        RawConnection client(server.port());
        client.send(talk.bytes.substr(0, cut));
        std::this_thread::sleep_for(200us);
        client.send(talk.bytes.substr(cut));
        for (const auto& answer : talk.answers) {
            ASSERT_EQ(client.receive().body, answer) << "cut at " << cut;
        }
    }
}

TEST_F(Framing_of_a_request, holds_for_random_conversations_cut_at_random) {
    const auto seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    std::mt19937_64 random(seed);
    for (int round = 0; round < 100; ++round) {
        const auto talk = converse(random, 1 + random() % 50);
        RawConnection client(server.port());
        for (std::size_t at = 0; at < talk.bytes.size();) {
            const auto size = 1 + random() % (random() % 2 == 0 ? 10 : 2000);
            client.send(std::string_view(talk.bytes).substr(at, size));
            at += size;
            if (random() % 4 == 0) {
                std::this_thread::sleep_for(100us);
            }
        }
        for (const auto& answer : talk.answers) {
            ASSERT_EQ(client.receive().body, answer) << "seed " << seed << " round " << round;
        }
    }
}

TEST_F(Framing_of_a_request, made_of_random_bytes_never_hangs_nor_breaks_the_server) {
    const auto seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    std::mt19937_64 random(seed);
    for (int round = 0; round < 300; ++round) {
        auto bytes = converse(random, 3).bytes;
        for (auto changes = 1 + random() % 4; changes > 0; --changes) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        RawConnection client(server.port());
        client.send(bytes);
        client.finish_writing();
        ASSERT_NO_THROW(client.receive_all()) << "seed " << seed << " round " << round;
    }
    EXPECT_EQ(status_of(get + "\r\n"), 200);
}

}  // namespace
}  // namespace kontor::http
