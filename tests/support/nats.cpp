#include "support/nats.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace kontor::testing {

namespace {

using namespace std::chrono_literals;

sockaddr_in local(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = local(0);
    socklen_t size = sizeof address;
    const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    if (!bound) {
        throw std::runtime_error("no free port");
    }
    return ntohs(address.sin_port);
}

bool answers(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = local(port);
    const bool connected =
        ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

}  // namespace

NatsServer::NatsServer() : port_(free_port()), url_("nats://127.0.0.1:" + std::to_string(port_)) {
    start();
}

NatsServer::~NatsServer() {
    kill();
}

void NatsServer::kill() {
    if (process_ != 0) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = 0;
    }
}

void NatsServer::start() {
    const auto port = std::to_string(port_);
    const auto store = (folder_.path() / "jetstream").string();
    const auto log = (folder_.path() / "log").string();
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::execlp("nats-server", "nats-server", "-js", "-a", "127.0.0.1", "-p", port.c_str(), "-sd",
                 store.c_str(), "-l", log.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    for (int attempt = 0; attempt < 500; ++attempt) {
        if (answers(port_)) {
            return;
        }
        std::this_thread::sleep_for(20ms);
    }
    throw std::runtime_error("nats-server does not answer; is it installed?");
}

NatsServer& shared_nats() {
    static NatsServer one;
    return one;
}

std::string fresh_nats_prefix() {
    static std::atomic<int> made{0};
    return "test-" + std::to_string(++made);
}

}  // namespace kontor::testing
