#include "support/program.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <stdexcept>
#include <utility>

namespace kontor::testing {

namespace {

/// Linux gives ports from here on to clients.
constexpr int first_client_port = 32'768;
constexpr int first_port = 10'000;

sockaddr_in local(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

Program::Program(std::vector<std::string> words, const std::filesystem::path& output) {
    std::vector<char*> raw;
    for (auto& word : words) {
        raw.push_back(word.data());
    }
    raw.push_back(nullptr);
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        ::dup2(out, STDOUT_FILENO);
        ::dup2(out, STDERR_FILENO);
        ::execvp(raw[0], raw.data());
        ::_exit(127);
    }
}

Program::~Program() {
    kill();
}

void Program::kill() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        wait();
    }
}

int Program::end() {
    if (process_ > 0) {
        ::kill(process_, SIGTERM);
    }
    return wait();
}

int Program::wait() {
    int status = -1;
    if (process_ > 0) {
        ::waitpid(std::exchange(process_, 0), &status, 0);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int free_port() {
    std::random_device chance;
    std::uniform_int_distribution<int> ports(first_port, first_client_port - 1);
    for (int tries = 0; tries < 100; ++tries) {
        const int port = ports(chance);
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const auto address = local(port);
        const bool bound =
            ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(socket);
        if (bound) {
            return port;
        }
    }
    throw std::runtime_error("no free port");
}

bool answers(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = local(port);
    const bool connected =
        ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

}  // namespace kontor::testing
