#pragma once

#include <string>
#include <string_view>

namespace kontor::seed {

/// A square flat drawing. `icon`: as families name it; `colour`: six hex digits.
/// An icon that isn't drawn throws std::logic_error.
std::string draw(std::string_view icon, std::string_view colour);

/// Six hex digits for the code of a colour option: `sage` is `9caf88`; empty for one not known.
std::string_view colour_hex(std::string_view option);

}  // namespace kontor::seed
