#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <typeindex>
#include <vector>

#include "platform/config/units.hpp"
#include "platform/describe/text.hpp"
#include "platform/secret.hpp"

/// Settings are described structs; a member's initialiser is its default:
///
///     struct HttpSettings {
///         std::string listen = "127.0.0.1:8080";
///         std::chrono::milliseconds idle_time{60'000};
///         Bytes head = Bytes::kib(32);
///         static constexpr auto describe() { return described<HttpSettings>("...",
///         field<...>(...)); }
///     };
///
/// Members may be texts, numbers, flags, described enums, durations (milliseconds), Bytes, Secret,
/// values of base/, lists of those, and maps from a text to those.
namespace kontor::config {

/// One setting of a section, without its type.
struct Setting {
    std::string_view name;
    std::string_view meaning;
    std::string type;          ///< For people: `number`, `duration`, `one of off, all`.
    std::string range;         ///< `1 to 65535`, or empty.
    std::string default_text;  ///< As it would be written in the file; empty where there is none.
    bool secret = false;
    bool keyed = false;   ///< A map: its settings are `section.name.key`.
    bool quoted = false;  ///< Written in quotes in the file.
};

/// A described struct of settings under a name.
struct Section {
    std::string name;
    std::string_view meaning;
    std::type_index type;
    std::vector<Setting> settings;
    /// What is wrong with `text` for that member (`name` or `name[key]`); empty when it fits.
    std::string (*check)(std::string_view member, std::string_view text);
};

namespace detail {

/// For values that count a unit: holds them to the limits of their field, which are in that unit.
template <class T>
std::string check_counted(const T& value, const describe::Limits& limits) {
    const auto written = [](std::int64_t count) {
        std::string text;
        describe::TextForm<T>::append(text, T{count});
        return text;
    };
    const auto low = limits.min ? T{*limits.min} : value;
    const auto high = limits.max ? T{*limits.max} : value;
    if (value < low) {
        return "must be at least " + written(*limits.min);
    }
    return value > high ? "must be at most " + written(*limits.max) : "";
}

template <class T>
inline constexpr bool is_counted =
    std::same_as<T, Bytes> || std::same_as<T, std::chrono::milliseconds>;

template <class T>
struct ElementOf {
    using type = T;
};
template <class T>
struct ElementOf<std::vector<T>> : ElementOf<T> {};
template <class T>
struct ElementOf<std::optional<T>> : ElementOf<T> {};
template <class T>
struct ElementOf<std::map<std::string, T>> : ElementOf<T> {};

template <class T>
std::string type_text() {
    if constexpr (describe::is_vector<T>) {
        return "list of " + type_text<typename ElementOf<T>::type>();
    } else if constexpr (describe::is_text_map<T>) {
        return type_text<typename ElementOf<T>::type>() + " by name";
    } else if constexpr (describe::is_optional<T>) {
        return type_text<typename ElementOf<T>::type>();
    } else if constexpr (std::same_as<T, Secret>) {
        return "secret";
    } else if constexpr (describe::HasTextForm<T>) {
        return std::string(describe::TextForm<T>::format);
    } else if constexpr (describe::DescribedEnum<T>) {
        return json::one_of<T>().substr(std::string_view("must be ").size());
    } else if constexpr (std::same_as<T, bool>) {
        return "true or false";
    } else if constexpr (std::is_arithmetic_v<T>) {
        return "number";
    } else {
        return "text";
    }
}

template <class T>
std::string value_text(const T& value) {
    std::string text;
    if constexpr (describe::is_optional<T>) {
        text = value ? value_text(*value) : std::string();
    } else if constexpr (describe::is_vector<T>) {
        for (const auto& entry : value) {
            text += (text.empty() ? "" : ",") + value_text(entry);
        }
    } else if constexpr (describe::is_text_map<T>) {
        // Entries of a map have no default.
    } else if constexpr (describe::HasTextForm<T>) {
        describe::TextForm<T>::append(text, value);
    } else if constexpr (describe::DescribedEnum<T>) {
        text = describe::enum_text(value);
    } else {
        text = fmt::format("{}", value);
    }
    return text;
}

template <class T>
std::string range_text(const describe::Limits& limits) {
    if constexpr (is_counted<T> || std::is_arithmetic_v<T>) {
        const auto written = [](std::int64_t bound) {
            if constexpr (is_counted<T>) {
                return value_text(T{bound});
            } else {
                return fmt::format("{}", bound);
            }
        };
        if (limits.min && limits.max) {
            return written(*limits.min) + " to " + written(*limits.max);
        }
        return limits.min   ? "at least " + written(*limits.min)
               : limits.max ? "at most " + written(*limits.max)
                            : "";
    } else {
        return "";
    }
}

}  // namespace detail

/// Sets the member (`name` or `name[key]`) from its text. Answers what is wrong, or empty.
template <describe::Described T>
std::string apply(T& settings, std::string_view member, std::string_view text) {
    json::Problems problems;
    if (!read_member_text(settings, member, text, problems)) {
        return "is no setting";
    }
    if (problems.any()) {
        return std::move(problems).refusal().errors.front().message;
    }
    std::string wrong;
    describe::for_each_field<T>([&](const auto& field) {
        using Member = typename std::remove_cvref_t<decltype(field)>::Member;
        if constexpr (detail::is_counted<Member>) {
            if (field.name == member) {
                wrong = detail::check_counted(settings.*field.pointer, field.limits);
            }
        }
    });
    return wrong;
}

/// The section called `name`, from the description of its struct.
template <describe::Described T>
Section section(std::string_view name) {
    Section made{.name = std::string(name),
                 .meaning = T::describe().meaning,
                 .type = typeid(T),
                 .settings = {},
                 .check = [](std::string_view member, std::string_view text) {
                     T scratch{};
                     return apply(scratch, member, text);
                 }};
    const T defaults{};
    describe::for_each_field<T>([&](const auto& field) {
        using Member = typename std::remove_cvref_t<decltype(field)>::Member;
        using Element = typename detail::ElementOf<Member>::type;
        made.settings.push_back(
            {.name = field.name,
             .meaning = field.meaning,
             .type = detail::type_text<Member>(),
             .range = detail::range_text<Element>(field.limits),
             .default_text = detail::value_text(defaults.*field.pointer),
             .secret = std::same_as<Element, Secret>,
             .keyed = describe::is_text_map<Member>,
             .quoted = describe::is_vector<Member> || !std::is_arithmetic_v<Element>});
    });
    return made;
}

}  // namespace kontor::config
