#include "platform/rpc/resilient_channel.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "platform/resilience/balancer.hpp"
#include "platform/resilience/retry_budget.hpp"

namespace kontor::rpc {

namespace {

using resilience::Breaker;
using resilience::TimePoint;
using resilience::Verdict;

Verdict verdict_on(const Result<std::string>& answer, Duration given, Duration patience) {
    if (answer ||
        (answer.error().status < 500 && answer.error().status != refusals::unauthorized.status)) {
        return Verdict::succeeded;
    }
    const bool too_short =
        answer.error().code == refusals::deadline_exceeded.code && given < patience;
    return too_short ? Verdict::nothing : Verdict::failed;
}

/// Who says when to come back is not asked before.
bool may_be_repeated(const Result<std::string>& answer) {
    return !answer && answer.error().status >= 500 && answer.error().retry_after_s == 0;
}

/// A part of `longest`, doubled with each repeat: "full jitter" (Brooker, AWS Architecture Blog,
/// 2015), so that those who failed together do not come back together.
Duration pause_before(std::int64_t repeat, std::chrono::milliseconds longest, Random& random) {
    const auto doubled = std::chrono::duration<double>(longest) *
                         static_cast<double>(std::int64_t{1} << std::min<std::int64_t>(repeat, 20));
    return std::chrono::duration_cast<Duration>(doubled * random.unit_interval());
}

}  // namespace

struct ResilientChannel::State {
    State(std::string name, std::vector<std::unique_ptr<Channel>> channels,
          const resilience::Policy& wanted, Random& chance, telemetry::Registry* registry)
        : dependency(std::move(name)),
          addresses(std::move(channels)),
          policy(wanted),
          random(chance),
          metrics(registry),
          balancer(addresses.size(), policy, random),
          budget(policy) {
        if (metrics != nullptr) {
            register_metrics();
        }
    }

    std::string dependency;
    std::vector<std::unique_ptr<Channel>> addresses;
    const resilience::Policy& policy;
    Random& random;
    telemetry::Registry* metrics;
    std::optional<telemetry::Counter> answered;
    std::optional<telemetry::Counter> failed;
    std::optional<telemetry::Counter> not_sent;
    std::optional<telemetry::Counter> repeated;

    std::mutex mutex;  ///< Guards what follows.
    resilience::Balancer balancer;
    resilience::RetryBudget budget;
    std::int64_t under_way = 0;
    std::map<std::string, Breaker, std::less<>> breakers;  ///< By operation.

    void register_metrics() {
        const auto counter = [this](const char* outcome) {
            return metrics->counter("kontor_dependency_calls_total",
                                    "Calls of services elsewhere, by what came of them.",
                                    {{"dependency", dependency}, {"outcome", outcome}});
        };
        answered = counter("answered");
        failed = counter("failed");
        not_sent = counter("not_sent");
        repeated = metrics->counter("kontor_dependency_repeats_total",
                                    "Calls that were sent again.", {{"dependency", dependency}});
        gauge("kontor_dependency_calls_under_way",
              "Calls under way, of at most resilience.calls_max.",
              [this](TimePoint) { return under_way; });
        gauge("kontor_dependency_addresses_ejected",
              "Addresses that get no calls, but for probes, because they fail.",
              [this](TimePoint now) { return balancer.ejected(now); });
        gauge("kontor_dependency_breakers_open",
              "Operations that are not asked for, but for probes, because they fail.",
              [this](TimePoint now) {
                  return std::ranges::count_if(breakers, [now](const auto& entry) {
                      return entry.second.state(now) != Breaker::State::closed;
                  });
              });
    }

    template <class Read>
    void gauge(std::string_view name, std::string_view help, Read read) {
        metrics->gauge_from(name, help, {{"dependency", dependency}}, [this, read] {
            const std::lock_guard lock(mutex);
            return static_cast<double>(read(std::chrono::steady_clock::now()));
        });
    }

    /// With the mutex.
    Breaker& breaker_of(std::string_view operation) {
        const auto found = breakers.find(operation);
        return found != breakers.end()
                   ? found->second
                   : breakers.try_emplace(std::string(operation), policy, random).first->second;
    }

    /// Lets a call of `operation` go, or says why not.
    Result<Breaker::Ticket> begin(std::string_view operation, TimePoint now) {
        const std::lock_guard lock(mutex);
        auto& breaker = breaker_of(operation);
        if (under_way >= policy.calls_max) {
            count(not_sent);
            return later(
                now, now,
                fmt::format("{} calls of {} are under way already", under_way, dependency));
        }
        const auto ticket = breaker.allow(now);
        if (!ticket) {
            count(not_sent);
            return later(
                now, breaker.probes_at(),
                fmt::format("{} keeps failing at {}; try again later", dependency, operation));
        }
        ++under_way;
        budget.note_call(now);
        return *ticket;
    }

    bool take_repeat(TimePoint now) {
        const std::lock_guard lock(mutex);
        const bool taken = budget.take(now);
        if (taken) {
            count(repeated);
        }
        return taken;
    }

    resilience::Balancer::Chosen choose(TimePoint now, std::optional<std::size_t> other_than) {
        const std::lock_guard lock(mutex);
        return balancer.begin(now, other_than);
    }

    void note(TimePoint now, const resilience::Balancer::Chosen& call, Verdict verdict) {
        count(verdict == Verdict::succeeded ? answered : failed);
        const std::lock_guard lock(mutex);
        balancer.end(now, call, verdict);
    }

private:
    static std::unexpected<Refusal> later(TimePoint now, TimePoint at, const std::string& message) {
        auto refused = refusal(refusals::unavailable, "{}", message);
        const auto wait = std::chrono::ceil<std::chrono::seconds>(at - now);
        refused.retry_after_s = static_cast<int>(std::max<std::int64_t>(wait.count(), 1));
        return std::unexpected(std::move(refused));
    }

    static void count(const std::optional<telemetry::Counter>& counter) {
        if (counter) {
            counter->add();
        }
    }
};

/// A call that is under way, from its beginning to its end.
struct ResilientChannel::Call {
    Call(State& of, Loop& on, std::string_view service_name, std::string_view operation_name,
         Effect what, std::string text, Breaker::Ticket ticket)
        : state(of),
          loop(on),
          service(service_name),
          operation(operation_name),
          effect(what),
          request(std::move(text)),
          let_go(ticket) {}
    /// With what the last answer says, also where it threw or was abandoned.
    ~Call() {
        const std::lock_guard lock(state.mutex);
        --state.under_way;
        state.breaker_of(operation).record(loop.now(), let_go, verdict);
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    State& state;
    Loop& loop;
    std::string_view service;
    std::string_view operation;
    Effect effect;
    std::string request;
    Breaker::Ticket let_go;
    Verdict verdict = Verdict::failed;
    std::optional<std::size_t> address{};  ///< Where it was sent last.
};

ResilientChannel::ResilientChannel(std::string dependency,
                                   std::vector<std::unique_ptr<Channel>> addresses,
                                   const resilience::Policy& policy, Random& random,
                                   telemetry::Registry* metrics)
    : state_(std::make_unique<State>(std::move(dependency), std::move(addresses), policy, random,
                                     metrics)) {}

ResilientChannel::~ResilientChannel() = default;

Task<Result<std::string>> ResilientChannel::call(Context context, std::string_view service,
                                                 std::string_view operation, Effect effect,
                                                 std::string request) {
    auto& state = *state_;
    auto& loop = Loop::current();
    const auto now = loop.now();
    if (now >= context.deadline) {
        co_return refuse(refusals::deadline_exceeded, "the deadline passed before {} was asked",
                         state.dependency);
    }
    if (context.deadline == Context::TimePoint::max()) {
        context.deadline = now + std::chrono::seconds(state.policy.longest_s);
    }
    const auto ticket = TRY(state.begin(operation, now));
    Call call(state, loop, service, operation, effect, std::move(request), ticket);
    co_return co_await send_until_answered(context, call);
}

Task<Result<std::string>> ResilientChannel::send_until_answered(const Context& context,
                                                                Call& call) {
    auto& state = *state_;
    for (std::int64_t repeats = 0;; ++repeats) {
        auto answer = co_await send(context, call);
        if (!may_be_repeated(answer) || call.effect != Effect::read ||
            repeats + 1 >= state.policy.attempts_max) {
            co_return answer;
        }
        const auto pause = pause_before(repeats, state.policy.retry_pause, state.random);
        const auto now = call.loop.now();
        if (now + pause >= context.deadline || !state.take_repeat(now)) {
            co_return answer;
        }
        co_await sleep_for(pause);
    }
}

Task<Result<std::string>> ResilientChannel::send(const Context& context, Call& call) {
    /// From its sending to its answer; one that throws or is abandoned has failed.
    struct Attempt {
        Call& call;
        resilience::Balancer::Chosen chosen = call.state.choose(call.loop.now(), call.address);
        Verdict verdict = Verdict::failed;
        ~Attempt() { call.state.note(call.loop.now(), chosen, verdict); }
    } attempt{call};
    call.address = attempt.chosen.address;
    call.verdict = Verdict::failed;
    auto answer = co_await call.state.addresses[*call.address]->call(
        context, call.service, call.operation, call.effect, call.request);
    attempt.verdict =
        verdict_on(answer, context.deadline - attempt.chosen.began, call.state.policy.patience);
    call.verdict = attempt.verdict;
    co_return answer;
}

}  // namespace kontor::rpc
