#pragma once

#include <vector>

#include "app/seed/shop.hpp"

namespace kontor::seed {

/// The tree, parents before children, in seven languages.
std::vector<Category> all_categories();

}  // namespace kontor::seed
