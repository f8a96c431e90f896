#include "platform/rest/table.hpp"

#include <algorithm>
#include <stdexcept>

namespace kontor::rest {

void Table::add(Route route) {
    std::string_view rest = route.path;
    for (auto open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
        const auto name = rest.substr(open + 1, rest.find('}') - open - 1);
        const auto& members = route.operation.request->members;
        if (name != "market" &&
            std::ranges::find(members, name, &describe::TypeInfo::Member::name) == members.end()) {
            throw std::logic_error(fmt::format("{}: {} has no member {}", route.path,
                                               route.operation.request->name, name));
        }
        rest.remove_prefix(open + name.size() + 2);
    }
    routes_.push_back(std::move(route));
}

/// What the route takes from elsewhere stands last, so that no query says otherwise.
Task<Result<Outbound>> Table::run_document(decltype(rpc::Binding::run) run, void* service,
                                           Context context, Inbound inbound, BodyPieces& pieces,
                                           std::string_view body_member) {
    std::string whole;
    while (const auto piece = TRY(co_await pieces.next())) {
        whole += *piece;
    }
    inbound.query.emplace_back(body_member, std::move(whole));
    co_return co_await run(service, std::move(context), inbound, rpc::HasBody::no);
}

}  // namespace kontor::rest
