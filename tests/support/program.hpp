#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace kontor::testing {

/// Another program, started without a shell. Killed with this object, and with this process.
class Program {
public:
    /// `words`: its file, or its name on the PATH, and its arguments. What it prints is added to
    /// the file `output`.
    Program(std::vector<std::string> words, const std::filesystem::path& output);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// As a crash would.
    void kill();
    /// Lets it come to its end by SIGTERM. Its exit status, -1 where a signal ended it.
    int end();
    /// Waits for an end of its own; as above.
    int wait();

private:
    pid_t process_ = 0;
};

/// A port of 127.0.0.1 that nobody listened on just now, below those the system gives to clients:
/// one that connects to a killed server's port could be given that very port, and would hold it.
int free_port();

/// Whether somebody accepts connections there.
bool answers(int port);

}  // namespace kontor::testing
