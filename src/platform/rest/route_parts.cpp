#include "platform/rest/route_parts.hpp"

#include <algorithm>

namespace kontor::rest {

namespace {

using Member = describe::TypeInfo::Member;

/// What requests carry that no operation names, since it becomes the Context.
struct Carried {
    std::string market;
    std::string idempotency_key;
    std::optional<std::string> if_match;
    std::optional<std::string> prefer;

    static constexpr auto describe() {
        return described<Carried>(
            "What becomes the context of a call.",
            field<&Carried::market>("The country whose shop this is.",
                                    {.min_length = 2, .max_length = 7, .example = "\"de\""}),
            field<&Carried::idempotency_key>(
                "Repeating the request under the same key has one effect.",
                {.min_length = 1, .max_length = 255}),
            field<&Carried::if_match>("The ETag of the version the change is meant for.",
                                      {.max_length = 64}),
            field<&Carried::prefer>("`return=minimal`: the answer holds what changed (RFC 7240).",
                                    {.max_length = 255, .example = "\"return=minimal\""}));
    }
};

const Member* carried(std::string_view name) {
    const auto& members = describe::type_info<Carried>().members;
    return &*std::ranges::find(members, name, &Member::name);
}

bool in_path(const Route& route, std::string_view name) {
    return route.path.find(fmt::format("{{{}}}", name)) != std::string::npos;
}

/// The header field that fills this member; empty: none.
std::string_view header_of(const Route& route, std::string_view member) {
    if (!route.upload) {
        return {};
    }
    const auto& headers = route.upload->headers;
    const auto found = std::ranges::find(headers, member, &HeaderMember::member);
    return found == headers.end() ? std::string_view() : found->header;
}

bool has(const std::vector<RefusalKind>& kinds, const RefusalKind& wanted) {
    return std::ranges::find(kinds, wanted.code, &RefusalKind::code) != kinds.end();
}

bool refuses(const Route& route, const RefusalKind& kind) {
    return has(route.operation.refusals, kind);
}

}  // namespace

std::vector<Parameter> parameters_of(const Route& route) {
    std::vector<Parameter> all;
    std::vector<Parameter> of_query;
    if (in_path(route, "market")) {
        all.push_back({"market", "path", true, carried("market")});
    }
    for (const auto& member : route.operation.request->members) {
        if (in_path(route, member.name)) {
            all.push_back({member.name, "path", true, &member});
        } else if (const auto header = header_of(route, member.name); !header.empty()) {
            of_query.push_back({header, "header", !member.optional, &member});
        } else if (route.upload && route.upload->body_member == member.name) {
            continue;
        } else if (route.upload || !takes_body(route.method)) {
            of_query.push_back({member.name, "query", !member.optional, &member});
        }
    }
    all.insert(all.end(), of_query.begin(), of_query.end());
    if (route.extra.idempotency != Idempotency::none) {
        all.push_back({"Idempotency-Key", "header",
                       route.extra.idempotency == Idempotency::key_required,
                       carried("idempotency_key")});
    }
    if (refuses(route, refusals::precondition_failed)) {
        all.push_back({"If-Match", "header", false, carried("if_match")});
    }
    if (route.extra.preference == Preference::return_minimal) {
        all.push_back({"Prefer", "header", false, carried("prefer")});
    }
    return all;
}

std::vector<const Member*> body_members(const Route& route) {
    std::vector<const Member*> all;
    if (takes_body(route.method) && !route.upload) {
        for (const auto& member : route.operation.request->members) {
            if (!in_path(route, member.name)) {
                all.push_back(&member);
            }
        }
    }
    return all;
}

std::map<int, std::vector<RefusalKind>> refusals_of(const Route& route) {
    std::map<int, std::vector<RefusalKind>> all;
    const auto add = [&](const RefusalKind& kind) {
        auto& same = all[kind.status];
        if (!has(same, kind)) {
            same.push_back(kind);
        }
    };
    std::ranges::for_each(route.operation.refusals, add);
    add(refusals::malformed);
    add(refusals::invalid);
    if (route.scope == Scope::staff) {
        add(refusals::unauthorized);
    }
    if (route.extra.idempotency != Idempotency::none) {
        add(refusals::idempotency_key_missing);
    }
    return all;
}

}  // namespace kontor::rest
