#pragma once

#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/remote.hpp"

namespace kontor::rpc {

/// Serialises every call and its context as HttpChannel does, then runs it here: shows that nothing
/// leans on shared memory.
class LoopbackChannel final : public Channel {
public:
    explicit LoopbackChannel(const Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

    Task<Result<std::string>> call(Context context, std::string_view service,
                                   std::string_view operation, Effect effect,
                                   std::string request) override;

private:
    const Dispatcher& dispatcher_;
};

}  // namespace kontor::rpc
