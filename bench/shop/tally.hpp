#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::bench {

using Milliseconds = std::chrono::duration<double, std::milli>;
using Seconds = std::chrono::duration<double>;

/// The text between `before` and the next quote, comma or brace; throws where it is missing.
inline std::string value_after(std::string_view body, std::string_view before) {
    const auto found = body.find(before);
    if (found == std::string_view::npos) {
        throw std::runtime_error(fmt::format("no {} in the answer: {}", before, body));
    }
    body.remove_prefix(found + before.size());
    return std::string(body.substr(0, body.find_first_of("\",}")));
}

/// What was measured, by step; the names of steps must outlive it. One loop only.
class Tally {
public:
    void done(std::string_view step, Milliseconds time) { times_[step].push_back(time.count()); }
    void refused(std::string_view step, std::string_view code) {
        ++refused_[fmt::format("{} {}", step, code)];
    }
    std::size_t count(std::string_view step) const {
        const auto found = times_.find(step);
        return found == times_.end() ? 0 : found->second.size();
    }

    std::string json(Seconds took) {
        std::string steps;
        for (auto& [step, times] : times_) {
            std::ranges::sort(times);
            steps += fmt::format(
                R"({}"{}":{{"count":{},"rate":{:.1f},"p50_ms":{:.3f},"p99_ms":{:.3f}}})",
                steps.empty() ? "" : ",", step, times.size(),
                static_cast<double>(times.size()) / took.count(), times[times.size() / 2],
                times[times.size() * 99 / 100]);
        }
        std::string refusals;
        for (const auto& [what, count] : refused_) {
            refusals += fmt::format(R"({}"{}":{})", refusals.empty() ? "" : ",", what, count);
        }
        return fmt::format(R"({{"seconds":{:.3f},"steps":{{{}}},"refused":{{{}}}}})", took.count(),
                           steps, refusals);
    }

private:
    std::map<std::string_view, std::vector<double>> times_;
    std::map<std::string, std::uint64_t> refused_;
};

}  // namespace kontor::bench
