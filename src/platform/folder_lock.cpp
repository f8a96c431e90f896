#include "platform/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

#include <fmt/format.h>

namespace kontor {

namespace {

using namespace std::chrono_literals;

// One that was killed a moment ago may still be on its way out.
constexpr auto patience = 500ms;
constexpr auto pause = 10ms;

/// `kontor serve`, for people: the program and its verb. The rest may hold passwords.
std::string name_of_process(const std::string& pid) {
    std::ifstream arguments("/proc/" + pid + "/cmdline");
    std::string program;
    std::string verb;
    std::getline(arguments, program, '\0');
    std::getline(arguments, verb, '\0');
    program = std::filesystem::path(program).filename();
    return verb.empty() || verb.starts_with('-') ? program : program + " " + verb;
}

std::string holder_of(int descriptor) {
    std::array<char, 20> text{};
    const auto size = ::pread(descriptor, text.data(), text.size(), 0);
    if (size <= 0) {
        return "another process";
    }
    const std::string pid(text.data(), static_cast<std::size_t>(size));
    const auto name = name_of_process(pid);
    return name.empty() ? fmt::format("process {}", pid)
                        : fmt::format("{} (process {})", name, pid);
}

[[noreturn]] void fail(const std::filesystem::path& folder) {
    throw std::system_error(errno, std::generic_category(), "locking " + folder.string());
}

bool taken(int descriptor, const std::filesystem::path& folder) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            fail(folder);
        }
        if (std::chrono::steady_clock::now() >= until) {
            return false;
        }
        std::this_thread::sleep_for(pause);
    }
    return true;
}

void take(int descriptor, const std::filesystem::path& folder) {
    if (!taken(descriptor, folder)) {
        throw std::runtime_error(
            fmt::format("{} is in use by {}: stop it first, or work on another folder",
                        folder.string(), holder_of(descriptor)));
    }
    const auto pid = std::to_string(::getpid());
    if (::ftruncate(descriptor, 0) != 0 ||
        ::pwrite(descriptor, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
        fail(folder);
    }
}

}  // namespace

FolderLock::FolderLock(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    descriptor_ = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (descriptor_ < 0) {
        fail(folder);
    }
    try {
        take(descriptor_, folder);
    } catch (...) {
        ::close(descriptor_);
        throw;
    }
}

FolderLock::~FolderLock() {
    ::close(descriptor_);
}

}  // namespace kontor
