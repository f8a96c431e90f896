#pragma once

#include "simulation/faults.hpp"
#include "simulation/mutant.hpp"

namespace kontor::simulation {

/// One simulated history: shoppers and staff of one hour, on services that crash and lose messages.
struct Plan {
    std::uint64_t seed = 1;
    const Defect* defect = nullptr;  ///< Of the product; null: as it is.
};

/// What came of it.
struct History {
    std::uint64_t seed = 0;
    std::uint64_t trace = 0;  ///< The same for two histories only if nothing differs.
    std::string shape;        ///< Which services shared processes.
    int purchases = 0;
    int orders = 0;
    std::map<std::string, int> refused;
    std::map<std::string, int> done;  ///< What was done about orders, by what.
    std::map<Fault, int> faults;
    /// Promises that were not kept, in words; empty where all is well.
    std::vector<std::string> violations;
    /// Statements of the defect that never came by: the product has others by now.
    std::vector<std::string> not_met;

    int fault_count() const;
};

History simulate(const Plan& plan);

/// What to do about a history with violations, for a failing test.
std::string report(const History& history);

}  // namespace kontor::simulation
