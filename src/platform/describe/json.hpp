#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "platform/describe/describe.hpp"

/// JSON both ways from a description. Writing leaves out what is `nullopt`. Reading ignores members
/// it does not know, names every member at fault by its JSON pointer (20 at most), and holds each
/// value to its Limits.
namespace kontor {

/// JSON text that already has the shape of `T`: passed on without being read.
template <class T>
struct Raw {
    std::string json;
    bool operator==(const Raw&) const = default;
};

namespace json {

/// Appends `text` as a JSON string, quoted and escaped.
void append_string(std::string& out, std::string_view text);

/// Escapes what stands in `out` from `begin` on, where it needs it.
void escape_from(std::string& out, std::size_t begin);

/// One parsed JSON value; valid as long as its Document.
class Node {
public:
    enum class Kind { null, boolean, integer, number, string, array, object };

    explicit Node(const void* value) : value_(value) {}

    Kind kind() const;
    bool boolean() const;
    std::int64_t integer() const;                       ///< Unless it exceeds an int64.
    std::optional<std::uint64_t> beyond_int64() const;  ///< Of an integer that does.
    double number() const;
    std::string_view string() const;
    std::size_t size() const;                                          ///< Of an array or object.
    Node element(std::size_t index) const;                             ///< Of an array.
    std::optional<Node> member(std::string_view name) const;           ///< Of an object.
    std::pair<std::string_view, Node> entry(std::size_t index) const;  ///< Of an object.
    std::string text() const;                                          ///< The value as JSON again.

private:
    const void* value_;
};

/// A parsed text. At most 64 levels deep; a duplicate member's last value counts.
class Document {
public:
    /// Refuses: `malformed` with the position of the first error.
    static Result<Document> parse(std::string_view text);
    Document(Document&&) noexcept;
    Document& operator=(Document&&) noexcept;
    ~Document();
    Node root() const;

private:
    struct Impl;
    explicit Document(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Collects what is wrong with a value, and where.
class Problems {
public:
    static constexpr std::size_t reported_max = 20;

    void add(std::string message);
    bool any() const { return !errors_.empty(); }
    /// `invalid` with every collected error; its message repeats the first.
    Refusal refusal() &&;

    /// Says that the top-level member `name` was read from elsewhere (a path, a query).
    void mark_given(std::string_view name) { given_.push_back(name); }
    bool is_given(std::string_view name) const {
        return pointer_.empty() && std::ranges::find(given_, name) != given_.end();
    }

    /// Stands at a member or element of the current value while alive.
    class At {
    public:
        At(Problems& problems, std::string_view member);
        At(Problems& problems, std::size_t index);
        ~At() { problems_.pointer_.resize(length_); }
        At(const At&) = delete;
        At& operator=(const At&) = delete;

    private:
        Problems& problems_;
        std::size_t length_;
    };

private:
    std::string pointer_;
    std::vector<FieldError> errors_;
    std::vector<std::string_view> given_;
};

/// What the length of a value counts: the bytes of a text, the entries of a list or map.
enum class Counted { bytes, entries };

inline constexpr std::size_t entries_max_default = 10'000;

constexpr std::size_t shortest(const describe::Limits& limits) {
    return limits.min_length.value_or(0);
}
constexpr std::size_t longest(const describe::Limits& limits, Counted what) {
    return limits.max_length.value_or(what == Counted::entries ? entries_max_default : SIZE_MAX);
}

/// Refuses U+0000, which a text in JSON can hold but one in PostgreSQL cannot.
bool check_storable(std::string_view text, Problems& problems);

bool check_length(std::size_t length, const describe::Limits& limits, Counted what,
                  Problems& problems);

bool check_range(std::int64_t value, const describe::Limits& limits, Problems& problems);
bool check_range(std::uint64_t value, const describe::Limits& limits, Problems& problems);

/// The widest integer of T's sign.
template <std::integral T>
using Widest = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;

/// Holds a value that was read from elsewhere to the limits of its field.
template <class T>
bool check_limits(const T& value, const describe::Limits& limits, Problems& problems) {
    if constexpr (describe::is_optional<T>) {
        return !value || check_limits(*value, limits, problems);
    } else if constexpr (std::is_integral_v<T> && !std::same_as<T, bool>) {
        return check_range(Widest<T>{value}, limits, problems);
    } else if constexpr (std::same_as<T, std::string>) {
        return check_length(value.size(), limits, Counted::bytes, problems);
    } else if constexpr (describe::is_vector<T>) {
        return check_length(value.size(), limits, Counted::entries, problems);
    } else if constexpr (requires { describe::WireForm<T>::length(value); }) {
        return check_length(describe::WireForm<T>::length(value), limits, Counted::entries,
                            problems);
    } else {
        return true;
    }
}

template <class T>
void write(std::string& out, const T& value);

template <class T>
bool read(Node node, T& out, const describe::Limits& limits, Problems& problems);

/// How values of one type are written and read, the type itself forgotten.
struct ValueForm {
    void (*write)(std::string& out, const void* value);
    bool (*read)(Node node, void* out, const describe::Limits& limits, Problems& problems);
    bool (*is_absent)(const void* value);  ///< Whether it is left out; null: never.
};

/// A described member of an object whose type is forgotten.
struct MemberForm {
    std::string_view name;
    describe::Limits limits;
    bool may_be_absent;  ///< From its object, when that is read.
    void* (*of)(void* object);
    const ValueForm* value;
};

/// Objects are walked over by these tables, so that the walk is compiled once and not once for each
/// type in each file that knows it; a member costs two calls by pointer.
void write_members(std::string& out, const void* object, std::span<const MemberForm> members);
bool read_members(Node node, void* out, std::span<const MemberForm> members, Problems& problems);

/// Names every member that is required and was not given, where there is no body to read.
void check_given(std::span<const MemberForm> members, Problems& problems);

namespace detail {

template <class T>
void write_value(std::string& out, const void* value) {
    write(out, *static_cast<const T*>(value));
}
template <class T>
bool read_value(Node node, void* out, const describe::Limits& limits, Problems& problems) {
    return read(node, *static_cast<T*>(out), limits, problems);
}
template <class T>
bool is_absent(const void* value) {
    return !*static_cast<const T*>(value);
}
template <class T>
inline constexpr ValueForm value_form{write_value<T>, read_value<T>, nullptr};
template <class T>
inline constexpr ValueForm value_form<std::optional<T>>{
    write_value<std::optional<T>>, read_value<std::optional<T>>, is_absent<std::optional<T>>};

template <auto Pointer>
void* member_of(void* object) {
    return &(static_cast<typename describe::Field<Pointer>::Class*>(object)->*Pointer);
}

}  // namespace detail

/// Whether a member may be left out of its object.
template <class Member>
constexpr bool may_be_absent(const describe::Limits& limits) {
    constexpr bool many = describe::is_vector<Member> || describe::is_text_map<Member>;
    return describe::is_optional<Member> || limits.optional || (many && !limits.min_length);
}

template <class Field>
constexpr MemberForm member_form(const Field& field) {
    using Member = typename Field::Member;
    return {.name = Field::name,
            .limits = field.limits,
            .may_be_absent = may_be_absent<Member>(field.limits),
            .of = detail::member_of<Field::pointer>,
            .value = &detail::value_form<Member>};
}

/// The members of a described type.
template <describe::Described T>
inline constexpr auto members_of = T::describe().fields.apply([](const auto&... fields) {
    return std::array<MemberForm, sizeof...(fields)>{member_form(fields)...};
});

void append_integer(std::string& out, std::int64_t value);
void append_integer(std::string& out, std::uint64_t value);
void append_number(std::string& out, double value);

template <class Range, class Each>
void write_separated(std::string& out, const Range& range, Each&& each) {
    bool first = true;
    for (const auto& entry : range) {
        if (!first) {
            out.push_back(',');
        }
        first = false;
        each(entry);
    }
}

/// Appends `value` as compact JSON.
template <class T>
void write(std::string& out, const T& value) {
    if constexpr (describe::is_optional<T>) {
        value ? write(out, *value) : void(out.append("null"));
    } else if constexpr (describe::HasWireForm<T>) {
        write(out, describe::WireForm<T>::to(value));
    } else if constexpr (describe::HasTextForm<T>) {
        out.push_back('"');
        const auto begin = out.size();
        describe::TextForm<T>::append(out, value);
        escape_from(out, begin);
        out.push_back('"');
    } else if constexpr (requires { value.json; }) {
        out.append(value.json);
    } else if constexpr (describe::Described<T>) {
        write_members(out, &value, members_of<T>);
    } else if constexpr (describe::DescribedEnum<T>) {
        append_string(out, describe::enum_text(value));
    } else if constexpr (std::same_as<T, bool>) {
        out.append(value ? "true" : "false");
    } else if constexpr (std::integral<T>) {
        append_integer(out, Widest<T>{value});
    } else if constexpr (std::floating_point<T>) {
        append_number(out, value);
    } else if constexpr (describe::is_vector<T>) {
        out.push_back('[');
        write_separated(out, value, [&](const auto& entry) { write(out, entry); });
        out.push_back(']');
    } else if constexpr (describe::is_text_map<T>) {
        out.push_back('{');
        write_separated(out, value, [&](const auto& entry) {
            append_string(out, entry.first);
            out.push_back(':');
            write(out, entry.second);
        });
        out.push_back('}');
    } else {
        static_assert(std::convertible_to<T, std::string_view>, "this type has no JSON form");
        append_string(out, value);
    }
}

/// Where it does not match, says that it must be `wanted`.
bool expect(bool matches, std::string_view wanted, Node node, Problems& problems);

template <class T>
bool read_list(Node node, std::vector<T>& out, const describe::Limits& limits, Problems& problems) {
    if (!expect(node.kind() == Node::Kind::array, "a list", node, problems) ||
        !check_length(node.size(), limits, Counted::entries, problems)) {
        return false;
    }
    bool good = true;
    out.clear();
    out.reserve(node.size());
    for (std::size_t i = 0; i < node.size(); ++i) {
        const Problems::At at(problems, i);
        good = read(node.element(i), out.emplace_back(), {}, problems) && good;
    }
    return good;
}

template <class T>
bool read_map(Node node, std::map<std::string, T>& out, const describe::Limits& limits,
              Problems& problems) {
    if (!expect(node.kind() == Node::Kind::object, "an object", node, problems) ||
        !check_length(node.size(), limits, Counted::entries, problems)) {
        return false;
    }
    bool good = true;
    out.clear();
    for (std::size_t i = 0; i < node.size(); ++i) {
        const auto [name, value] = node.entry(i);
        const Problems::At at(problems, name);
        good = check_storable(name, problems) &&
               read(value, out[std::string(name)], {}, problems) && good;
    }
    return good;
}

template <class T>
bool accept(std::expected<T, std::string> parsed, T& out, Problems& problems) {
    if (!parsed) {
        problems.add(std::move(parsed).error());
        return false;
    }
    out = *std::move(parsed);
    return true;
}

/// A whole number from `least` to `most`, or nothing.
std::optional<std::int64_t> read_integer(Node node, std::int64_t least, std::int64_t most,
                                         const describe::Limits& limits, Problems& problems);
/// The same from 0 to `most`.
std::optional<std::uint64_t> read_integer(Node node, std::uint64_t most,
                                          const describe::Limits& limits, Problems& problems);
std::optional<double> read_number(Node node, Problems& problems);

template <class T>
auto read_arithmetic(Node node, const describe::Limits& limits, Problems& problems) {
    using Range = std::numeric_limits<T>;
    if constexpr (std::floating_point<T>) {
        return read_number(node, problems);
    } else if constexpr (std::is_signed_v<T>) {
        return read_integer(node, Range::min(), Range::max(), limits, problems);
    } else {
        return read_integer(node, Range::max(), limits, problems);
    }
}

/// The text of a described enum's values, for messages: `one of red, green`.
template <describe::DescribedEnum E>
std::string one_of() {
    std::string text;
    describe::for_each_enumerator<E>([&](E, std::string_view name) {
        text += text.empty() ? "must be one of " : ", ";
        text += name;
    });
    return text;
}

template <class T>
std::expected<T, std::string> parse_enum(std::string_view text) {
    if (const auto value = describe::enum_from_text<T>(text)) {
        return *value;
    }
    return std::unexpected(one_of<T>() + ", not \"" + std::string(text.substr(0, 60)) + "\"");
}

/// Reads `node` into `out`; false if something was wrong, which `problems` then names.
template <class T>
bool read(Node node, T& out, const describe::Limits& limits, Problems& problems) {
    const auto is_text = [&] {
        return expect(node.kind() == Node::Kind::string, "a text", node, problems) &&
               check_storable(node.string(), problems);
    };
    if constexpr (describe::is_optional<T>) {
        if (node.kind() == Node::Kind::null) {  // an entry of a list of optional ones
            out.reset();
            return true;
        }
        return read(node, out.emplace(), limits, problems);
    } else if constexpr (describe::HasWireForm<T>) {
        typename describe::WireForm<T>::Wire wire{};
        return read(node, wire, limits, problems) &&
               accept(describe::WireForm<T>::from(wire), out, problems) &&
               check_limits(out, limits, problems);
    } else if constexpr (describe::HasTextForm<T>) {
        return is_text() && accept(describe::TextForm<T>::parse(node.string()), out, problems);
    } else if constexpr (requires { out.json; }) {
        out.json = node.text();
        return true;
    } else if constexpr (describe::Described<T>) {
        return read_members(node, &out, members_of<T>, problems);
    } else if constexpr (describe::DescribedEnum<T>) {
        return is_text() && accept(parse_enum<T>(node.string()), out, problems);
    } else if constexpr (std::same_as<T, bool>) {
        const bool good =
            expect(node.kind() == Node::Kind::boolean, "true or false", node, problems);
        out = good && node.boolean();
        return good;
    } else if constexpr (std::is_arithmetic_v<T>) {
        const auto number = read_arithmetic<T>(node, limits, problems);
        out = number ? static_cast<T>(*number) : out;
        return number.has_value();
    } else if constexpr (describe::is_vector<T>) {
        return read_list(node, out, limits, problems);
    } else if constexpr (describe::is_text_map<T>) {
        return read_map(node, out, limits, problems);
    } else {
        static_assert(std::same_as<T, std::string>, "this type has no JSON form");
        if (!is_text() || !check_length(node.string().size(), limits, Counted::bytes, problems)) {
            return false;
        }
        out = node.string();
        return true;
    }
}

}  // namespace json

/// `value` as compact JSON.
template <class T>
std::string to_json(const T& value) {
    std::string out;
    json::write(out, value);
    return out;
}

/// Reads a T. Refuses: `malformed` (not JSON), `invalid` (names each member at fault).
template <class T>
Result<T> from_json(std::string_view text) {
    const auto document = TRY_NOW(json::Document::parse(text));
    T value{};
    json::Problems problems;
    if (!json::read(document.root(), value, {}, problems)) {
        return std::unexpected(std::move(problems).refusal());
    }
    return value;
}

}  // namespace kontor
