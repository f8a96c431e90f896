#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace kontor {

/// Where chance comes from; passed in, so that a simulation can replay it from a seed.
class Random {
public:
    virtual ~Random() = default;

    virtual std::uint64_t u64() = 0;
    virtual void bytes(std::span<std::uint8_t> out) = 0;

    /// Uniform in [0, n), without bias (Lemire 2019, arXiv:1805.10941). `n`: at least 1.
    std::uint64_t below(std::uint64_t n);
    /// Uniform in [low, high], both included.
    std::int64_t between(std::int64_t low, std::int64_t high);
    /// Uniform in [0, 1), 53 bits.
    double unit_interval();
    /// A UUID version 4 (RFC 9562) in lower case: 122 random bits, 36 characters.
    std::string uuid();
    /// 128 bits as 26 characters of Crockford base 32, lower case: what opens a cart or an order.
    /// Worth its name only from SystemRandom.
    std::string secret();
};

/// The same numbers from the same seed on every platform: xoshiro256** (Blackman, Vigna 2018,
/// arXiv:1805.01407), seeded by splitmix64. Not for secrets; one thread at a time.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed);
    std::uint64_t u64() override;
    void bytes(std::span<std::uint8_t> out) override;

private:
    std::array<std::uint64_t, 4> state_{};
};

/// The kernel's, by getrandom(2): fit for secrets. Thread-safe; about 200 ns a call.
class SystemRandom final : public Random {
public:
    std::uint64_t u64() override;
    void bytes(std::span<std::uint8_t> out) override;
};

}  // namespace kontor
