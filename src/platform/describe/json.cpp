#include "platform/describe/json.hpp"

#include <array>
#include <charconv>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/stream_parser.hpp>
#include <boost/json/value.hpp>

namespace kontor::json {

namespace bj = boost::json;

namespace {

const bj::value& as_value(const void* value) {
    return *static_cast<const bj::value*>(value);
}

constexpr auto needs_escape = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c) {
        table[c] = true;
    }
    table['"'] = table['\\'] = true;
    return table;
}();

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
    }
}

template <class Number>
void append_digits(std::string& out, Number value) {
    std::array<char, 24> digits;
    out.append(digits.data(), std::to_chars(digits.begin(), digits.end(), value).ptr);
}

template <class Integer>
bool in_range(Integer value, const describe::Limits& limits, Problems& problems) {
    if (limits.min && std::cmp_less(value, *limits.min)) {
        problems.add(fmt::format("is {}: must be at least {}", value, *limits.min));
        return false;
    }
    if (limits.max && std::cmp_greater(value, *limits.max)) {
        problems.add(fmt::format("is {}: must be at most {}", value, *limits.max));
        return false;
    }
    return true;
}

/// What is whole in `node`, if it is a `Wanted` within its limits.
template <class Wanted>
std::optional<Wanted> whole_number(Node node, Wanted least, Wanted most,
                                   const describe::Limits& limits, Problems& problems) {
    if (!expect(node.kind() == Node::Kind::integer, "a whole number", node, problems)) {
        return std::nullopt;
    }
    const auto take = [&](auto value) -> std::optional<Wanted> {
        if (!in_range(value, limits, problems)) {
            return std::nullopt;
        }
        if (std::cmp_less(value, least) || std::cmp_greater(value, most)) {
            problems.add(fmt::format("{} is out of range", value));
            return std::nullopt;
        }
        return static_cast<Wanted>(value);
    };
    const auto large = node.beyond_int64();
    return large ? take(*large) : take(node.integer());
}

}  // namespace

void append_integer(std::string& out, std::int64_t value) {
    append_digits(out, value);
}
void append_integer(std::string& out, std::uint64_t value) {
    append_digits(out, value);
}
void append_number(std::string& out, double value) {
    fmt::format_to(std::back_inserter(out), "{}", value);
}

void append_string(std::string& out, std::string_view text) {
    out.push_back('"');
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (needs_escape[static_cast<unsigned char>(text[i])]) {
            out.append(text, copied, i - copied);
            append_escaped(out, text[i]);
            copied = i + 1;
        }
    }
    out.append(text, copied);
    out.push_back('"');
}

void escape_from(std::string& out, std::size_t begin) {
    const auto escapes = [](char c) { return needs_escape[static_cast<unsigned char>(c)]; };
    if (std::none_of(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), escapes)) {
        return;
    }
    const auto plain = out.substr(begin);
    out.resize(begin - 1);
    append_string(out, plain);
    out.pop_back();
}

Node::Kind Node::kind() const {
    switch (as_value(value_).kind()) {
        case bj::kind::null:
            return Kind::null;
        case bj::kind::bool_:
            return Kind::boolean;
        case bj::kind::int64:
        case bj::kind::uint64:
            return Kind::integer;
        case bj::kind::double_:
            return Kind::number;
        case bj::kind::string:
            return Kind::string;
        case bj::kind::array:
            return Kind::array;
        case bj::kind::object:
            return Kind::object;
    }
    return Kind::null;
}

bool Node::boolean() const {
    return as_value(value_).get_bool();
}
std::int64_t Node::integer() const {
    return as_value(value_).get_int64();
}
std::optional<std::uint64_t> Node::beyond_int64() const {
    const auto* value = as_value(value_).if_uint64();
    return value == nullptr ? std::nullopt : std::optional(*value);
}
double Node::number() const {
    return as_value(value_).to_number<double>();
}
std::string_view Node::string() const {
    const auto& text = as_value(value_).get_string();
    return {text.data(), text.size()};
}

std::size_t Node::size() const {
    const auto& value = as_value(value_);
    return value.is_array() ? value.get_array().size() : value.get_object().size();
}

Node Node::element(std::size_t index) const {
    return Node(&as_value(value_).get_array()[index]);
}

std::optional<Node> Node::member(std::string_view name) const {
    const auto* found = as_value(value_).get_object().if_contains({name.data(), name.size()});
    return found == nullptr ? std::nullopt : std::optional(Node(found));
}

std::pair<std::string_view, Node> Node::entry(std::size_t index) const {
    const auto& pair = *(as_value(value_).get_object().begin() + index);
    return {{pair.key().data(), pair.key().size()}, Node(&pair.value())};
}

std::string Node::text() const {
    return bj::serialize(as_value(value_));
}

struct Document::Impl {
    std::array<unsigned char, 4096> buffer;
    bj::monotonic_resource memory{buffer.data(), buffer.size()};
    std::optional<bj::value> root;
};

Document::Document(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document> Document::parse(std::string_view text) {
    auto impl = std::make_unique_for_overwrite<Impl>();
    bj::parse_options options;
    options.max_depth = 64;
    std::array<unsigned char, 4096> unfinished;
    bj::stream_parser parser({}, options, unfinished.data(), unfinished.size());
    parser.reset(&impl->memory);
    boost::system::error_code error;
    auto read = parser.write_some(text.data(), text.size(), error);
    if (!error && read == text.size()) {
        parser.finish(error);
    }
    if (error || !parser.done() || read != text.size()) {
        return refuse(refusals::malformed, "not JSON at byte {}: {}", read,
                      error ? error.message() : "something follows the value");
    }
    impl->root.emplace(parser.release());
    return Document(std::move(impl));
}

Node Document::root() const {
    return Node(&*impl_->root);
}

void Problems::add(std::string message) {
    if (errors_.size() < reported_max) {
        errors_.push_back({pointer_, std::move(message)});
    }
}

Refusal Problems::refusal() && {
    const auto& first = errors_.front();
    auto made =
        kontor::refusal(refusals::invalid, "{}{}{}",
                        first.pointer.empty() ? "the body" : first.pointer, " ", first.message);
    made.errors = std::move(errors_);
    return made;
}

Problems::At::At(Problems& problems, std::string_view member)
    : problems_(problems), length_(problems.pointer_.size()) {
    problems_.pointer_.push_back('/');
    for (const char c : member) {  // RFC 6901, section 3
        c == '~'   ? problems_.pointer_.append("~0")
        : c == '/' ? problems_.pointer_.append("~1")
                   : problems_.pointer_.append(1, c);
    }
}

Problems::At::At(Problems& problems, std::size_t index)
    : problems_(problems), length_(problems.pointer_.size()) {
    fmt::format_to(std::back_inserter(problems_.pointer_), "/{}", index);
}

bool check_storable(std::string_view text, Problems& problems) {
    const bool storable = !text.contains('\0');
    if (!storable) {
        problems.add("must not contain the character U+0000");
    }
    return storable;
}

bool check_range(std::int64_t value, const describe::Limits& limits, Problems& problems) {
    return in_range(value, limits, problems);
}
bool check_range(std::uint64_t value, const describe::Limits& limits, Problems& problems) {
    return in_range(value, limits, problems);
}

bool check_length(std::size_t length, const describe::Limits& limits, Counted what,
                  Problems& problems) {
    const auto min = shortest(limits);
    const auto max = longest(limits, what);
    if (length >= min && length <= max) {
        return true;
    }
    const auto* unit = what == Counted::entries ? "entries" : "bytes";
    problems.add(length < min
                     ? fmt::format("has {} {}: at least {} are needed", length, unit, min)
                     : fmt::format("has {} {}: at most {} are allowed", length, unit, max));
    return false;
}

bool expect(bool matches, std::string_view wanted, Node node, Problems& problems) {
    if (!matches) {
        problems.add(fmt::format("must be {}, not {}", wanted, node.text().substr(0, 60)));
    }
    return matches;
}

std::optional<std::int64_t> read_integer(Node node, std::int64_t least, std::int64_t most,
                                         const describe::Limits& limits, Problems& problems) {
    return whole_number(node, least, most, limits, problems);
}

std::optional<std::uint64_t> read_integer(Node node, std::uint64_t most,
                                          const describe::Limits& limits, Problems& problems) {
    return whole_number(node, std::uint64_t{0}, most, limits, problems);
}

std::optional<double> read_number(Node node, Problems& problems) {
    const bool numeric = node.kind() == Node::Kind::integer || node.kind() == Node::Kind::number;
    return expect(numeric, "a number", node, problems) ? std::optional(node.number())
                                                       : std::nullopt;
}

void write_members(std::string& out, const void* object, std::span<const MemberForm> members) {
    out.push_back('{');
    const auto begin = out.size();
    for (const auto& member : members) {
        const void* value = member.of(const_cast<void*>(object));  // only its address is taken
        if (member.value->is_absent != nullptr && member.value->is_absent(value)) {
            continue;
        }
        if (out.size() != begin) {
            out.push_back(',');
        }
        out.push_back('"');
        out.append(member.name);
        out.append("\":");
        member.value->write(out, value);
    }
    out.push_back('}');
}

bool read_members(Node node, void* out, std::span<const MemberForm> members, Problems& problems) {
    if (!expect(node.kind() == Node::Kind::object, "an object", node, problems)) {
        return false;
    }
    bool good = true;
    for (const auto& member : members) {
        if (problems.is_given(member.name)) {
            continue;
        }
        const Problems::At at(problems, member.name);
        const auto found = node.member(member.name);
        if (found && found->kind() != Node::Kind::null) {
            good = member.value->read(*found, member.of(out), member.limits, problems) && good;
        } else if (!member.may_be_absent) {
            problems.add("is required");
            good = false;
        }
    }
    return good;
}

void check_given(std::span<const MemberForm> members, Problems& problems) {
    for (const auto& member : members) {
        if (!member.may_be_absent && !problems.is_given(member.name)) {
            const Problems::At at(problems, member.name);
            problems.add("is required");
        }
    }
}

}  // namespace kontor::json
