#pragma once

#include <span>
#include <string>

#include "services/discovery/engine/product.hpp"

namespace kontor::discovery::engine {

/// A product as bytes, for the segment file: all but its offers and availability, which live in
/// columns because they change more often. Lengths before contents, native byte order.
std::string encoded(const IndexedProduct& product);

/// Reads what `encoded` wrote. Throws std::runtime_error where the bytes are not that.
IndexedProduct decoded(std::span<const char> bytes);

}  // namespace kontor::discovery::engine
