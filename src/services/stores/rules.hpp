#pragma once

#include <set>
#include <span>

#include "services/stores/api.hpp"

namespace kontor::stores {

/// The first thing wrong with a market beyond what its description checks: letters of its code,
/// language tags, the form of its time zone; or that it is not one of `cell`, where that names any.
std::optional<FieldError> fault_of(const Market& market, std::span<const std::string> cell = {});

/// The same for a store: letters of its id, coordinates off the Earth, markets not in `markets`.
std::optional<FieldError> fault_of(const Store& store, const std::set<MarketCode>& markets);

}  // namespace kontor::stores
