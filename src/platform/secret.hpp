#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "platform/describe/describe.hpp"

namespace kontor {

/// A text that must not be seen: logs, settings and JSON show `***` in its place. Reading it takes
/// a word that a reviewer can search for.
class Secret {
public:
    static constexpr std::string_view mask = "***";

    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}

    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }
    bool operator==(const Secret&) const = default;

private:
    std::string text_;
};

template <>
struct describe::TextForm<Secret> {
    static void append(std::string& out, const Secret& secret) {
        out += secret.empty() ? std::string_view{} : Secret::mask;
    }
    static std::expected<Secret, std::string> parse(std::string_view text) {
        return Secret(std::string(text));
    }
    static constexpr std::string_view format = "password";
    static constexpr std::string_view example = Secret::mask;
};

}  // namespace kontor
