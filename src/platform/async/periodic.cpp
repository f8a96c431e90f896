#include "platform/async/periodic.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>

namespace kontor {

namespace {
constexpr auto look_again = std::chrono::milliseconds(100);
}

Periodic::Periodic(Duration every, Work work, Report report)
    : every_(every), work_(std::move(work)), report_(std::move(report)) {}

Periodic::~Periodic() {
    if (running_) {
        std::fputs("kontor: periodic work was destroyed before it was stopped\n", stderr);
        std::abort();
    }
}

void Periodic::start() {
    stopping_ = false;
    running_ = true;
    spawn(run());
}

Task<void> Periodic::stop() {
    stopping_ = true;
    wake_.notify_all();
    while (running_) {
        co_await ended_.wait_beyond(ended_.count(), look_again);
    }
}

Task<void> Periodic::run() {
    while (!stopping_) {
        const auto seen = wake_.count();
        try {
            co_await work_();
        } catch (const std::exception& error) {
            report_(error.what());
        }
        if (!stopping_) {
            co_await wake_.wait_beyond(seen, every_);
        }
    }
    ended_.notify_all();
    running_ = false;  // the last touch: whoever stopped it may destroy it now
}

}  // namespace kontor
