#include "app/progress.hpp"

#include <unistd.h>

#include <fmt/format.h>

namespace kontor::app {

namespace {

constexpr auto terminal_interval = std::chrono::milliseconds(200);
constexpr auto plain_interval = std::chrono::seconds(5);

}  // namespace

Progress::Progress(std::string unit, std::int64_t total, std::FILE* out)
    : unit_(std::move(unit)),
      total_(total),
      out_(out),
      terminal_(isatty(fileno(out)) != 0),
      begun_(std::chrono::steady_clock::now()),
      told_(begun_) {}

Progress::~Progress() {
    if (line_open_) {
        std::fputc('\n', out_);
    }
}

void Progress::at(std::int64_t done, std::string_view note) {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::nanoseconds interval =
        terminal_ ? std::chrono::nanoseconds(terminal_interval) : plain_interval;
    if (now - told_ < interval) {
        return;
    }
    told_ = now;
    const auto seconds = std::chrono::duration<double>(now - begun_).count();
    auto line = total_ > 0 ? fmt::format("{} of {} {}", done, total_, unit_)
                           : fmt::format("{} {}", done, unit_);
    line += fmt::format(", {:.0f} s{}{}", seconds, note.empty() ? "" : ", ", note);
    // Return and "erase to the end of the line", ECMA-48 8.3.41.
    fmt::print(out_, "{}{}{}", terminal_ ? "\r" : "", line, terminal_ ? "\x1b[K" : "\n");
    std::fflush(out_);
    line_open_ = terminal_;
}

}  // namespace kontor::app
