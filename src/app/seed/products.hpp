#pragma once

#include "app/seed/catalogue.hpp"
#include "app/seed/shop.hpp"

namespace kontor::seed {

/// What products are made from; refers to parts of the shop.
struct Workshop {
    const Options& options;
    const std::vector<Market>& markets;
    const std::vector<AttributeDefinition>& attributes;
    const Catalogue& catalogue;
};

/// The product of that number, from 1. Depends on nothing but its arguments.
Product make_product(const Workshop& workshop, std::int64_t number);

}  // namespace kontor::seed
