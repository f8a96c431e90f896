#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

/// Values as bytes, one after the other, in this machine's order: for the projection's documents,
/// which never leave the machine.
namespace kontor::discovery {

class Packer {
public:
    template <class T>
        requires std::integral<T> || std::is_enum_v<T>
    Packer& number(T value) {
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        return *this;
    }
    Packer& text(std::string_view value) {
        number(static_cast<std::uint32_t>(value.size()));
        bytes += value;
        return *this;
    }

    std::string bytes;
};

/// Reads what a Packer wrote, in the same order. Throws std::runtime_error where the bytes end.
class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

    bool at_end() const { return rest_.empty(); }

    template <class T>
        requires std::integral<T> || std::is_enum_v<T>
    T number() {
        T value{};
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    std::string_view text() { return take(number<std::uint32_t>()); }
    std::string_view take(std::size_t size) {
        if (size > rest_.size()) {
            throw std::runtime_error("a document of the projection ends early: delete its folder");
        }
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

private:
    std::string_view rest_;
};

/// A number as a key, ordered as numbers are.
inline std::string key_of(std::uint64_t id) {
    std::string key(sizeof id, '\0');
    for (std::size_t i = 0; i < sizeof id; ++i) {
        key[i] = static_cast<char>(id >> (8 * (sizeof id - 1 - i)));
    }
    return key;
}

inline std::uint64_t id_of_key(std::string_view key) {
    std::uint64_t id = 0;
    for (const char byte : key) {
        id = id << 8 | static_cast<std::uint8_t>(byte);
    }
    return id;
}

}  // namespace kontor::discovery
