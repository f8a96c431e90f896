#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "app/seed/shop.hpp"

namespace kontor::seed {

std::vector<AttributeDefinition> all_attributes();

/// What people read for the code of an option, in de, en, fr.
std::map<std::string_view, Texts> option_labels();

}  // namespace kontor::seed
