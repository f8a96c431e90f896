#pragma once

#include "services/carts/api.hpp"

namespace kontor::carts {

/// Where the shoppers of tests live.
inline Address sample_address() {
    return {.given_name = "Ada",
            .family_name = "Beispiel",
            .company = {},
            .street = "Planken 1",
            .postal_code = "68161",
            .city = "Mannheim",
            .country = Country("DE"),
            .email = "ada@example.org",
            .phone = {}};
}

}  // namespace kontor::carts
