#pragma once

#include <charconv>
#include <cmath>

#include "platform/describe/json.hpp"

namespace kontor {

/// Reads a value from plain text, as it stands in a path or a query: a text, a number, `true`, an
/// enumerator, a value of base/; a list separates its entries by commas. Error: "must be ...".
template <class T>
std::expected<T, std::string> from_text(std::string_view text) {
    if constexpr (describe::is_optional<T>) {
        auto value = from_text<typename T::value_type>(text);
        if (!value) {
            return std::unexpected(std::move(value).error());
        }
        return T(*std::move(value));
    } else if constexpr (describe::HasTextForm<T>) {
        return describe::TextForm<T>::parse(text);
    } else if constexpr (describe::DescribedEnum<T>) {
        return json::parse_enum<T>(text);
    } else if constexpr (std::same_as<T, bool>) {
        if (text != "true" && text != "false") {
            return std::unexpected(fmt::format("must be true or false, not \"{}\"", text));
        }
        return text == "true";
    } else if constexpr (std::is_arithmetic_v<T>) {
        T value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        bool number = error == std::errc{} && end == text.data() + text.size();
        if constexpr (std::is_floating_point_v<T>) {
            number = number && std::isfinite(value);  // JSON has no other
        }
        if (!number) {
            return std::unexpected(fmt::format("must be a number, not \"{}\"", text.substr(0, 60)));
        }
        return value;
    } else if constexpr (describe::is_vector<T>) {
        T values;
        while (!text.empty()) {
            const auto comma = text.find(',');
            auto entry = from_text<typename T::value_type>(text.substr(0, comma));
            if (!entry) {
                return std::unexpected(std::move(entry).error());
            }
            values.push_back(*std::move(entry));
            text = comma == text.npos ? std::string_view() : text.substr(comma + 1);
        }
        return values;
    } else {
        static_assert(std::same_as<T, std::string>, "this type cannot stand in a path or query");
        return std::string(text);
    }
}

/// Whether from_text can read a T.
template <class T>
inline constexpr bool has_text = [] {
    if constexpr (describe::is_optional<T> || describe::is_vector<T>) {
        return has_text<typename T::value_type>;
    } else {
        return describe::HasTextForm<T> || describe::DescribedEnum<T> || std::is_arithmetic_v<T> ||
               std::same_as<T, std::string>;
    }
}();

/// Reads `text` into the member of `out` that is called `name`, if there is one that can stand in a
/// path or query; `name[key]` reads one entry of a map (OpenAPI's deepObject). False if there is
/// none.
template <describe::Described T>
bool read_member_text(T& out, std::string_view name, std::string_view text,
                      json::Problems& problems) {
    const auto bracket = name.find('[');
    const auto member_name = name.substr(0, bracket);
    bool found = false;
    describe::for_each_field<T>([&](const auto& field) {
        if (field.name != member_name) {
            return;
        }
        auto& member = out.*field.pointer;
        using Member = std::remove_cvref_t<decltype(member)>;
        const json::Problems::At at(problems, field.name);
        if constexpr (has_text<Member>) {
            found = bracket == name.npos;
            if (found && json::accept(from_text<Member>(text), member, problems)) {
                json::check_limits(member, field.limits, problems);
            }
        } else if constexpr (describe::is_text_map<Member>) {
            found = bracket != name.npos && name.ends_with(']');
            if (found) {
                auto key = std::string(name.substr(bracket + 1, name.size() - bracket - 2));
                json::accept(from_text<typename Member::mapped_type>(text), member[key], problems);
            }
        }
    });
    return found;
}

}  // namespace kontor
