#pragma once

#include "platform/describe/json.hpp"

namespace kontor::describe {

/// A described type as data, for everything that prints references: OpenAPI, GraphQL, documents.
struct TypeInfo {
    enum class Kind { boolean, integer, number, text, enumeration, list, map, object };

    struct Member {
        std::string_view name;
        std::string_view meaning;
        Limits limits;
        bool optional = false;        ///< May be left out where it is given.
        bool always_written = false;  ///< Never left out where it is answered.
        const TypeInfo* type = nullptr;
    };

    Kind kind = Kind::text;
    std::string name;           ///< Of an object or enumeration.
    std::string_view identity;  ///< Differs between types that happen to share a name.
    std::string_view meaning;
    std::string_view format;   ///< OpenAPI's `format` of a text or number, or empty.
    std::string_view example;  ///< Without quotes, or empty.
    std::vector<Member> members;
    std::vector<std::string_view> enumerators;
    const TypeInfo* element = nullptr;  ///< Of a list or map.
};

template <class T>
const TypeInfo& type_info();

namespace detail {

template <class T>
struct UnwrapRaw {
    using type = T;
};
template <class T>
struct UnwrapRaw<Raw<T>> {
    using type = T;
};

/// The whole name of T. A function of its own, since within a lambda the compiler's name of the
/// function tells nothing of T.
template <class T>
consteval std::string_view identity_of() {
    return __PRETTY_FUNCTION__;
}

template <class T>
std::string reference_name() {
    if constexpr (requires { T::described_name(); }) {
        return T::described_name();
    } else {
        return std::string(type_name<T>);
    }
}

template <std::integral T>
constexpr std::string_view integer_format() {
    if constexpr (sizeof(T) == 8) {
        return std::is_signed_v<T> ? "int64" : "uint64";
    } else {
        return std::is_signed_v<T> ? "int32" : "uint32";
    }
}

template <Described T>
TypeInfo object_info() {
    TypeInfo info{.kind = TypeInfo::Kind::object, .name = reference_name<T>()};
    info.meaning = T::describe().meaning;
    for_each_field<T>([&](const auto& field) {
        using Member = typename std::remove_cvref_t<decltype(field)>::Member;
        info.members.push_back({.name = field.name,
                                .meaning = field.meaning,
                                .limits = field.limits,
                                .optional = json::may_be_absent<Member>(field.limits),
                                .always_written = !is_optional<Member>,
                                .type = &type_info<Member>()});
    });
    return info;
}

template <class T>
TypeInfo make_info() {
    using Kind = TypeInfo::Kind;
    if constexpr (HasTextForm<T>) {
        return {.kind = Kind::text, .format = TextForm<T>::format, .example = TextForm<T>::example};
    } else if constexpr (Described<T>) {
        return object_info<T>();
    } else if constexpr (DescribedEnum<T>) {
        TypeInfo info{.kind = Kind::enumeration, .name = std::string(type_name<T>)};
        for_each_enumerator<T>([&](T, std::string_view name) { info.enumerators.push_back(name); });
        return info;
    } else if constexpr (std::same_as<T, bool>) {
        return {.kind = Kind::boolean};
    } else if constexpr (std::is_integral_v<T>) {
        return {.kind = Kind::integer, .format = integer_format<T>()};
    } else if constexpr (std::is_floating_point_v<T>) {
        return {.kind = Kind::number, .format = "double"};
    } else if constexpr (is_vector<T>) {
        return {.kind = Kind::list, .element = &type_info<typename T::value_type>()};
    } else if constexpr (is_text_map<T>) {
        return {.kind = Kind::map, .element = &type_info<typename T::mapped_type>()};
    } else {
        static_assert(std::same_as<T, std::string>, "this type is not described");
        return {.kind = Kind::text};
    }
}

}  // namespace detail

/// The one TypeInfo of T; an optional's and a Raw's are those of what they hold.
template <class T>
const TypeInfo& type_info() {
    if constexpr (is_optional<T>) {
        return type_info<typename T::value_type>();
    } else if constexpr (!std::same_as<typename detail::UnwrapRaw<T>::type, T>) {
        return type_info<typename detail::UnwrapRaw<T>::type>();
    } else if constexpr (HasWireForm<T>) {
        return type_info<typename WireForm<T>::Wire>();
    } else {
        static const TypeInfo info = [] {
            auto made = detail::make_info<T>();
            made.identity = detail::identity_of<T>();
            return made;
        }();
        return info;
    }
}

}  // namespace kontor::describe
