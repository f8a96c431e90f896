#include "platform/rpc/remote.hpp"

#include "platform/async/loop.hpp"

namespace kontor::rpc {

Result<void> in_time(const Context& context, std::string_view service, std::string_view operation) {
    const auto* loop = Loop::current_or_null();
    if (loop != nullptr && loop->now() >= context.deadline) {
        return refuse(refusals::deadline_exceeded, "{}/{} arrived after its deadline", service,
                      operation);
    }
    return {};
}

}  // namespace kontor::rpc
