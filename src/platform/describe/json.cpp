#include "platform/describe/json.hpp"

#include <array>

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

}  // namespace

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
    auto impl = std::make_unique<Impl>();
    bj::parse_options options;
    options.max_depth = 64;
    bj::stream_parser parser({}, options);
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

}  // namespace kontor::json
