#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "platform/resilience/policy.hpp"
#include "platform/rpc/remote.hpp"
#include "platform/telemetry/metrics.hpp"

namespace kontor::rpc {

/// Calls a service elsewhere with care: chooses among its addresses, repeats reads within a budget,
/// asks no more for a while for what keeps failing, and lets no more calls wait than
/// `Policy::calls_max`. See resilience/policy.hpp for the rules.
///
/// That no useful answer came is a failure: any 5xx, and 401, which only a process of another
/// deployment says. Everything else is an answer. What names a time to come back is not repeated.
/// Refuses by itself, without a call: `unavailable` (503), with when to try again;
/// `deadline_exceeded` (504) where no time is left.
class ResilientChannel final : public Channel {
public:
    /// `dependency`: the service's name, for messages and metrics. `addresses`: at least one.
    /// `metrics` may be null. The collaborators must outlive it, and it the last look at `metrics`.
    ResilientChannel(std::string dependency, std::vector<std::unique_ptr<Channel>> addresses,
                     const resilience::Policy& policy, Random& random,
                     telemetry::Registry* metrics);
    ~ResilientChannel() override;

    Task<Result<std::string>> call(Context context, std::string_view service,
                                   std::string_view operation, Effect effect,
                                   std::string request) override;

private:
    struct State;
    struct Call;

    Task<Result<std::string>> send(const Context& context, Call& call);
    Task<Result<std::string>> send_until_answered(const Context& context, Call& call);

    std::unique_ptr<State> state_;
};

}  // namespace kontor::rpc
