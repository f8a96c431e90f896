#include "services/discovery/engine/cursor.hpp"

#include <array>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "services/discovery/engine/image.hpp"

namespace kontor::discovery::engine {
namespace {

// RFC 4648, section 5.
constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string base64url(std::string_view bytes) {
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char byte : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(byte);
        for (held += 8; held >= 6; held -= 6) {
            out += alphabet[bits >> (held - 6) & 63];
        }
    }
    if (held > 0) {
        out += alphabet[bits << (6 - held) & 63];
    }
    return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if (held += 6; held >= 8) {
            held -= 8;
            out += static_cast<char>(bits >> held & 255);
        }
    }
    return out;
}

struct Fixed {
    std::uint64_t query;
    std::int64_t key;
    ProductId id;
    std::uint64_t sum;  ///< Of all before it and of the name key.
};

std::uint64_t sum_of(const Fixed& fixed, std::string_view name_key) {
    std::string all(reinterpret_cast<const char*>(&fixed), offsetof(Fixed, sum));
    return checksum(all += name_key);
}

/// Appends with its length, so that no two lists of strings look the same.
void put(std::string& out, std::string_view text) {
    out += fmt::format("{}:{}", text.size(), text);
}

}  // namespace

std::uint64_t fingerprint(const Query& query) {
    std::string all;
    put(all, query.market);
    for (const auto& language : query.languages) {
        put(all, language);
    }
    put(all, query.text);
    all += fmt::format("|{}|{}|{}|{}|{}|{}|", query.category.value_or(0),
                       query.category.has_value(), query.store.value_or(0), query.store.has_value(),
                       query.in_stock, static_cast<int>(query.sort));
    all += fmt::format("{}|{}|", query.price_at_least.value_or(always),
                       query.price_at_most.value_or(forever));
    for (const auto& brand : query.brands) {
        put(all, brand);
    }
    for (const auto& filter : query.attributes) {
        all += '|';
        put(all, filter.name);
        for (const auto& value : filter.values) {
            put(all, value);
        }
        all += filter.at_least ? fmt::format(">{}", *filter.at_least) : std::string();
        all += filter.at_most ? fmt::format("<{}", *filter.at_most) : std::string();
    }
    return checksum(all);
}

std::string to_text(const Cursor& cursor) {
    Fixed fixed{cursor.query, cursor.key, cursor.id, 0};
    fixed.sum = sum_of(fixed, cursor.name_key);
    std::string bytes(reinterpret_cast<const char*>(&fixed), sizeof(fixed));
    return base64url(bytes += cursor.name_key);
}

Result<Cursor> parse_cursor(std::string_view text, std::uint64_t query) {
    const auto bytes = from_base64url(text);
    if (!bytes || bytes->size() < sizeof(Fixed)) {
        return refuse(refusals::bad_cursor, "cursor {}: not one of ours; start at the first page",
                      text);
    }
    Fixed fixed;
    std::memcpy(&fixed, bytes->data(), sizeof(fixed));
    auto name_key = bytes->substr(sizeof(Fixed));
    if (fixed.sum != sum_of(fixed, name_key)) {
        return refuse(refusals::bad_cursor, "cursor {}: altered; start at the first page", text);
    }
    if (fixed.query != query) {
        return refuse(refusals::bad_cursor,
                      "cursor {}: of a query with other conditions; start at the first page", text);
    }
    return Cursor{fixed.query, fixed.key, fixed.id, std::move(name_key)};
}

}  // namespace kontor::discovery::engine
