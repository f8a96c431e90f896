#include "support/other_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <map>
#include <stdexcept>
#include <utility>

namespace kontor::testing {

namespace {

constexpr std::string_view flag = "--other-process";

std::map<std::string, OtherProcessBody::Run, std::less<>>& bodies() {
    static std::map<std::string, OtherProcessBody::Run, std::less<>> all;
    return all;
}

std::array<int, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe for another process");
    }
    return ends;
}

void write_line(int descriptor, std::string_view line) {
    const auto text = std::string(line) + "\n";
    if (::write(descriptor, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw std::runtime_error("nobody listens to \"" + std::string(line) + "\"");
    }
}

struct Line {
    std::string text;
    bool whole = false;
};

Line read_line_of(int descriptor) {
    Line line;
    for (char next = 0; ::read(descriptor, &next, 1) == 1;) {
        if (next == '\n') {
            line.whole = true;
            break;
        }
        line.text.push_back(next);
    }
    return line;
}

void close_once(int& descriptor) {
    if (descriptor >= 0) {
        ::close(std::exchange(descriptor, -1));
    }
}

}  // namespace

void ParentProcess::tell(std::string_view line) {
    write_line(STDOUT_FILENO, line);
}

std::optional<std::string> ParentProcess::read_line() {
    auto line = read_line_of(STDIN_FILENO);
    return line.whole ? std::optional(std::move(line.text)) : std::nullopt;
}

void ParentProcess::wait_until_done() {
    while (read_line()) {
    }
}

OtherProcessBody::OtherProcessBody(std::string name, Run run) {
    if (!bodies().emplace(std::move(name), run).second) {
        throw std::logic_error("two bodies of other processes have one name");
    }
}

OtherProcess::OtherProcess(std::string_view body, const std::vector<std::string>& arguments) {
    std::vector<std::string> words{"/proc/self/exe", std::string(flag), std::string(body)};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> raw;
    for (auto& word : words) {
        raw.push_back(word.data());
    }
    raw.push_back(nullptr);
    const auto in = make_pipe();
    const auto out = make_pipe();
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(in[0], STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::execv(raw[0], raw.data());
        ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    output_ = out[0];
}

OtherProcess::~OtherProcess() {
    kill();
}

void OtherProcess::tell(std::string_view line) {
    write_line(input_, line);
}

std::string OtherProcess::read_line() {
    auto line = read_line_of(output_);
    if (!line.whole) {
        throw std::runtime_error("the other process ended; its last words: \"" + line.text + "\"");
    }
    return std::move(line.text);
}

int OtherProcess::finish() {
    close_once(input_);
    return wait();
}

void OtherProcess::kill() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        wait();
    }
}

int OtherProcess::wait() {
    int status = -1;
    ::waitpid(std::exchange(process_, 0), &status, 0);
    close_once(input_);
    close_once(output_);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool run_as_other_process(int count, char** arguments) {
    if (count < 3 || arguments[1] != flag) {
        return false;
    }
    ParentProcess parent;
    bodies().at(arguments[2])(parent, {arguments + 3, arguments + count});
    return true;
}

}  // namespace kontor::testing
