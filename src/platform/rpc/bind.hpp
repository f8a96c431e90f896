#pragma once

#include "platform/describe/text.hpp"
#include "platform/rpc/binding.hpp"

/// How requests are read and replies written: what bindings are made of.
namespace kontor::rpc {

/// A variable of the path fills the member of its name, the query fills members left, and a body
/// the rest.
template <auto Method>
Result<RequestOf<Method>> read_request(const Inbound& inbound, HasBody has_body) {
    RequestOf<Method> request{};
    json::Problems problems;
    const auto take = [&](std::string_view name, std::string_view text) {
        if (read_member_text(request, name, text, problems)) {
            problems.mark_given(name.substr(0, name.find('[')));
        }
    };
    for (const auto& [name, text] : inbound.path) {
        take(name, text);
    }
    for (const auto& [name, text] : inbound.query) {
        if (std::ranges::find(inbound.path, name, [](const auto& of) { return of.first; }) ==
            inbound.path.end()) {
            take(name, text);
        }
    }
    if (has_body == HasBody::yes) {
        const auto document =
            TRY_NOW(json::Document::parse(inbound.body.empty() ? "{}" : inbound.body));
        json::read(document.root(), request, {}, problems);
    } else {
        json::check_given(json::members_of<RequestOf<Method>>, problems);
    }
    if (problems.any()) {
        return std::unexpected(std::move(problems).refusal());
    }
    return request;
}

template <class Reply>
Outbound write_reply(Reply reply) {
    Outbound outbound;
    if constexpr (requires { std::uint64_t{reply.version}; }) {
        outbound.version = reply.version;
    }
    if constexpr (requires { to_text(reply.id); }) {
        outbound.id = to_text(reply.id);
    }
    if constexpr (requires { std::string{reply.json}; }) {
        outbound.json = std::move(reply.json);
    } else {
        json::write(outbound.json, reply);
    }
    return outbound;
}

template <auto Method>
Task<Result<Outbound>> run_bound(void* service, Context context, const Inbound& inbound,
                                 HasBody has_body) {
    auto request = TRY(read_request<Method>(inbound, has_body));
    auto& known = *static_cast<ServiceOf<Method>*>(service);
    co_return write_reply(TRY(co_await (known.*Method)(std::move(context), std::move(request))));
}

}  // namespace kontor::rpc
