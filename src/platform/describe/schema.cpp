#include "platform/describe/schema.hpp"

#include <stdexcept>

namespace kontor::describe {

namespace {

void append_member(std::string& out, std::string_view name, std::string_view json) {
    if (out.size() > 1) {
        out.push_back(',');
    }
    json::append_string(out, name);
    out.push_back(':');
    out.append(json);
}

void append_text(std::string& out, std::string_view name, std::string_view text) {
    if (!text.empty()) {
        std::string quoted;
        json::append_string(quoted, text);
        append_member(out, name, quoted);
    }
}

template <class Number>
void append_limit(std::string& out, std::string_view name, const std::optional<Number>& limit) {
    if (limit) {
        append_member(out, name, fmt::format("{}", *limit));
    }
}

void append_value_keywords(std::string& out, const TypeInfo& type, const Limits& limits) {
    using Kind = TypeInfo::Kind;
    constexpr std::string_view names[] = {"boolean", "integer", "number", "string",
                                          "string",  "array",   "object", "object"};
    append_text(out, "type", names[static_cast<int>(type.kind)]);
    append_text(out, "format", type.format);
    if (type.kind == Kind::integer) {
        append_limit(out, "minimum", limits.min);
        append_limit(out, "maximum", limits.max);
    } else if (type.kind == Kind::text) {
        append_limit(out, "minLength", limits.min_length);
        append_limit(out, "maxLength", limits.max_length);
    } else if (type.kind == Kind::list) {
        append_limit(out, "minItems", limits.min_length);
        append_limit(out, "maxItems", limits.max_length);
    }
}

}  // namespace

std::string Schemas::of(const TypeInfo& type, const Limits& limits, std::string_view meaning) {
    using Kind = TypeInfo::Kind;
    if (type.kind == Kind::object || type.kind == Kind::enumeration) {
        return reference(type, meaning);
    }
    std::string out = "{";
    append_value_keywords(out, type, limits);
    if (type.kind == Kind::list) {
        append_member(out, "items", of(*type.element));
    } else if (type.kind == Kind::map) {
        append_member(out, "additionalProperties", of(*type.element));
    }
    append_text(out, "description", meaning);
    if (!limits.example.empty()) {
        append_member(out, "examples", fmt::format("[{}]", limits.example));
    }
    return out + "}";
}

std::string Schemas::reference(const TypeInfo& type, std::string_view meaning) {
    const auto [known, first_time] = identities_.try_emplace(type.name, type.identity);
    if (known->second != type.identity) {
        throw std::logic_error("two described types are called " + type.name);
    }
    if (first_time) {
        components_[type.name] = object(type);
    }
    std::string out = "{";
    append_text(out, "$ref", "#/components/schemas/" + type.name);
    append_text(out, "description", meaning);
    return out + "}";
}

std::string Schemas::object(const TypeInfo& type) {
    std::string out = "{";
    append_text(out, "type", type.kind == TypeInfo::Kind::object ? "object" : "string");
    append_text(out, "description", type.meaning);
    if (type.kind == TypeInfo::Kind::enumeration) {
        append_member(
            out, "enum",
            to_json(std::vector<std::string>(type.enumerators.begin(), type.enumerators.end())));
        return out + "}";
    }
    std::string properties = "{";
    std::vector<std::string> required;
    for (const auto& member : type.members) {
        append_member(properties, member.name, of(*member.type, member.limits, member.meaning));
        if (!member.optional) {
            required.emplace_back(member.name);
        }
    }
    append_member(out, "properties", properties + "}");
    if (!required.empty()) {
        append_member(out, "required", to_json(required));
    }
    return out + "}";
}

}  // namespace kontor::describe
