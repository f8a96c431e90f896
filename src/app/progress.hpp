#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace kontor::app {

/// How far a long verb has come, told on stderr: one line that is rewritten on a terminal, a line
/// every few seconds elsewhere. Use on one thread.
class Progress {
public:
    /// `unit`: what is counted, as in `products`. `total`: 0 where nobody knows.
    Progress(std::string unit, std::int64_t total, std::FILE* out = stderr);
    /// Ends the line.
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Tells where it stands, if the last time is long enough ago.
    void at(std::int64_t done, std::string_view note = {});

private:
    std::string unit_;
    std::int64_t total_;
    std::FILE* out_;
    bool terminal_;
    bool line_open_ = false;
    std::chrono::steady_clock::time_point begun_;
    std::chrono::steady_clock::time_point told_;
};

}  // namespace kontor::app
