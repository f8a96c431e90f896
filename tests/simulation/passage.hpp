#pragma once

#include "simulation/environment.hpp"

namespace kontor::simulation {

/// A request on its way.
struct Sending {
    std::string_view what;            ///< For the trace.
    std::function<void()> arrives{};  ///< Called when it comes,
    std::function<void()> again{};    ///< and once more later, where it may come twice,
    std::function<void()> lost{};     ///< or when its sender hears that it did not.
};

/// Brings a request over, through whatever goes wrong.
void send(Environment& environment, Sending sending);

/// How a reply fares on its way.
struct Passage {
    Duration after;       ///< When it arrives, or its receiver hears of its loss.
    bool arrives = true;  ///< Otherwise it is lost.
};

Passage reply_passage(Environment& environment, std::string_view what);

/// Awaits what `ask(reply)` calls `reply` with: at most until `context` allows, or for half a
/// minute, then it is `deadline_exceeded`; `otherwise` where the caller's life ends before.
template <class T, class Ask>
Task<Result<T>> await_reply(Environment& environment, Life& caller, Context context, Ask ask,
                            Result<T> otherwise) {
    constexpr Duration patience = std::chrono::seconds(30);
    auto& loop = environment.loop;
    Loop::TimerId deadline = 0;
    auto answer = co_await caller.wait<Result<T>>(
        [&](auto reply) {
            deadline = loop.after(
                std::min<Duration>(context.deadline - loop.now(), patience),
                [reply] { reply(refuse(refusals::deadline_exceeded, "no answer came in time")); });
            ask(reply);
        },
        std::move(otherwise));
    loop.cancel(deadline);
    co_return answer;
}

}  // namespace kontor::simulation
