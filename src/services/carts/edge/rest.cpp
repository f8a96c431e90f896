#include "services/carts/edge/rest.hpp"

#include "services/carts/api.hpp"

namespace kontor::carts {

void edge(rest::Table& table, const Directory& directory) {
    using enum rest::Scope;
    auto& carts = directory.get<Carts>();
    const std::string all = "/shop/{market}/carts";
    const auto one = all + "/{cart}";
    table.route<&Carts::create>("POST", all, shopper, carts, {.status = 201})
        .route<&Carts::cart>("GET", one, shopper, carts)
        .route<&Carts::add_line>("POST", one + "/lines", shopper, carts)
        .route<&Carts::change_line>("PATCH", one + "/lines/{line}", shopper, carts)
        .route<&Carts::remove_line>("DELETE", one + "/lines/{line}", shopper, carts)
        .route<&Carts::set_addresses>("PUT", one + "/addresses", shopper, carts)
        .route<&Carts::set_delivery>("PUT", one + "/delivery", shopper, carts)
        .route<&Carts::set_payment>("PUT", one + "/payment", shopper, carts);
}

}  // namespace kontor::carts
