#include "services/payments/stripe/signature.hpp"

#include <charconv>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "platform/crypto/hash.hpp"

namespace kontor::payments::stripe {

namespace {

struct Parts {
    std::optional<std::int64_t> signed_at;  ///< Seconds.
    std::vector<std::string_view> v1;
};

Parts parts_of(std::string_view header) {
    Parts parts;
    while (!header.empty()) {
        const auto item = header.substr(0, header.find(','));
        header.remove_prefix(std::min(item.size() + 1, header.size()));
        const auto equals = item.find('=');
        const auto name = item.substr(0, equals);
        const auto value = equals == item.npos ? std::string_view() : item.substr(equals + 1);
        if (name == "t") {
            std::int64_t seconds = 0;
            const auto [end, error] =
                std::from_chars(value.data(), value.data() + value.size(), seconds);
            if (error == std::errc{} && end == value.data() + value.size()) {
                parts.signed_at = seconds;
            }
        } else if (name == "v1") {
            parts.v1.push_back(value);
        }
    }
    return parts;
}

}  // namespace

bool is_signed(std::string_view header, std::string_view payload, std::string_view secret,
               Timestamp now, std::chrono::microseconds tolerance) {
    const auto parts = parts_of(header);
    if (secret.empty() || !parts.signed_at) {
        return false;
    }
    const auto expected = crypto::to_hex(
        crypto::hmac_sha256(secret, fmt::format("{}.{}", *parts.signed_at, payload)));
    bool fits = false;
    for (const auto signature : parts.v1) {
        fits = crypto::constant_time_equal(signature, expected) || fits;
    }
    constexpr std::int64_t far_future = INT64_MAX / 1'000'000;
    if (!fits || *parts.signed_at < 0 || *parts.signed_at > far_future) {
        return false;
    }
    const auto age = now - Timestamp{*parts.signed_at * 1'000'000};
    return age <= tolerance && -age <= tolerance;
}

}  // namespace kontor::payments::stripe
