#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>

namespace kontor {

/// A 64-bit identifier that does not mix with those of other kinds. Made by IdSource in time order;
/// 0 means "none". `Tag::prefix` names the kind on the wire, as in `prd_0f3k8t2v9m1qd`.
template <class Tag>
struct Id {
    std::uint64_t value = 0;

    auto operator<=>(const Id&) const = default;
    explicit operator bool() const noexcept { return value != 0; }
};

/// The wire form of 64 bits: 13 characters of Crockford base 32, lower case, order-preserving.
std::string id_text(std::string_view prefix, std::uint64_t value);

/// Reads what id_text wrote. The error says what was expected.
std::expected<std::uint64_t, std::string> parse_id(std::string_view prefix, std::string_view text);

template <class Tag>
std::string to_text(Id<Tag> id) {
    return id_text(Tag::prefix, id.value);
}

class Clock;

/// Makes ids: 42 bits of milliseconds since 2024-01-01, 10 bits of node, 12 bits of counter.
/// Unique per node and in time order even when the clock goes back (it then holds the last time);
/// more than 4,096 in a millisecond borrow from the next. Thread-safe.
class IdSource {
public:
    /// `node`: 0 to 1023, different for every process that writes to the same database.
    IdSource(const Clock& clock, std::uint16_t node);

    std::uint64_t next();

    template <class IdType>
    IdType make() {
        return IdType{next()};
    }

private:
    const Clock& clock_;
    std::uint64_t node_;
    std::atomic<std::uint64_t> last_{0};
};

}  // namespace kontor

template <class Tag>
struct std::hash<kontor::Id<Tag>> {
    std::size_t operator()(kontor::Id<Tag> id) const noexcept {
        return std::hash<std::uint64_t>{}(id.value);
    }
};
