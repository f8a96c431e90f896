#include "platform/describe/sdl.hpp"

#include <stdexcept>

namespace kontor::describe {

namespace {

std::string description(std::string_view meaning, std::string_view indent) {
    // A quote at its end would be taken for one of the three that close it.
    const auto* apart = meaning.ends_with('"') ? " " : "";
    return meaning.empty() ? "" : fmt::format("{}\"\"\"{}{}\"\"\"\n", indent, meaning, apart);
}

/// GraphQL has no type without members.
bool is_empty_object(const TypeInfo& type) {
    return type.kind == TypeInfo::Kind::object && type.members.empty();
}

bool is_nullable(const TypeInfo::Member& member, Sdl::Direction direction) {
    return direction == Sdl::Direction::input ? member.optional : !member.always_written;
}

std::string definition_name(const TypeInfo& type, Sdl::Direction direction) {
    const bool input = direction == Sdl::Direction::input && type.kind == TypeInfo::Kind::object;
    return input ? type.name + "Input" : type.name;
}

}  // namespace

std::string camel_case(std::string_view snake_case) {
    std::string out;
    bool upper = false;
    for (const char c : snake_case) {
        if (c == '_') {
            upper = true;
            continue;
        }
        out.push_back(upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        upper = false;
    }
    return out;
}

std::string Sdl::reference(const TypeInfo& type, std::string_view member_name,
                           Direction direction) {
    switch (type.kind) {
        case TypeInfo::Kind::boolean:
            return "Boolean";
        case TypeInfo::Kind::integer:
            return type.format == "int32" ? "Int" : scalar("Long");  // Int has 32 bits and a sign
        case TypeInfo::Kind::number:
            return "Float";
        case TypeInfo::Kind::text:
            return member_name == "id" || member_name.ends_with("_id") ? "ID" : "String";
        case TypeInfo::Kind::list:
            return fmt::format("[{}!]", reference(*type.element, {}, direction));
        case TypeInfo::Kind::map:
            return scalar("JSON");
        case TypeInfo::Kind::enumeration:
        case TypeInfo::Kind::object:
            if (is_empty_object(type)) {
                return scalar("JSON");
            }
            add(type, direction);
            return definition_name(type, direction);
    }
    return {};
}

std::string Sdl::scalar(std::string name) {
    definitions_[name] = fmt::format("scalar {}\n", name);
    return name;
}

void Sdl::add(const TypeInfo& type, Direction direction) {
    const auto name = definition_name(type, direction);
    if (is_empty_object(type)) {
        return;
    }
    const auto [known, first_time] = identities_.try_emplace(name, type.identity);
    if (known->second != type.identity) {
        throw std::logic_error("two described types are called " + name);
    }
    if (!first_time) {
        return;
    }
    std::string body;
    if (type.kind == TypeInfo::Kind::enumeration) {
        for (const auto value : type.enumerators) {
            body += fmt::format("  {}\n", value);
        }
    }
    for (const auto& member : type.members) {
        body += description(member.meaning, "  ");
        body += fmt::format("  {}: {}{}\n", camel_case(member.name),
                            reference(*member.type, member.name, direction),
                            is_nullable(member, direction) ? "" : "!");
    }
    const auto* keyword = type.kind == TypeInfo::Kind::enumeration ? "enum"
                          : direction == Direction::input          ? "input"
                                                                   : "type";
    definitions_[name] =
        description(type.meaning, "") + fmt::format("{} {} {{\n{}}}\n", keyword, name, body);
}

std::string Sdl::text() const {
    std::string out;
    for (const auto& [name, definition] : definitions_) {
        out += definition + "\n";
    }
    return out;
}

}  // namespace kontor::describe
