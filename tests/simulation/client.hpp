#pragma once

#include "simulation/environment.hpp"
#include "simulation/ledger.hpp"

namespace kontor::simulation {

/// Whether a client tries again by itself.
inline bool passes(const Refusal& refusal) {
    return refusal.status >= 500 || refusal.code == refusals::in_progress.code;
}

/// Tries again, as a patient client does, until there is an answer that says something.
template <class Attempt>
auto insist(Environment& environment, Attempt attempt) -> std::invoke_result_t<Attempt&> {
    using namespace std::chrono_literals;
    constexpr int tries_max = 60;
    for (int tries = 1;; ++tries) {
        auto answer = co_await attempt();
        if (answer || !passes(answer.error()) || tries == tries_max) {
            co_return answer;
        }
        co_await sleep_for(environment.between(50ms, tries < 5 ? 1s : 10s));
    }
}

}  // namespace kontor::simulation
