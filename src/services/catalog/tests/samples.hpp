#pragma once

#include "services/catalog/api.hpp"

/// Products for the tests of the catalogue.
namespace kontor::catalog::samples {

/// A drill as an import brings it, sold under `code`-s and `code`-m.
inline ProductDraft drill(const std::string& code = "4711") {
    return {.code = code,
            .name = {{"de", "Akku-Bohrschrauber 18 V"}, {"en", "Cordless drill 18 V"}},
            .brand = "Wernher",
            .category = "drills",
            .attributes = {{.name = "voltage", .number = Quantity::of(18), .unit = "V"}},
            .variants = {{.sku = code + "-s"}, {.sku = code + "-m"}}};
}

}  // namespace kontor::catalog::samples
