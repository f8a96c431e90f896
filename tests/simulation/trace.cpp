#include "simulation/trace.hpp"

#include <cstdio>
#include <cstdlib>

namespace kontor::simulation {

namespace {

/// FNV-1a (draft-eastlake-fnv).
constexpr std::uint64_t empty_hash = 0xcbf29ce484222325;
constexpr std::uint64_t prime = 0x100000001b3;

}  // namespace

Trace::Trace(const SimulatedLoop& loop)
    : loop_(loop), printed_(std::getenv("KONTOR_SIMULATION_TRACE") != nullptr), hash_(empty_hash) {}

void Trace::add() {
    const auto elapsed = static_cast<std::uint64_t>(loop_.elapsed().count());
    hash_ = (hash_ ^ elapsed) * prime;
    for (const char c : line_) {
        hash_ = (hash_ ^ static_cast<unsigned char>(c)) * prime;
    }
    if (printed_) {
        fmt::print(stderr, "{:12.6f} {}\n", static_cast<double>(elapsed) / 1e9, line_);
    }
}

}  // namespace kontor::simulation
