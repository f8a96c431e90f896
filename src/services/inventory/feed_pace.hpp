#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace kontor::inventory {

/// How many lines of feeds a batch takes while shoppers buy: as many as let it take about 10 ms,
/// judged by the batches before.
class FeedPace {
public:
    static constexpr auto goal = std::chrono::milliseconds(10);
    static constexpr std::size_t lines_min = 50;

    /// `lines_max`: never more than that.
    explicit FeedPace(std::size_t lines_max) : lines_max_(std::max(lines_max, lines_min)) {}

    std::size_t lines() const { return lines_; }

    /// A batch with `lines` of feeds took so long: goes half of the way to what would have fitted.
    void note(std::size_t lines, std::chrono::nanoseconds took) {
        using Seconds = std::chrono::duration<double>;
        const double share = Seconds(goal) / std::max(Seconds(took), Seconds(goal) / 100);
        const auto fitting = static_cast<std::size_t>(static_cast<double>(lines) * share);
        lines_ = std::clamp((lines_ + fitting) / 2, lines_min, lines_max_);
    }

private:
    std::size_t lines_max_;
    std::size_t lines_ = std::min(4 * lines_min, lines_max_);
};

}  // namespace kontor::inventory
