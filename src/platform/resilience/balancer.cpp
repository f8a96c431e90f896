#include "platform/resilience/balancer.hpp"

#include <algorithm>
#include <cmath>

namespace kontor::resilience {

namespace {

// How fast what was observed is forgotten; Finagle's peak EWMA has the same.
constexpr double memory_s = 10;

// Who refuses at once is not fast.
constexpr double failure_s = 1;

// So that calls under way count also where nothing has been observed.
constexpr double took_min_s = 0.0001;

}  // namespace

Balancer::Balancer(std::size_t addresses, const Policy& policy, Random& random) : random_(random) {
    for (std::size_t i = 0; i < addresses; ++i) {
        addresses_.emplace_back(policy, random);
    }
}

Balancer::Chosen Balancer::begin(TimePoint now, std::optional<std::size_t> other_than) {
    const auto chosen = choose(now, other_than);
    auto& address = addresses_[chosen];
    ++address.under_way;
    return {chosen, address.breaker.allow(now), now};
}

/// A probe that is due goes first.
std::size_t Balancer::choose(TimePoint now, std::optional<std::size_t> other_than) {
    const auto ejected = ejections(now);
    std::vector<std::size_t> among;
    for (std::size_t i = 0; i < addresses_.size(); ++i) {
        if (i == other_than) {
            continue;
        }
        if (ejected[i] && addresses_[i].breaker.would_allow(now)) {
            return i;
        }
        if (!ejected[i]) {
            among.push_back(i);
        }
    }
    return among.empty() ? other_than.value_or(0) : better_of_two(now, std::move(among));
}

std::size_t Balancer::better_of_two(TimePoint now, std::vector<std::size_t> among) {
    if (among.size() == 1) {
        return among.front();
    }
    std::swap(among[0], among[random_.below(among.size())]);
    std::swap(among[1], among[1 + random_.below(among.size() - 1)]);
    const bool second = addresses_[among[1]].cost(now) < addresses_[among[0]].cost(now);
    return among[second ? 1 : 0];
}

void Balancer::end(TimePoint now, const Chosen& call, Verdict verdict) {
    auto& address = addresses_[call.address];
    --address.under_way;
    const auto before = address.breaker.state(now);
    if (call.ticket) {
        address.breaker.record(now, *call.ticket, verdict);
    }
    if (verdict == Verdict::nothing) {
        return;
    }
    const auto took_s = std::max(std::chrono::duration<double>(now - call.began).count(),
                                 verdict == Verdict::failed ? failure_s : 0);
    const bool goes_again =
        before != Breaker::State::closed && address.breaker.state(now) == Breaker::State::closed;
    const auto kept = goes_again ? 0 : address.kept(now);
    address.took_s = std::max(took_s, address.took_s * kept + took_s * (1 - kept));
    address.took_at = now;
}

std::size_t Balancer::ejected(TimePoint now) const {
    return static_cast<std::size_t>(std::ranges::count(ejections(now), true));
}

/// How much of what was observed last still counts.
double Balancer::Address::kept(TimePoint now) const {
    return std::exp(-std::chrono::duration<double>(now - took_at).count() / memory_s);
}

/// How long it took counts in octaves: who is a little slower must not go without calls.
double Balancer::Address::cost(TimePoint now) const {
    const auto octave = std::ceil(std::log2(std::max(took_s * kept(now), took_min_s)));
    return static_cast<double>(under_way + 1) * std::exp2(octave);
}

/// The first half at most of those that are not closed.
std::vector<bool> Balancer::ejections(TimePoint now) const {
    auto room = addresses_.size() / 2;
    std::vector<bool> all;
    for (const auto& address : addresses_) {
        const bool fails = address.breaker.state(now) != Breaker::State::closed;
        all.push_back(fails && room > 0);
        room -= all.back() ? 1 : 0;
    }
    return all;
}

}  // namespace kontor::resilience
