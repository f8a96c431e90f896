#pragma once

#include "simulation/faults.hpp"
#include "simulation/life.hpp"

namespace kontor::simulation {

/// What every part of one simulated history shares.
struct Environment {
    explicit Environment(std::uint64_t from_seed)
        : seed(from_seed),
          loop(from_seed * 4 + 1),
          random(from_seed * 4 + 2),
          faults(from_seed * 4 + 3, trace) {}

    /// A time in between, by the seed.
    Duration between(Duration low, Duration high) {
        return Duration(random.between(low.count(), high.count()));
    }
    bool one_in(std::uint64_t n) { return random.below(n) == 0; }

    /// Ends `life` here, where the seed wants it; true where it has ended.
    bool ends_here(Life& life, std::string_view where) {
        if (life.goes_on() && life.mortal() && faults.happens(Fault::crash, where)) {
            life.end();
        }
        return !life.goes_on();
    }

    const std::uint64_t seed;
    SimulatedLoop loop;
    const Loop::Scope scope{loop};
    SimulatedClock clock{loop};
    SeededRandom random;
    Trace trace{loop};
    Faults faults;
};

}  // namespace kontor::simulation
