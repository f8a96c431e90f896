#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace kontor::crypto {

using Sha256 = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4): for secrets at rest and fingerprints that must not collide.
Sha256 sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104).
Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

/// XXH3, 64 bits: for ETags and hash tables, where nobody gains by a collision. About 20 GB/s.
std::uint64_t fast_hash(std::string_view bytes, std::uint64_t seed = 0);

/// Whether two secrets are the same, in a time that depends on their length only.
bool constant_time_equal(std::string_view a, std::string_view b);

/// Lower-case hexadecimal.
std::string to_hex(std::span<const std::uint8_t> bytes);

/// RFC 4648, section 5, without padding.
std::string to_base64url(std::string_view bytes);
std::expected<std::string, std::string> from_base64url(std::string_view text);

}  // namespace kontor::crypto
