#include "platform/rpc/dispatcher.hpp"

#include "platform/rpc/remote.hpp"

namespace kontor::rpc {

void Dispatcher::add(std::string_view service, std::string_view operation, Run run) {
    operations_.emplace(fmt::format("{}/{}", service, operation), std::move(run));
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
    co_return co_await found->second(std::move(context), request);
}

}  // namespace kontor::rpc
