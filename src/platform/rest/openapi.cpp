#include "platform/rest/openapi.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "platform/describe/schema.hpp"
#include "platform/problem.hpp"

namespace kontor::rest {

namespace {

using describe::TypeInfo;

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

bool takes_body(const Route& route) {
    return route.method == "POST" || route.method == "PUT" || route.method == "PATCH";
}

bool in_path(const Route& route, std::string_view name) {
    return route.path.find(fmt::format("{{{}}}", name)) != std::string::npos;
}

std::string parameter(std::string_view name, std::string_view where, bool required,
                      std::string_view schema, std::string_view meaning) {
    Object object;
    object.add("name", json_text(name)).add("in", json_text(where));
    object.add("required", required ? "true" : "false");
    if (!meaning.empty()) {
        object.add("description", json_text(meaning));
    }
    return object.add("schema", schema).done();
}

std::string query_parameter(const TypeInfo::Member& member, describe::Schemas& schemas) {
    Object object;
    object.add("name", json_text(member.name)).add("in", json_text("query"));
    object.add("required", member.optional ? "false" : "true");
    object.add("description", json_text(member.meaning));
    if (member.type->kind == TypeInfo::Kind::map) {
        object.add("style", json_text("deepObject")).add("explode", "true");
    } else if (member.type->kind == TypeInfo::Kind::list) {
        object.add("style", json_text("form")).add("explode", "false");
    }
    return object.add("schema", schemas.of(*member.type, member.limits)).done();
}

std::vector<std::string> parameters(const Route& route, describe::Schemas& schemas) {
    std::vector<std::string> all;
    if (in_path(route, "market")) {
        all.push_back(parameter("market", "path", true,
                                R"({"type":"string","pattern":"^[a-z]{2,7}$","examples":["de"]})",
                                "The country whose shop this is."));
    }
    for (const auto& member : route.operation.request->members) {
        if (in_path(route, member.name)) {
            all.push_back(parameter(member.name, "path", true,
                                    schemas.of(*member.type, member.limits), member.meaning));
        } else if (!takes_body(route)) {
            all.push_back(query_parameter(member, schemas));
        }
    }
    if (route.extra.idempotency != Idempotency::none) {
        all.push_back(parameter("Idempotency-Key", "header",
                                route.extra.idempotency == Idempotency::key_required,
                                R"({"type":"string","minLength":1,"maxLength":255})",
                                "Repeating the request under the same key has one effect."));
    }
    return all;
}

/// The request's members that are in neither path nor context, as an inline schema.
std::string body_schema(const Route& route, describe::Schemas& schemas) {
    const auto& members = route.operation.request->members;
    const bool whole = std::ranges::none_of(
        members, [&](const auto& member) { return in_path(route, member.name); });
    if (whole) {
        return schemas.of(*route.operation.request);
    }
    Object properties;
    std::vector<std::string> required;
    for (const auto& member : members) {
        if (in_path(route, member.name)) {
            continue;
        }
        properties.add(member.name, schemas.of(*member.type, member.limits, member.meaning));
        if (!member.optional) {
            required.push_back(json_text(member.name));
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

std::string responses(const Route& route, describe::Schemas& schemas) {
    Object all;
    all.add(std::to_string(route.extra.status),
            Object()
                .add("description", json_text(route.operation.reply->meaning))
                .add("content", content("application/json", schemas.of(*route.operation.reply)))
                .done());
    std::map<int, std::string> refused;
    const auto add = [&](const RefusalKind& kind) {
        auto& text = refused[kind.status];
        text += fmt::format("{}`{}`: {}", text.empty() ? "" : " ", kind.code, kind.meaning);
    };
    std::ranges::for_each(route.operation.refusals, add);
    if (!refused.contains(refusals::invalid.status)) {
        add(refusals::invalid);
    }
    if (route.scope == Scope::staff) {
        add(refusals::unauthorized);
    }
    const auto problem =
        content("application/problem+json", schemas.of(describe::type_info<Problem>()));
    for (const auto& [status, text] : refused) {
        all.add(std::to_string(status),
                Object().add("description", json_text(text)).add("content", problem).done());
    }
    return all.done();
}

std::string sentence_head(std::string_view text) {
    return std::string(text.substr(0, std::min(text.find(". "), text.find_last_of('.'))));
}

std::string operation(const Route& route, describe::Schemas& schemas) {
    Object object;
    const auto summary =
        route.extra.summary.empty() ? route.operation.meaning : route.extra.summary;
    object.add("operationId",
               json_text(fmt::format("{}_{}", route.operation.service, route.operation.name)));
    object.add("summary", json_text(sentence_head(summary)));
    object.add("description", json_text(route.operation.meaning));
    object.add("tags", list({json_text(route.operation.service)}));
    object.add("parameters", list(parameters(route, schemas)));
    if (takes_body(route)) {
        object.add("requestBody",
                   Object()
                       .add("required", "true")
                       .add("content", content("application/json", body_schema(route, schemas)))
                       .done());
    }
    object.add("security",
               route.scope == Scope::staff ? R"([{"staff":[]}])" : R"([{},{"guest":[]}])");
    return object.add("responses", responses(route, schemas)).done();
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
    std::set<std::string_view> services;
    for (const auto& route : table.routes()) {
        services.insert(route.operation.service);
    }
    std::vector<std::string> all;
    for (const auto service : services) {
        all.push_back(Object()
                          .add("name", json_text(service))
                          .add("description", json_text(fmt::format("Operations of {}.", service)))
                          .done());
    }
    return list(all);
}

}  // namespace

std::string openapi(const Table& table, const ApiInfo& info) {
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
