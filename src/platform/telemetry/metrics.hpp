#pragma once

#include <atomic>
#include <bit>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/telemetry/cells.hpp"

namespace kontor::telemetry {

/// Label names and values of a series, fixed when it is registered. Values must come from a small,
/// known set (routes, operations), never from a request.
using Labels = std::vector<std::pair<std::string, std::string>>;

/// Counts up. Thread-safe; about 2 ns. Must not outlive its Registry, nor must the other kinds.
class Counter {
public:
    void add(std::uint64_t amount = 1) const { cells_->add(index_, amount); }

private:
    friend class Registry;
    Counter(detail::Cells& cells, std::uint32_t index) : cells_(&cells), index_(index) {}
    detail::Cells* cells_;
    std::uint32_t index_;
};

/// A level that goes up and down. Thread-safe; threads share its cache line.
class Gauge {
public:
    void set(std::int64_t value) const { value_->store(value, std::memory_order_relaxed); }
    void add(std::int64_t amount) const { value_->fetch_add(amount, std::memory_order_relaxed); }

private:
    friend class Registry;
    explicit Gauge(std::atomic<std::int64_t>& value) : value_(&value) {}
    std::atomic<std::int64_t>* value_;
};

/// Log-linear buckets: two to an octave, with upper bounds 2^n and 1.5 * 2^n. A quantile read from
/// them is off by less than a fifth.
struct Scale {
    int first_octave;      ///< The smallest bound is 2^first_octave units.
    int last_octave;       ///< The largest is 2^last_octave.
    int decimals;          ///< A unit is 10^-decimals of what is shown.
    std::uint64_t divide;  ///< What is observed is in 1/divide of a unit.

    constexpr std::uint32_t bounds() const {
        return static_cast<std::uint32_t>(2 * (last_octave - first_octave) + 1);
    }
    /// The upper bound of a bucket, included, in units.
    constexpr std::uint64_t bound(std::uint32_t bucket) const {
        const auto octave = std::uint64_t{1}
                            << (static_cast<std::uint32_t>(first_octave) + bucket / 2);
        return bucket % 2 == 0 ? octave : octave + octave / 2;
    }
    /// The first bucket whose bound is not below `observed`; `bounds()` where none is.
    constexpr std::uint32_t bucket(std::uint64_t observed) const {
        const auto units = (observed + divide - 1) / divide;
        if (units <= std::uint64_t{1} << first_octave) {
            return 0;
        }
        // Everything up to a bound is below it plus one: so the integers below decide.
        const auto below = units - 1;
        const auto octave = std::bit_width(below) - 1;
        const auto upper_half = static_cast<std::uint32_t>(below >> (octave - 1) & 1);
        const auto found = static_cast<std::uint32_t>(2 * (octave - first_octave)) + 1 + upper_half;
        return found < bounds() ? found : bounds();
    }
};

/// 16 us to 16.8 s, observed in nanoseconds, shown in seconds: 41 buckets.
inline constexpr Scale durations{4, 24, 6, 1000};
/// 2 to 65,536 of anything: batch sizes, entries.
inline constexpr Scale counts{1, 16, 0, 1};
/// 64 bytes to 64 MiB.
inline constexpr Scale sizes{6, 26, 0, 1};

static_assert(durations.bucket(16'000) == 0 && durations.bucket(16'001) == 1);
static_assert(durations.bound(1) == 24 && durations.bound(2) == 32);
static_assert(counts.bucket(2) == 0 && counts.bucket(3) == 1 && counts.bucket(4) == 2);

/// How often what happened, by size. Thread-safe; about 5 ns.
class Histogram {
public:
    /// In the finest unit of its scale: nanoseconds for `durations`.
    void observe(std::uint64_t value) const {
        cells_->add(index_ + scale_.bucket(value), 1);
        cells_->add(index_ + scale_.bounds() + 1, value);
    }
    void observe(std::chrono::nanoseconds span) const {
        observe(static_cast<std::uint64_t>(span.count() < 0 ? 0 : span.count()));
    }

private:
    friend class Registry;
    Histogram(detail::Cells& cells, std::uint32_t index, const Scale& scale)
        : cells_(&cells), index_(index), scale_(scale) {}
    detail::Cells* cells_;
    std::uint32_t index_;
    Scale scale_;
};

enum class Exposition : bool { prometheus, open_metrics };

/// `text/plain; version=0.0.4` or `application/openmetrics-text; version=1.0.0`.
std::string_view content_type(Exposition format);
/// OpenMetrics where an Accept header asks for it.
Exposition exposition_for(std::string_view accept);

/// All metrics of a process. Registering takes a lock and checks names (a bad one, or one name for
/// two kinds, is a programming error: std::logic_error); the same name and labels give the same
/// series again. Thread-safe.
class Registry {
public:
    Registry();
    ~Registry();
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;

    /// `name` must end in `_total`.
    Counter counter(std::string_view name, std::string_view help, const Labels& labels = {});
    Gauge gauge(std::string_view name, std::string_view help, const Labels& labels = {});
    /// `name` ends in its unit: `_seconds`, `_bytes`.
    Histogram histogram(std::string_view name, std::string_view help, const Labels& labels = {},
                        const Scale& scale = durations);

    /// Read at each scrape, on the scraping thread.
    void gauge_from(std::string_view name, std::string_view help, const Labels& labels,
                    std::function<double()> read);
    void counter_from(std::string_view name, std::string_view help, const Labels& labels,
                      std::function<double()> read);

    /// Everything as it stands now.
    std::string text(Exposition format) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kontor::telemetry
