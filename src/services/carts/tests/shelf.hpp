#pragma once

#include <stdexcept>

#include "services/carts/service.hpp"
#include "support/test_host.hpp"

namespace kontor::carts {

/// What discovery offers, as a test arranges it.
class Shelf final : public discovery::Discovery {
public:
    discovery::OfferList rules{.items = {}, .currency = Currency("EUR")};
    std::map<std::string, discovery::Offer> goods;

    void put(std::string sku, std::int64_t cents, BasisPoints rate = {1900}) {
        discovery::Offer offer{.sku = sku,
                               .product = catalog::ProductId{goods.size() + 1},
                               .slug = sku,
                               .name = sku,
                               .picture = {},
                               .price = {cents, Currency("EUR")},
                               .tax_class = "standard",
                               .tax_rate = rate,
                               .sales_unit = units::piece,
                               .minimum = Quantity::of(1),
                               .step = Quantity::of(1),
                               .available_online = true};
        goods.insert_or_assign(std::move(sku), std::move(offer));
    }

    Task<Result<discovery::OfferList>> offers(Context, discovery::OffersWanted wanted) override {
        auto list = rules;
        for (const auto& sku : wanted.skus) {
            const auto found = goods.find(sku);
            list.items.push_back(
                {found == goods.end() ? std::nullopt : std::optional(found->second)});
        }
        co_return list;
    }

    Task<Result<Raw<discovery::ProductView>>> product(Context, discovery::ProductWanted) override {
        throw std::logic_error("carts asks for offers only");
    }
    Task<Result<Raw<discovery::ProductPage>>> products(Context,
                                                       discovery::ProductsWanted) override {
        throw std::logic_error("carts asks for offers only");
    }
    Task<Result<discovery::SuggestionList>> suggestions(Context,
                                                        discovery::SuggestionsWanted) override {
        throw std::logic_error("carts asks for offers only");
    }
    Task<Result<discovery::CategoryViews>> categories(Context,
                                                      discovery::CategoriesWanted) override {
        throw std::logic_error("carts asks for offers only");
    }
    Task<Result<discovery::StoreViews>> stores(Context, discovery::StoresNear) override {
        throw std::logic_error("carts asks for offers only");
    }
    Task<Result<discovery::AvailabilityList>> availability(Context,
                                                           discovery::AvailabilityWanted) override {
        throw std::logic_error("carts asks for offers only");
    }
};

}  // namespace kontor::carts
