#include "platform/resilience/breaker.hpp"

#include <algorithm>

namespace kontor::resilience {

Breaker::Breaker(const Policy& policy, Random& random)
    : policy_(policy),
      random_(random),
      succeeded_(std::chrono::seconds(policy.window_s)),
      failed_(std::chrono::seconds(policy.window_s)) {}

Breaker::State Breaker::state(TimePoint now) const {
    if (opened_in_a_row_ == 0) {
        return State::closed;
    }
    return now < probes_at_ ? State::open : State::half_open;
}

bool Breaker::would_allow(TimePoint now) const {
    switch (state(now)) {
        case State::closed:
            return true;
        case State::open:
            return false;
        case State::half_open:
            return probes_sent_ < policy_.probes || now >= probe_again_at_;
    }
    return false;
}

std::optional<Breaker::Ticket> Breaker::allow(TimePoint now) {
    if (!would_allow(now)) {
        return std::nullopt;
    }
    if (state(now) == State::half_open) {
        if (now >= probe_again_at_) {
            probe_again_at_ = now + (now - probes_at_);
            begin_probes();
        }
        ++probes_sent_;
    }
    return Ticket{generation_};
}

void Breaker::record(TimePoint now, Ticket ticket, Verdict verdict) {
    if (ticket.generation != generation_) {
        return;
    }
    if (verdict != Verdict::nothing) {
        judge(now, verdict == Verdict::succeeded);
    } else if (state(now) == State::half_open) {
        --probes_sent_;
    }
}

void Breaker::judge(TimePoint now, bool succeeded) {
    if (state(now) == State::closed) {
        (succeeded ? succeeded_ : failed_).add(now);
        failures_in_a_row_ = succeeded ? 0 : failures_in_a_row_ + 1;
        if (!succeeded && too_many_fail(now)) {
            open(now);
        }
    } else if (!succeeded) {
        open(now);
    } else if (++probes_succeeded_ >= policy_.probes) {
        close();
    }
}

bool Breaker::too_many_fail(TimePoint now) {
    if (failures_in_a_row_ >= policy_.failures_in_a_row) {
        return true;
    }
    const auto succeeded = succeeded_.sum(now);
    const auto calls = succeeded + failed_.sum(now);
    return calls >= static_cast<std::uint64_t>(policy_.calls_min) &&
           succeeded * 100 < calls * static_cast<std::uint64_t>(policy_.success_percent);
}

void Breaker::open(TimePoint now) {
    const auto doublings = std::min<std::int64_t>(opened_in_a_row_++, 20);
    const auto longest_s =
        std::min(policy_.open_first_s * (std::int64_t{1} << doublings), policy_.open_last_s);
    const auto part = 0.5 + random_.unit_interval() / 2;
    const auto span = std::chrono::duration_cast<TimePoint::duration>(
        std::chrono::duration<double>(static_cast<double>(longest_s) * part));
    probes_at_ = now + span;
    probe_again_at_ = probes_at_ + span;
    begin_probes();
}

void Breaker::close() {
    opened_in_a_row_ = 0;
    failures_in_a_row_ = 0;
    succeeded_.clear();
    failed_.clear();
    ++generation_;
}

void Breaker::begin_probes() {
    probes_sent_ = 0;
    probes_succeeded_ = 0;
    ++generation_;
}

}  // namespace kontor::resilience
