#include "platform/rest/openapi.hpp"

#include <algorithm>
#include <map>

#include "platform/describe/schema.hpp"
#include "platform/problem.hpp"
#include "platform/rest/route_parts.hpp"

namespace kontor::rest {

namespace {

using describe::TypeInfo;

/// The group of the routes that no service owns.
constexpr std::string_view fixed_tag = "server";

std::string json_text(std::string_view text) {
    std::string out;
    json::append_string(out, text);
    return out;
}

/// A JSON object under construction; values are JSON already.
class Object {
public:
    Object& add(std::string_view name, std::string_view value) {
        text_ += (text_.size() > 1 ? "," : "") + json_text(name) + ":";
        text_ += value;
        return *this;
    }
    std::string done() const { return text_ + "}"; }

private:
    std::string text_ = "{";
};

std::string list(const std::vector<std::string>& values) {
    return fmt::format("[{}]", fmt::join(values, ","));
}

std::string parameter(const Parameter& part, describe::Schemas& schemas) {
    const auto& member = *part.member;
    Object object;
    object.add("name", json_text(part.name)).add("in", json_text(part.where));
    object.add("required", part.required ? "true" : "false");
    object.add("description", json_text(member.meaning));
    if (member.type->kind == TypeInfo::Kind::map) {
        object.add("style", json_text("deepObject")).add("explode", "true");
    } else if (member.type->kind == TypeInfo::Kind::list) {
        object.add("style", json_text("form")).add("explode", "false");
    }
    return object.add("schema", schemas.of(*member.type, member.limits)).done();
}

/// The request as a component where the body holds all of it, or else an inline schema.
std::string body_schema(const Route& route, describe::Schemas& schemas) {
    const auto members = body_members(route);
    if (members.size() == route.operation.request->members.size()) {
        return schemas.of(*route.operation.request);
    }
    Object properties;
    std::vector<std::string> required;
    for (const auto* member : members) {
        properties.add(member->name, schemas.of(*member->type, member->limits, member->meaning));
        if (!member->optional) {
            required.push_back(json_text(member->name));
        }
    }
    Object schema;
    schema.add("type", json_text("object")).add("properties", properties.done());
    if (!required.empty()) {
        schema.add("required", list(required));
    }
    return schema.done();
}

std::string content(std::string_view type, std::string_view schema) {
    return Object().add(type, Object().add("schema", schema).done()).done();
}

std::string problem(std::string_view meaning, describe::Schemas& schemas) {
    return Object()
        .add("description", json_text(meaning))
        .add("content",
             content("application/problem+json", schemas.of(describe::type_info<Problem>())))
        .done();
}

/// The header fields of the answer that a client may want to keep.
std::string headers(const Route& route) {
    const auto& members = route.operation.reply->members;
    const auto has = [&](std::string_view name) {
        return std::ranges::find(members, name, &TypeInfo::Member::name) != members.end();
    };
    const auto text = [](std::string_view meaning) {
        return Object()
            .add("description", json_text(meaning))
            .add("schema", R"({"type":"string"})")
            .done();
    };
    Object all;
    if (has("version") || route.extra.cache_control != "no-store") {
        all.add("ETag", text("Of this version, for If-Match and If-None-Match."));
    }
    if (route.extra.status == 201 && has("id")) {
        all.add("Location", text("Path of what was made."));
    }
    if (route.extra.preference == Preference::return_minimal) {
        all.add("Preference-Applied", text("`return=minimal` where that was asked for."));
    }
    return all.done();
}

std::string responses(const Route& route, describe::Schemas& schemas) {
    Object done;
    done.add("description", json_text(route.operation.reply->meaning));
    if (const auto fields = headers(route); fields != "{}") {
        done.add("headers", fields);
    }
    done.add("content", content("application/json", schemas.of(*route.operation.reply)));
    Object all;
    all.add(std::to_string(route.extra.status), done.done());
    for (const auto& [status, kinds] : refusals_of(route)) {
        std::vector<std::string> texts;
        for (const auto& kind : kinds) {
            texts.push_back(fmt::format("`{}`: {}", kind.code, kind.meaning));
        }
        all.add(std::to_string(status), problem(fmt::format("{}", fmt::join(texts, " ")), schemas));
    }
    return all.done();
}

std::string sentence_head(std::string_view text) {
    return std::string(text.substr(0, std::min(text.find(". "), text.find_last_of('.'))));
}

std::string upload_body(const Upload& upload) {
    Object kinds;
    for (const auto type : upload.media_types) {
        kinds.add(type, R"({"schema":{"type":"string","contentMediaType":"text/plain"}})");
    }
    return Object()
        .add("required", "true")
        .add("description", json_text(fmt::format("At most {} bytes.", upload.bytes_max)))
        .add("content", kinds.done())
        .done();
}

std::string request_body(const Route& route, describe::Schemas& schemas) {
    if (route.upload) {
        return upload_body(*route.upload);
    }
    const auto members = body_members(route);
    const bool required =
        std::ranges::any_of(members, [](const auto* member) { return !member->optional; });
    return Object()
        .add("required", required ? "true" : "false")
        .add("content", content("application/json", body_schema(route, schemas)))
        .done();
}

std::string operation(const Route& route, describe::Schemas& schemas) {
    Object object;
    const auto summary =
        route.extra.summary.empty() ? route.operation.meaning : route.extra.summary;
    std::vector<std::string> parameters;
    for (const auto& part : parameters_of(route)) {
        parameters.push_back(parameter(part, schemas));
    }
    object.add("operationId",
               json_text(fmt::format("{}_{}", route.operation.service, route.operation.name)));
    object.add("summary", json_text(sentence_head(summary)));
    object.add("description", json_text(route.operation.meaning));
    object.add("tags", list({json_text(route.operation.service)}));
    object.add("parameters", list(parameters));
    if (takes_body(route.method)) {
        object.add("requestBody", request_body(route, schemas));
    }
    object.add("security",
               route.scope == Scope::staff ? R"([{"staff":[]}])" : R"([{},{"guest":[]}])");
    return object.add("responses", responses(route, schemas)).done();
}

std::string operation(const FixedRoute& route, describe::Schemas& schemas) {
    const auto body = route.reply == nullptr
                          ? content("text/plain", R"({"type":"string"})")
                          : content("application/json", schemas.of(route.reply()));
    Object answers;
    answers.add("200",
                Object().add("description", json_text(route.meaning)).add("content", body).done());
    answers.add("400", problem(refusals::malformed.meaning, schemas));
    if (!route.unavailable.empty()) {
        answers.add(
            "503",
            Object().add("description", json_text(route.unavailable)).add("content", body).done());
    }
    return Object()
        .add("operationId", json_text(route.name))
        .add("summary", json_text(sentence_head(route.meaning)))
        .add("description", json_text(route.meaning))
        .add("tags", list({json_text(fixed_tag)}))
        .add("security", "[]")
        .add("responses", answers.done())
        .done();
}

std::string components(const describe::Schemas& schemas) {
    Object types;
    for (const auto& [name, schema] : schemas.components()) {
        types.add(name, schema);
    }
    constexpr std::string_view security =
        R"({"staff":{"type":"http","scheme":"bearer","description":"The staff token."},)"
        R"("guest":{"type":"http","scheme":"bearer","description":)"
        R"("The secret that a new cart answers with; opens that cart and its order."}})";
    return Object().add("schemas", types.done()).add("securitySchemes", security).done();
}

std::string tags(const Table& table) {
    std::map<std::string_view, std::string_view> meanings;
    for (const auto& route : table.routes()) {
        meanings.emplace(route.operation.service, route.operation.service_meaning);
    }
    meanings.emplace(fixed_tag, "The server itself.");
    std::vector<std::string> all;
    for (const auto& [name, meaning] : meanings) {
        all.push_back(
            Object().add("name", json_text(name)).add("description", json_text(meaning)).done());
    }
    return list(all);
}

}  // namespace

std::string openapi(const Table& table, std::span<const FixedRoute> fixed, const ApiInfo& info) {
    describe::Schemas schemas;
    std::map<std::string, Object> paths;
    for (const auto& route : table.routes()) {
        if (route.scope == Scope::internal) {
            continue;
        }
        std::string verb(route.method);
        std::ranges::transform(verb, verb.begin(),
                               [](char c) { return static_cast<char>(c | 32); });
        paths[route.path].add(verb, operation(route, schemas));
    }
    for (const auto& route : fixed) {
        paths[std::string(route.path)].add("get", operation(route, schemas));
    }
    Object all_paths;
    for (const auto& [path, verbs] : paths) {
        all_paths.add(path, verbs.done());
    }
    const auto about = Object()
                           .add("title", json_text(info.title))
                           .add("version", json_text(info.version))
                           .add("description", json_text(info.description))
                           .add("license", R"({"name":"Apache-2.0","identifier":"Apache-2.0"})")
                           .add("contact", R"({"name":"Kontor","url":"https://kontor.example/"})");
    return Object()
        .add("openapi", json_text("3.1.0"))
        .add("info", about.done())
        .add("servers", R"([{"url":"/","description":"This server."}])")
        .add("tags", tags(table))
        .add("paths", all_paths.done())
        .add("components", components(schemas))
        .done();
}

}  // namespace kontor::rest
