#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "platform/async/asio_loop.hpp"
#include "platform/http/client.hpp"

namespace kontor::http {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A server that gives each connection the answers of its script, one for each request, and then
/// closes it; an empty answer closes at once.
class ScriptedServer {
public:
    explicit ScriptedServer(std::vector<std::vector<std::string>> connections)
        : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(listener_, 8);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::jthread([this, script = std::move(connections)] {
            for (const auto& answers : script) {
                serve(answers);
            }
        });
    }
    ~ScriptedServer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    std::string url() const { return fmt::format("http://127.0.0.1:{}/", port_); }

private:
    void serve(const std::vector<std::string>& answers) const {
        const int connection = ::accept(listener_, nullptr, nullptr);
        for (const auto& answer : answers) {
            std::string request;
            char bytes[4096];
            while (!request.ends_with("\r\n\r\n")) {
                const auto size = ::recv(connection, bytes, sizeof bytes, 0);
                if (size <= 0) {
                    break;
                }
                request.append(bytes, static_cast<std::size_t>(size));
            }
            ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
        }
        ::close(connection);
    }

    int listener_;
    std::uint16_t port_ = 0;
    std::jthread thread_;
};

const std::string fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// What came of calls made one after the other: a body, or a refusal's code.
std::vector<std::string> call(const ScriptedServer& server,
                              const std::vector<std::string>& methods) {
    AsioLoop loop;
    auto client = make_client({&loop});
    std::vector<std::string> outcomes;
    for (const auto& method : methods) {
        Context context;
        context.deadline = std::chrono::steady_clock::now() + 5s;
        const auto answer =
            loop.run_until_done(client->send(context, {.method = method, .url = server.url()}));
        outcomes.push_back(answer ? answer->body : answer.error().message);
    }
    return outcomes;
}

TEST(A_call_on_a_kept_connection, is_repeated_once_if_that_was_closed_before_any_answer) {
    const ScriptedServer server({{fine, ""}, {fine}});
    EXPECT_THAT(call(server, {"GET", "GET"}), ElementsAre("ok", "ok"));
}

TEST(A_call_on_a_kept_connection, is_not_repeated_if_it_could_act_twice) {
    const ScriptedServer server({{fine, ""}, {fine}});
    EXPECT_THAT(call(server, {"GET", "POST", "GET"}),
                ElementsAre("ok", HasSubstr("closed the connection before its answer"), "ok"));
}

TEST(A_call_on_a_kept_connection, is_not_repeated_once_an_answer_has_begun) {
    const ScriptedServer server({{fine, "HTTP/1.1 200"}, {fine}});
    EXPECT_THAT(call(server, {"GET", "GET", "GET"}),
                ElementsAre("ok", HasSubstr("closed the connection"), "ok"));
}

TEST(A_call_on_a_new_connection, is_not_repeated) {
    const ScriptedServer server({{""}, {fine}});
    EXPECT_THAT(call(server, {"GET", "GET"}),
                ElementsAre(HasSubstr("closed the connection"), "ok"));
}

TEST(An_answer_from_elsewhere, that_is_no_HTTP_is_a_refusal) {
    for (const std::string broken :
         {"SSH-2.0-OpenSSH_9.2p1\r\n\r\n", "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
          "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"}) {
        const ScriptedServer server({{broken}});
        EXPECT_THAT(call(server, {"GET"}), ElementsAre(HasSubstr("answered with broken HTTP")))
            << broken;
    }
}

TEST(An_answer_from_elsewhere, that_is_cut_short_is_a_refusal) {
    for (const std::string part :
         {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Le",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"}) {
        const ScriptedServer server({{part}});
        EXPECT_THAT(call(server, {"GET"}), ElementsAre(HasSubstr("closed the connection"))) << part;
    }
}

TEST(An_answer_from_elsewhere, may_end_with_its_connection_or_follow_interim_ones) {
    const ScriptedServer server(
        {{"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.0 200 OK\r\n\r\nuntil the end"}});
    EXPECT_THAT(call(server, {"GET"}), ElementsAre("until the end"));
}

}  // namespace
}  // namespace kontor::http
