#include "services/carts/edge/rest.hpp"

#include "services/carts/api.hpp"

namespace kontor::carts {

void edge(rest::Table& table, const Directory& directory) {
    using enum rest::Scope;
    auto& carts = directory.get<Carts>();
    // For long carts: what changed instead of every line.
    const rest::Extra brief{.preference = rest::Preference::return_minimal};
    auto added = brief;
    added.idempotency = rest::Idempotency::key_optional;
    const std::string all = "/shop/{market}/carts";
    const auto one = all + "/{cart}";
    table.route<&Carts::create>("POST", all, shopper, carts, {.status = 201})
        .route<&Carts::cart>("GET", one, shopper, carts)
        .route<&Carts::add_line>("POST", one + "/lines", shopper, carts, added)
        .route<&Carts::change_line>("PATCH", one + "/lines/{line}", shopper, carts, brief)
        .route<&Carts::remove_line>("DELETE", one + "/lines/{line}", shopper, carts, brief)
        .route<&Carts::merge>("POST", one + "/merges", shopper, carts,
                              {.idempotency = rest::Idempotency::key_optional})
        .route<&Carts::set_addresses>("PUT", one + "/addresses", shopper, carts, brief)
        .route<&Carts::set_delivery>("PUT", one + "/delivery", shopper, carts, brief)
        .route<&Carts::set_payment>("PUT", one + "/payment", shopper, carts, brief);
}

}  // namespace kontor::carts
