#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kontor {

/// Text of at most `N` bytes, kept in place: copying it allocates nothing.
template <std::size_t N>
class ShortText {
public:
    constexpr ShortText() = default;
    /// Keeps the first `N` bytes.
    template <std::convertible_to<std::string_view> Text>
    constexpr explicit(false) ShortText(const Text& source) {
        const std::string_view text = std::string_view(source).substr(0, N);
        size_ = static_cast<std::uint8_t>(text.size());
        for (std::size_t i = 0; i < text.size(); ++i) {
            bytes_[i] = text[i];
        }
    }
    constexpr std::string_view view() const { return {bytes_.data(), size_}; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr bool operator==(const ShortText& other) const { return view() == other.view(); }
    constexpr auto operator<=>(const ShortText& other) const { return view() <=> other.view(); }

private:
    std::array<char, N> bytes_{};
    std::uint8_t size_ = 0;
};

}  // namespace kontor
