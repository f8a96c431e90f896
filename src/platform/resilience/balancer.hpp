#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "platform/resilience/breaker.hpp"

namespace kontor::resilience {

/// Chooses among the addresses of a dependency: the better of two taken at random (Mitzenmacher
/// 2001, doi:10.1109/71.963420), by calls under way and by how long it took lately, where a failure
/// counts as long. One that keeps failing is ejected for a while, but at most half of them, and
/// never the last. Not thread-safe.
class Balancer {
public:
    /// A call under way.
    struct Chosen {
        std::size_t address = 0;
        std::optional<Breaker::Ticket> ticket;
        TimePoint began;
    };

    /// `addresses`: how many, at least 1. `policy` and `random` must outlive it.
    Balancer(std::size_t addresses, const Policy& policy, Random& random);

    /// For the next call. Not `other_than`, where there is another: what is repeated is asked
    /// elsewhere.
    Chosen begin(TimePoint now, std::optional<std::size_t> other_than = {});
    void end(TimePoint now, const Chosen& call, Verdict verdict);

    /// How many get no calls, or only probes, at present.
    std::size_t ejected(TimePoint now) const;

private:
    struct Address {
        Address(const Policy& policy, Random& random) : breaker(policy, random) {}
        Breaker breaker;
        std::int64_t under_way = 0;
        double took_s = 0;  ///< Moving average that rises to a peak at once.
        TimePoint took_at{};

        double kept(TimePoint now) const;
        double cost(TimePoint now) const;
    };

    std::size_t choose(TimePoint now, std::optional<std::size_t> other_than);
    std::size_t better_of_two(TimePoint now, std::vector<std::size_t> among);
    std::vector<bool> ejections(TimePoint now) const;

    Random& random_;
    std::deque<Address> addresses_;
};

}  // namespace kontor::resilience
