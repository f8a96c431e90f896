#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kontor {

/// A point in time: microseconds since 1970-01-01T00:00:00Z, as stored and compared everywhere.
/// On the wire RFC 3339 in UTC, as in `2026-11-23T20:55:42.123456Z`.
struct Timestamp {
    std::int64_t microseconds = 0;

    auto operator<=>(const Timestamp&) const = default;
    friend Timestamp operator+(Timestamp at, std::chrono::microseconds span) {
        return {at.microseconds + span.count()};
    }
    friend std::chrono::microseconds operator-(Timestamp later, Timestamp earlier) {
        return std::chrono::microseconds(later.microseconds - earlier.microseconds);
    }
};

/// RFC 3339, UTC, with as many fraction digits as the value needs (none, 3 or 6).
std::string to_text(Timestamp at);

/// Reads RFC 3339 with any offset, and a bare date as midnight UTC. The error says what was
/// expected.
std::expected<Timestamp, std::string> parse_timestamp(std::string_view text);

/// Where the time comes from; passed in, so that a simulation can own it.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    Timestamp now() const override;
};

/// Stands where it is put: for tests.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Timestamp at = {1'767'225'600'000'000}) : at_(at) {}  // 2026-01-01
    Timestamp now() const override { return at_; }
    void set(Timestamp at) { at_ = at; }
    void advance(std::chrono::microseconds span) { at_ = at_ + span; }

private:
    Timestamp at_;
};

}  // namespace kontor
