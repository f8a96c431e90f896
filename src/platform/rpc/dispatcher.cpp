#include "platform/rpc/dispatcher.hpp"

#include "platform/rpc/remote.hpp"

namespace kontor::rpc {

void Dispatcher::add(std::string_view service_name, std::string_view operation, void* service,
                     const Binding& binding) {
    operations_.emplace(fmt::format("{}/{}", service_name, operation), Exposed{service, &binding});
}

Task<Result<std::string>> Dispatcher::dispatch(Context context, std::string_view service,
                                               std::string_view operation,
                                               std::string_view request) const {
    const auto found = operations_.find(fmt::format("{}/{}", service, operation));
    if (found == operations_.end()) {
        co_return refuse(refusals::not_found, "no operation {}/{} is served here", service,
                         operation);
    }
    TRY(in_time(context, service, operation));
    const auto& [exposed, binding] = found->second;
    const Inbound inbound{.path = {}, .query = {}, .body = request};
    auto outbound = TRY(co_await binding->run(exposed, std::move(context), inbound, HasBody::yes));
    co_return std::move(outbound.json);
}

}  // namespace kontor::rpc
