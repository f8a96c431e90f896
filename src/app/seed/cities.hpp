#pragma once

#include <string_view>
#include <vector>

#include "app/seed/shop.hpp"

namespace kontor::seed {

/// Where a store may stand. Coordinates are of the centre, good to about a kilometre.
struct City {
    std::string_view market;
    std::string_view name;
    Coordinates centre;
    std::string_view postal;  ///< Pattern of its codes: `#` a digit, `@` a letter.
};

/// Of each market the largest first.
std::vector<City> all_cities();

/// How a market writes streets and opens: `{}` stands for the house number.
struct LocalHabits {
    std::string_view market;
    std::string_view streets;        ///< Separated by `|`.
    std::string_view opening_hours;  ///< OpenStreetMap syntax, alternatives separated by `|`.
};
LocalHabits local_habits(std::string_view market);

}  // namespace kontor::seed
