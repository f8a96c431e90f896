#pragma once

#include <map>

#include "services/discovery/api.hpp"
#include "services/inventory/api.hpp"
#include "services/pricing/api.hpp"
#include "services/stores/api.hpp"

namespace kontor::simulation {

/// What the simulated shop sells: some things of which there are plenty, and a few that everybody
/// wants. Answers what carts ask of discovery, whose projections are not what is simulated.
class Assortment final : public discovery::Discovery {
public:
    Assortment();

    const std::vector<std::string>& skus() const { return skus_; }
    /// What everybody wants.
    static constexpr std::size_t hot_skus = 3;

    Money price(const std::string& sku) const { return prices_.at(sku); }
    void set_price(const std::string& sku, Money price) { prices_[sku] = price; }

    static stores::PutMarkets markets();
    static stores::PutStores stores();
    pricing::PutPrices prices() const;
    inventory::PutStock stock() const;

    Task<Result<discovery::OfferList>> offers(Context context,
                                              discovery::OffersWanted wanted) override;

    Task<Result<Raw<discovery::ProductView>>> product(Context, discovery::ProductWanted) override;
    Task<Result<Raw<discovery::ProductPage>>> products(Context, discovery::ProductsWanted) override;
    Task<Result<discovery::SuggestionList>> suggestions(Context,
                                                        discovery::SuggestionsWanted) override;
    Task<Result<discovery::CategoryViews>> categories(Context,
                                                      discovery::CategoriesWanted) override;
    Task<Result<discovery::StoreViews>> stores(Context, discovery::StoresNear) override;
    Task<Result<discovery::AvailabilityList>> availability(Context,
                                                           discovery::AvailabilityWanted) override;

private:
    std::vector<std::string> skus_;
    std::map<std::string, Money> prices_;
};

}  // namespace kontor::simulation
