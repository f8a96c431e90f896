#include "platform/describe/markdown.hpp"

#include <set>

namespace kontor::describe {

namespace {

using Kind = TypeInfo::Kind;

/// `2 to 7`, `at least 2`, `at most 7`; empty where there is neither.
template <class Number>
std::string range_words(const std::optional<Number>& min, const std::optional<Number>& max) {
    if (min && max) {
        return *min == *max ? fmt::format("{}", *min) : fmt::format("{} to {}", *min, *max);
    }
    return min   ? fmt::format("at least {}", *min)
           : max ? fmt::format("at most {}", *max)
                 : std::string();
}

std::string counted(std::string range, std::string_view what) {
    return range.empty() ? range : fmt::format("{} {}", range, what);
}

std::string enumerators(const TypeInfo& type) {
    return fmt::format("`{}`", fmt::join(type.enumerators, "`, `"));
}

}  // namespace

std::string anchor(std::string_view heading) {
    std::string out;
    for (const char c : heading) {
        if (c >= 'A' && c <= 'Z') {
            out.push_back(static_cast<char>(c - 'A' + 'a'));
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
            out.push_back(c);
        } else if (c == ' ') {
            out.push_back('-');
        }
    }
    return out;
}

std::string limits_words(const TypeInfo& type, const Limits& limits) {
    switch (type.kind) {
        case Kind::integer:
        case Kind::number:
            return range_words(limits.min, limits.max);
        case Kind::text:
            return counted(range_words(limits.min_length, limits.max_length), "bytes");
        case Kind::list:
        case Kind::map:
            return counted(range_words(limits.min_length, limits.max_length), "entries");
        default:
            return {};
    }
}

std::string cell(const TypeInfo::Member& member) {
    std::string out;
    for (const char c : member.meaning) {
        out += c == '|' ? "\\|" : std::string(1, c);
    }
    const auto limits = limits_words(*member.type, member.limits);
    return limits.empty() ? out : fmt::format("{} *{}*", out, limits);
}

std::string Markdown::words(const TypeInfo& type) {
    switch (type.kind) {
        case Kind::boolean:
            return "true or false";
        case Kind::integer:
            return "integer";
        case Kind::number:
            return "number";
        case Kind::text:
            return type.format.empty() ? "text" : std::string(type.format);
        case Kind::list:
            return fmt::format("list of {}", words(*type.element));
        case Kind::map:
            return fmt::format("{} by name", words(*type.element));
        case Kind::enumeration:
            return enumerators(type);
        case Kind::object:
            used_.emplace(type.name, &type);
            return fmt::format("[{}](#{})", type.name, anchor(type.name));
    }
    return {};
}

std::string Markdown::table(const std::vector<const TypeInfo::Member*>& members) {
    std::string out = "| Member | Type | Meaning |\n|---|---|---|\n";
    for (const auto* member : members) {
        out += fmt::format("| `{}`{} | {} | {} |\n", member->name, member->optional ? "?" : "",
                           words(*member->type), cell(*member));
    }
    return out;
}

std::string Markdown::table(const TypeInfo& object) {
    std::vector<const TypeInfo::Member*> members;
    for (const auto& member : object.members) {
        members.push_back(&member);
    }
    return members.empty() ? "It has no members of its own.\n" : table(members);
}

std::string Markdown::types() {
    // A table may refer to types that nothing else does: until no new ones turn up.
    std::map<std::string, std::string> sections;
    while (sections.size() < used_.size()) {
        for (const auto& [name, type] : std::map(used_)) {
            if (!sections.contains(name)) {
                sections[name] =
                    fmt::format("### {}\n\n{}\n\n{}", name, type->meaning, table(*type));
            }
        }
    }
    std::string out;
    for (const auto& [name, section] : sections) {
        out += fmt::format("{}{}", out.empty() ? "" : "\n", section);
    }
    return out;
}

}  // namespace kontor::describe
