#pragma once

#include <set>

#include "services/stores/api.hpp"

namespace kontor::stores {

/// The first thing wrong with a market beyond what its description checks: letters of its code,
/// language tags, the form of its time zone.
std::optional<FieldError> fault_of(const Market& market);

/// The same for a store: letters of its id, coordinates off the Earth, markets not in `markets`.
std::optional<FieldError> fault_of(const Store& store, const std::set<MarketCode>& markets);

}  // namespace kontor::stores
