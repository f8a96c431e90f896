#pragma once

#include <fmt/format.h>

#include "simulation/simulated_loop.hpp"

namespace kontor::simulation {

/// What happened, folded into one number: two histories that differ anywhere have different ones.
/// KONTOR_SIMULATION_TRACE=1 prints it line by line as well.
class Trace {
public:
    explicit Trace(const SimulatedLoop& loop);

    template <class... Args>
    void note(fmt::format_string<Args...> format, Args&&... args) {
        line_.clear();
        fmt::format_to(std::back_inserter(line_), format, std::forward<Args>(args)...);
        add();
    }

    std::uint64_t hash() const { return hash_; }

private:
    void add();

    const SimulatedLoop& loop_;
    bool printed_;
    std::string line_;
    std::uint64_t hash_;
};

}  // namespace kontor::simulation
