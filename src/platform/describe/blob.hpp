#pragma once

#include "platform/crypto/hash.hpp"
#include "platform/describe/json.hpp"

namespace kontor {

/// Bytes that need be no text. As JSON they are base64url (RFC 4648, 5).
struct Blob {
    std::string data;
    bool operator==(const Blob&) const = default;
};

namespace describe {

template <>
struct TextForm<Blob> {
    static void append(std::string& out, const Blob& blob) {
        out += crypto::to_base64url(blob.data);
    }
    static std::expected<Blob, std::string> parse(std::string_view text) {
        auto data = crypto::from_base64url(text);
        if (!data) {
            return std::unexpected(std::move(data).error());
        }
        return Blob{*std::move(data)};
    }
    static constexpr std::string_view format = "byte";
    static constexpr std::string_view example = "c2t1";
};

}  // namespace describe

}  // namespace kontor
