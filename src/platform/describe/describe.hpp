#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include "base/clock.hpp"
#include "base/id.hpp"

/// One description of a struct, from which come JSON both ways, OpenAPI schemas, remote calls, SQL
/// rows, settings and GraphQL types:
///
///     struct RenameProduct {
///         ProductId product;
///         std::string name;
///
///         static constexpr auto describe() {
///             return described<RenameProduct>(
///                 "Gives a product another name.",
///                 field<&RenameProduct::product>("The product to rename."),
///                 field<&RenameProduct::name>("As shoppers read it.", {.min_length = 1,
///                 .max_length = 200}));
///         }
///     };
///
/// A field's name on the wire is the member's name. A member that is not described does not
/// compile.
namespace kontor::describe {

/// What a value must keep to, beside its type; checked when it is read, shown in every reference.
struct Limits {
    std::optional<std::int64_t> min{};        ///< Smallest number.
    std::optional<std::int64_t> max{};        ///< Largest number.
    std::optional<std::size_t> min_length{};  ///< Bytes of a text, entries of a list or map.
    std::optional<std::size_t> max_length{};  ///< Likewise; a list without one is held to 10,000.
    bool optional = false;       ///< May be left out; the member then keeps its default.
    std::string_view example{};  ///< As it stands in JSON.
};

namespace detail {

template <auto Pointer>
consteval std::string_view last_name() {
    constexpr std::string_view text = __PRETTY_FUNCTION__;  // "... [Pointer = &a::B::member]"
    constexpr auto end = text.rfind(']');
    constexpr auto begin = text.rfind("::", end) + 2;
    return text.substr(begin, end - begin);
}

template <class T>
consteval std::string_view bare_type_name() {
    constexpr std::string_view text = __PRETTY_FUNCTION__;  // "... [T = a::B]"
    constexpr auto end = text.rfind(']');
    constexpr auto colons = text.rfind("::", end);
    constexpr auto equals = text.rfind("= ", end);
    constexpr auto begin = colons == std::string_view::npos || colons < equals ? equals : colons;
    return text.substr(begin + 2, end - begin - 2);
}

template <class>
struct MemberPointer;
template <class C, class M>
struct MemberPointer<M C::*> {
    using Class = C;
    using Member = M;
};

}  // namespace detail

/// A described member: its pointer, name, meaning and limits.
template <auto Pointer>
struct Field {
    using Class = typename detail::MemberPointer<decltype(Pointer)>::Class;
    using Member = typename detail::MemberPointer<decltype(Pointer)>::Member;
    static constexpr auto pointer = Pointer;
    static constexpr std::string_view name = detail::last_name<Pointer>();

    std::string_view meaning;
    Limits limits;
};

template <auto Pointer>
constexpr Field<Pointer> field(std::string_view meaning, Limits limits = {}) {
    return {meaning, limits};
}

/// Values of distinct types, in order. What std::tuple does, for a tenth of the compiler's time,
/// which counts where every file knows hundreds of descriptions.
template <class... Parts>
struct Sequence : Parts... {
    static constexpr std::size_t size = sizeof...(Parts);

    /// Calls `visit` for each part, in order.
    template <class Visit>
    constexpr void for_each(Visit&& visit) const {
        (visit(static_cast<const Parts&>(*this)), ...);
    }
    /// Calls `use` with all parts.
    template <class Use>
    constexpr auto apply(Use&& use) const {
        return use(static_cast<const Parts&>(*this)...);
    }
};

/// A described struct: its meaning and its fields in the order of their declaration.
template <class T, class... Fields>
struct Description {
    std::string_view meaning;
    Sequence<Fields...> fields;
};

namespace detail {

/// Becomes whatever an aggregate's next member is.
struct AnyMember {
    template <class M>
    operator M&() const&& noexcept;
    template <class M>
    operator M&() const& noexcept;
};

/// Whether T has these members in this order and no more.
template <class T, class... Members>
concept ConsistsOf = requires { T{std::declval<Members>()...}; } &&
                     !requires { T{std::declval<Members>()..., std::declval<AnyMember>()}; };

}  // namespace detail

template <class T, auto... Pointers>
constexpr auto described(std::string_view meaning, Field<Pointers>... fields) {
    static_assert(detail::ConsistsOf<T, typename Field<Pointers>::Member...>,
                  "every member must be described, in order, or it would vanish silently");
    return Description<T, Field<Pointers>...>{meaning, {fields...}};
}

template <class T>
concept Described = requires { T::describe(); };

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

/// The bare name of a described type, as it stands in references: `Product`.
template <class T>
inline constexpr std::string_view type_name = detail::bare_type_name<T>();

/// Calls `visit(field)` for each field: `field.name`, `field.meaning`, `field.limits` and the
/// member pointer `field.pointer`.
template <Described T, class Visit>
constexpr void for_each_field(Visit&& visit) {
    T::describe().fields.for_each(visit);
}

template <DescribedEnum E, class Visit>
constexpr void for_each_enumerator(Visit&& visit) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto enumerator) { visit(enumerator.value, std::string_view(enumerator.name)); });
}

template <DescribedEnum E>
constexpr std::string_view enum_text(E value) {
    std::string_view text;
    for_each_enumerator<E>(
        [&](E known, std::string_view name) { text = known == value ? name : text; });
    return text;
}

template <DescribedEnum E>
constexpr std::optional<E> enum_from_text(std::string_view text) {
    std::optional<E> value;
    for_each_enumerator<E>([&](E known, std::string_view name) {
        value = name == text ? std::optional(known) : value;
    });
    return value;
}

/// How a value that is one text on the wire is written and read. Specialise for values of base/.
///
///     static void append(std::string& out, const T& value);
///     static std::expected<T, std::string> parse(std::string_view text);   // error: "must be ..."
///     static constexpr std::string_view format;    // OpenAPI format, or ""
///     static constexpr std::string_view example;
///     static bool readable(const T& value);        // optional: whether parse takes what append
///                                                  // writes; without it, always
template <class T>
struct TextForm;

template <class T>
concept HasTextForm =
    requires(std::string& out, const T& value) { TextForm<T>::append(out, value); };

/// For a value whose wire form is another described or built-in type:
///
///     using Wire = ...;
///     static Wire to(const T&);
///     static std::expected<T, std::string> from(const Wire&);
///     static std::size_t length(const T&);   // optional: of a list or map, for its limits
///     static bool readable(const T&);        // optional, as of a TextForm
template <class T>
struct WireForm;

template <class T>
concept HasWireForm = requires(const T& value) { WireForm<T>::to(value); };

template <class>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class>
inline constexpr bool is_text_map = false;
template <class T>
inline constexpr bool is_text_map<std::map<std::string, T>> = true;

template <class Tag>
struct TextForm<Id<Tag>> {
    static void append(std::string& out, const Id<Tag>& id) { out += to_text(id); }
    static std::expected<Id<Tag>, std::string> parse(std::string_view text) {
        const auto value = parse_id(Tag::prefix, text);
        if (!value) {
            return std::unexpected(value.error());
        }
        return Id<Tag>{*value};
    }
    static constexpr std::string_view format = "";
    static constexpr std::string_view example = Tag::prefix;
};

template <>
struct TextForm<Timestamp> {
    static void append(std::string& out, Timestamp at) { out += to_text(at); }
    static std::expected<Timestamp, std::string> parse(std::string_view text) {
        return parse_timestamp(text);
    }
    static constexpr std::string_view format = "date-time";
    static constexpr std::string_view example = "2026-11-23T20:55:42Z";
};

}  // namespace kontor::describe

namespace kontor {
using describe::described;
using describe::field;
}  // namespace kontor
