#pragma once

#include "services/discovery/api.hpp"
#include "services/discovery/index_feed.hpp"
#include "services/discovery/rendered.hpp"
#include "services/discovery/renderer.hpp"

namespace kontor::discovery {

/// Answers from this process's projection and index. Every answer is made on the loop at once, and
/// never waits.
class LocalDiscovery final : public Discovery {
public:
    /// All must outlive it.
    LocalDiscovery(const Projection& projection, const IndexFeed& index, Rendered& rendered,
                   const Clock& clock)
        : projection_(projection), index_(index), rendered_(rendered), clock_(clock) {}

    Task<Result<Raw<ProductView>>> product(Context context, ProductWanted wanted) override;
    Task<Result<Raw<ProductPage>>> products(Context context, ProductsWanted wanted) override;
    Task<Result<SuggestionList>> suggestions(Context context, SuggestionsWanted wanted) override;
    Task<Result<CategoryViews>> categories(Context context, CategoriesWanted wanted) override;
    Task<Result<StoreViews>> stores(Context context, StoresNear wanted) override;
    Task<Result<AvailabilityList>> availability(Context context,
                                                AvailabilityWanted wanted) override;
    Task<Result<OfferList>> offers(Context context, OffersWanted wanted) override;

private:
    Result<std::unique_ptr<View>> view_for(const Context& context) const;
    /// The key of the product with this id, SKU, slug or GTIN.
    Result<std::uint64_t> find(std::string_view product, const View& view) const;
    /// The product's page or item; null where the market has no price for it.
    std::shared_ptr<const std::string> rendered(Fragment fragment, std::uint64_t product,
                                                View& view) const;
    std::string page_json(const engine::Page& page, View& view) const;

    const Projection& projection_;
    const IndexFeed& index_;
    Rendered& rendered_;
    const Clock& clock_;
};

}  // namespace kontor::discovery
