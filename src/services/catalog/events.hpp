#pragma once

#include "platform/events/event.hpp"
#include "services/catalog/api.hpp"

namespace kontor::catalog {

/// A product was made or changed. Carries it whole, so that nobody has to ask back.
struct ProductChanged {
    Product product;
    static constexpr events::Type type{"catalog.product-changed", 1};
    static constexpr auto describe() {
        return described<ProductChanged>("A product was made or changed.",
                                         field<&ProductChanged::product>("As it is now."));
    }
};

/// A category was made or changed.
struct CategoryChanged {
    Category category;
    static constexpr events::Type type{"catalog.category-changed", 1};
    static constexpr auto describe() {
        return described<CategoryChanged>("A category was made or changed.",
                                          field<&CategoryChanged::category>("As it is now."));
    }
};

}  // namespace kontor::catalog
