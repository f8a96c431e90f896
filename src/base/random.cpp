#include "base/random.hpp"

#include <sys/random.h>

#include <bit>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace kontor {

namespace {

std::uint64_t splitmix64(std::uint64_t& state) {
    auto z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

}  // namespace

std::uint64_t Random::below(std::uint64_t n) {
    using Wide = unsigned __int128;
    auto product = Wide{u64()} * n;
    if (static_cast<std::uint64_t>(product) < n) {
        const auto threshold = (0 - n) % n;
        while (static_cast<std::uint64_t>(product) < threshold) {
            product = Wide{u64()} * n;
        }
    }
    return static_cast<std::uint64_t>(product >> 64);
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
    const auto span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
    const auto offset = span == 0 ? u64() : below(span);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + offset);
}

double Random::unit_interval() {
    return static_cast<double>(u64() >> 11) * 0x1p-53;
}

std::string Random::uuid() {
    const auto high = (u64() & ~0xf000ULL) | 0x4000ULL;
    const auto low = (u64() & ~(3ULL << 62)) | 2ULL << 62;
    return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xffff,
                       high & 0xffff, low >> 48, low & 0xffff'ffff'ffff);
}

std::string Random::secret() {
    constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    constexpr int characters = 26;
    std::array<std::uint8_t, 16> random{};
    bytes(random);
    auto bits = std::bit_cast<unsigned __int128>(random);
    std::string text;
    for (int i = 0; i < characters; ++i) {
        text.push_back(alphabet[static_cast<std::size_t>(bits & 31)]);
        bits >>= 5;
    }
    return text;
}

SeededRandom::SeededRandom(std::uint64_t seed) {
    for (auto& word : state_) {
        word = splitmix64(seed);
    }
}

std::uint64_t SeededRandom::u64() {
    const auto result = std::rotl(state_[1] * 5, 7) * 9;
    const auto shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

void SeededRandom::bytes(std::span<std::uint8_t> out) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        word = i % 8 == 0 ? u64() : word >> 8;
        out[i] = static_cast<std::uint8_t>(word);
    }
}

std::uint64_t SystemRandom::u64() {
    std::array<std::uint8_t, 8> random{};
    bytes(random);
    return std::bit_cast<std::uint64_t>(random);
}

void SystemRandom::bytes(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const auto got = ::getrandom(out.data(), out.size(), 0);
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            throw std::system_error(errno, std::generic_category(), "getrandom");
        }
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

}  // namespace kontor
