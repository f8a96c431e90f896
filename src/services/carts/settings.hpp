#pragma once

#include "services/carts/api.hpp"

namespace kontor::carts {

/// The section `carts` of the settings.
struct CartsSettings {
    std::int64_t lines_max = 500;

    static constexpr auto describe() {
        return described<CartsSettings>(
            "What shoppers are about to buy.",
            field<&CartsSettings::lines_max>(
                "Lines a cart may have. A change costs the same however many there are; an answer "
                "with the whole cart does not.",
                {.min = 1, .max = lines_limit}));
    }
};

}  // namespace kontor::carts
