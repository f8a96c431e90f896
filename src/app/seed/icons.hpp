#pragma once

#include <span>
#include <string_view>

namespace kontor::seed {

/// A drawing on a field of 200 by 200, as SVG elements. `$c` stands for the colour, `$d` and `$l`
/// for it darker and lighter, `$k` for ink, `$m` and `$n` for metal and light metal, `$w` for
/// white, `$b` for the ground, `$s` for a shade of the ground.
struct Icon {
    std::string_view name;
    std::string_view body;
};

std::span<const Icon> outdoor_icons();
std::span<const Icon> interior_icons();
std::span<const Icon> building_icons();

}  // namespace kontor::seed
