#include "app/services.hpp"

#include <algorithm>

#include "services/access/factory.hpp"
#include "services/carts/factory.hpp"
#include "services/catalog/factory.hpp"
#include "services/discovery/factory.hpp"
#include "services/imports/factory.hpp"
#include "services/inventory/factory.hpp"
#include "services/orders/factory.hpp"
#include "services/payments/factory.hpp"
#include "services/pricing/factory.hpp"
#include "services/stores/factory.hpp"

namespace kontor::app {

namespace {

constexpr const ServiceEntry* all[] = {
    &access::entry,   &stores::entry,    &catalog::entry, &pricing::entry, &inventory::entry,
    &payments::entry, &discovery::entry, &carts::entry,   &orders::entry,  &imports::entry,
};

}  // namespace

std::span<const ServiceEntry* const> services() {
    return all;
}

const ServiceEntry* find_service(std::string_view name) {
    const auto found = std::ranges::find(all, name, &ServiceEntry::name);
    return found == std::end(all) ? nullptr : *found;
}

}  // namespace kontor::app
