#include "support/raw_connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <system_error>
#include <utility>

namespace kontor::testing {

namespace {

constexpr std::chrono::seconds longest_wait{10};

}  // namespace

std::string RawAnswer::field(std::string_view name) const {
    for (auto at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
        const auto line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            ::strncasecmp(line.data(), name.data(), name.size()) == 0) {
            return line.substr(line.find_first_not_of(' ', name.size() + 1));
        }
    }
    return "(none)";
}

RawConnection::RawConnection(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        const auto error = errno;
        ::close(socket_);
        throw std::system_error(error, std::generic_category(), "connect");
    }
}

RawConnection::RawConnection(RawConnection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      unread_(std::move(other.unread_)),
      at_end_(other.at_end_) {}

RawConnection::~RawConnection() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

void RawConnection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void RawConnection::finish_writing() {
    ::shutdown(socket_, SHUT_WR);
}

bool RawConnection::fill(std::chrono::milliseconds wait) {
    pollfd ready{socket_, POLLIN, 0};
    if (at_end_ || ::poll(&ready, 1, static_cast<int>(wait.count())) <= 0) {
        return false;
    }
    char bytes[16384];
    const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
    at_end_ = size <= 0;
    unread_.append(bytes, at_end_ ? 0 : static_cast<std::size_t>(size));
    return !at_end_;
}

void RawConnection::need_more() {
    if (!fill(longest_wait)) {
        throw std::runtime_error("no whole answer; so far: " + unread_);
    }
}

std::string RawConnection::take(std::size_t size) {
    while (unread_.size() < size) {
        need_more();
    }
    auto taken = unread_.substr(0, size);
    unread_.erase(0, size);
    return taken;
}

std::string RawConnection::take_line() {
    while (unread_.find("\r\n") == std::string::npos) {
        need_more();
    }
    auto line = take(unread_.find("\r\n") + 2);
    line.resize(line.size() - 2);
    return line;
}

RawAnswer RawConnection::receive(bool to_head) {
    RawAnswer answer;
    answer.head = take_line();
    answer.status = std::stoi(answer.head.substr(9, 3));
    for (auto line = take_line(); !line.empty(); line = take_line()) {
        answer.head += "\r\n" + line;
    }
    if (to_head || answer.status < 200 || answer.status == 204 || answer.status == 304) {
        return answer;
    }
    if (answer.field("Transfer-Encoding") == "chunked") {
        for (auto size = std::stoul(take_line(), nullptr, 16); size > 0;
             size = std::stoul(take_line(), nullptr, 16)) {
            answer.body += take(size);
            take_line();
        }
        for (auto line = take_line(); !line.empty(); line = take_line()) {
            answer.trailers += line + "\r\n";
        }
    } else if (const auto length = answer.field("Content-Length"); length != "(none)") {
        answer.body = take(std::stoul(length));
    } else {
        answer.body = receive_all();
    }
    return answer;
}

std::string RawConnection::receive_all() {
    while (fill(longest_wait)) {
    }
    if (!at_end_) {
        throw std::runtime_error("the other end does not close; so far: " + unread_);
    }
    return std::exchange(unread_, {});
}

std::string RawConnection::receive_some(std::chrono::milliseconds wait) {
    if (unread_.empty()) {
        fill(wait);
    }
    return std::exchange(unread_, {});
}

bool RawConnection::is_closed(std::chrono::milliseconds wait) {
    const auto until = std::chrono::steady_clock::now() + wait;
    while (!at_end_ && std::chrono::steady_clock::now() < until) {
        fill(std::chrono::milliseconds(10));
    }
    return at_end_;
}

}  // namespace kontor::testing
