#include "app/front.hpp"
#include "app/reference/reference.hpp"
#include "platform/describe/markdown.hpp"
#include "platform/problem.hpp"
#include "platform/rest/route_parts.hpp"

namespace kontor::app::reference {

namespace {

constexpr std::string_view beginning =
    R"(# REST

Generated from the descriptions of the services; do not edit: `./dev reference`. A running server
answers the same as OpenAPI at `/openapi.json`, with a page to try it out at `/reference`.

- Bodies are JSON in UTF-8. A member marked `?` may be left out, of a request or of an answer.
- `/shop/{market}` faces shoppers: where a cart or an order is opened, by `Authorization: Bearer`
  with the secret that the new cart answered with. `/admin` takes the staff token likewise.
- Whatever is refused answers a [Problem](#problem) with a stable `code`.
- Amounts of money and quantities are decimal texts: `"19.99"`.
- Every answer to a change is sent after it is durable. `Idempotency-Key` makes its repetition safe.
- Any request may carry `Kontor-Deadline-Ms` (how long the answer is of use, at most 1,000 for a
  read and 5,000 for a change) and `traceparent` (W3C Trace Context).
)";

std::string heading(const rest::Route& route) {
    return fmt::format("{} {}", route.method, route.path);
}

std::string parameter_table(const rest::Route& route, describe::Markdown& markdown) {
    const auto parts = rest::parameters_of(route);
    if (parts.empty()) {
        return {};
    }
    std::string out = "\n| Parameter | In | Type | Meaning |\n|---|---|---|---|\n";
    for (const auto& part : parts) {
        out += fmt::format("| `{}`{} | {} | {} | {} |\n", part.name, part.required ? "" : "?",
                           part.where, markdown.words(*part.member->type),
                           describe::cell(*part.member));
    }
    return out;
}

std::string body(const rest::Route& route, describe::Markdown& markdown) {
    if (route.upload) {
        return fmt::format("\nBody: `{}`, at most {} bytes.\n",
                           fmt::join(route.upload->media_types, "` or `"), route.upload->bytes_max);
    }
    const auto members = rest::body_members(route);
    if (members.empty()) {
        return {};
    }
    if (members.size() == route.operation.request->members.size()) {
        return fmt::format("\nBody: {}.\n", markdown.words(*route.operation.request));
    }
    return "\nBody:\n\n" + markdown.table(members);
}

std::string answers(const rest::Route& route, describe::Markdown& markdown) {
    auto out = fmt::format("\nAnswers {} with {}.", route.extra.status,
                           markdown.words(*route.operation.reply));
    std::string refusals;
    for (const auto& [status, kinds] : rest::refusals_of(route)) {
        for (const auto& kind : kinds) {
            refusals += fmt::format("{}{} [`{}`](#refusals)", refusals.empty() ? "" : ", ", status,
                                    kind.code);
        }
    }
    return fmt::format("{} Refuses: {}.\n", out, refusals);
}

std::string section(const rest::Route& route, describe::Markdown& markdown) {
    return fmt::format("\n### {}\n\n{}{}\n{}{}{}", heading(route), route.operation.meaning,
                       route.scope == rest::Scope::staff ? " *Staff only.*" : "",
                       parameter_table(route, markdown), body(route, markdown),
                       answers(route, markdown));
}

/// The routes by service, in the order in which the services come first.
std::vector<std::pair<std::string_view, std::vector<const rest::Route*>>> by_service(
    const rest::Table& table) {
    std::vector<std::pair<std::string_view, std::vector<const rest::Route*>>> groups;
    for (const auto& route : table.routes()) {
        if (groups.empty() || groups.back().first != route.operation.service) {
            groups.emplace_back(route.operation.service, 0);
        }
        groups.back().second.push_back(&route);
    }
    return groups;
}

std::string overview(const rest::Table& table) {
    std::string out = "\n| Route | What it does |\n|---|---|\n";
    for (const auto& route : table.routes()) {
        const auto title = heading(route);
        out += fmt::format("| [`{}`](#{}) | {} |\n", title, describe::anchor(title),
                           route.operation.meaning);
    }
    for (const auto& route : fixed_routes()) {
        out += fmt::format("| `GET {}` | {} |\n", route.path, route.meaning);
    }
    return out;
}

std::string refusal_table(const rest::Table& table) {
    std::map<std::string_view, RefusalKind> kinds;
    for (const auto& route : table.routes()) {
        for (const auto& [status, refused] : rest::refusals_of(route)) {
            for (const auto& kind : refused) {
                kinds.emplace(kind.code, kind);
            }
        }
    }
    for (const auto& kind :
         {refusals::not_found, refusals::too_large, refusals::unavailable,
          refusals::deadline_exceeded, refusals::internal, rest::method_not_allowed}) {
        kinds.emplace(kind.code, kind);
    }
    std::string out = "\n## Refusals\n\n| Code | Status | Meaning |\n|---|---|---|\n";
    for (const auto& [code, kind] : kinds) {
        out += fmt::format("| `{}` | {} | {} |\n", code, kind.status, kind.meaning);
    }
    return out;
}

}  // namespace

std::string rest_page() {
    const Contracts contracts;
    const auto& table = contracts.routes();
    describe::Markdown markdown;
    std::string out = std::string(beginning) + overview(table);
    for (const auto& [service, routes] : by_service(table)) {
        out += fmt::format("\n## {}\n\n{}\n", service, routes.front()->operation.service_meaning);
        for (const auto* route : routes) {
            out += section(*route, markdown);
        }
    }
    markdown.words(describe::type_info<Problem>());
    return out + refusal_table(table) + "\n## Types\n\n" + markdown.types();
}

}  // namespace kontor::app::reference
