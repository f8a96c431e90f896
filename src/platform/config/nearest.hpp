#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kontor::config {

/// The name that `wanted` was most likely meant to be: within a third of its length in edits
/// (insert, delete, replace, swap of neighbours), or empty.
std::string nearest(std::string_view wanted, std::span<const std::string> names);

}  // namespace kontor::config
