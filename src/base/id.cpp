#include "base/id.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/clock.hpp"

namespace kontor {

namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr int characters = 13;
constexpr std::int64_t epoch_ms = 1'704'067'200'000;  // 2024-01-01T00:00:00Z
constexpr int counter_bits = 12;
constexpr int node_bits = 10;

constexpr auto digit_values = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    }
    return values;
}();

}  // namespace

std::string id_text(std::string_view prefix, std::uint64_t value) {
    std::string text;
    text.reserve(prefix.size() + 1 + characters);
    text.append(prefix).push_back('_');
    for (int shift = (characters - 1) * 5; shift >= 0; shift -= 5) {
        text.push_back(alphabet[(value >> shift) & 31]);
    }
    return text;
}

std::expected<std::uint64_t, std::string> parse_id(std::string_view prefix, std::string_view text) {
    const auto expected = [&] {
        return std::unexpected(
            fmt::format("must be an id like {}", id_text(prefix, 123'456'789'012'345)));
    };
    if (text.size() != prefix.size() + 1 + characters || !text.starts_with(prefix) ||
        text[prefix.size()] != '_') {
        return expected();
    }
    std::uint64_t value = 0;
    for (const char c : text.substr(prefix.size() + 1)) {
        const auto digit = digit_values[static_cast<unsigned char>(c)];
        if (digit < 0 || value >> 59 != 0) {
            return expected();
        }
        value = value << 5 | static_cast<std::uint64_t>(digit);
    }
    return value;
}

IdSource::IdSource(const Clock& clock, std::uint16_t node)
    : clock_(clock), node_(std::uint64_t{node & 1023U} << counter_bits) {}

std::uint64_t IdSource::next() {
    constexpr std::uint64_t counter_mask = (1U << counter_bits) - 1;
    const auto elapsed_ms = clock_.now().microseconds / 1000 - epoch_ms;
    const auto now = static_cast<std::uint64_t>(std::max<std::int64_t>(elapsed_ms, 1))
                     << counter_bits;
    auto last = last_.load(std::memory_order_relaxed);
    std::uint64_t made = 0;
    do {
        made = std::max(now, last + 1);
    } while (!last_.compare_exchange_weak(last, made, std::memory_order_relaxed));
    const auto time = made >> counter_bits;
    return time << (counter_bits + node_bits) | node_ | (made & counter_mask);
}

}  // namespace kontor
