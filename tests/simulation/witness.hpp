#pragma once

#include "platform/service/service.hpp"
#include "simulation/storage.hpp"

namespace kontor::simulation {

/// A service of the simulation that follows the events of all others as a projection would, and
/// notes in one transaction with its position how often each took effect and in which order.
extern const ServiceEntry witness;

/// The tables of the witness.
void prepare_witness(Storage& storage);

/// What the witness of `storage` has seen wrong of the events of `producers`, in words.
std::vector<std::string> objections_of_witness(Storage& storage,
                                               const std::vector<Storage*>& producers);

}  // namespace kontor::simulation
