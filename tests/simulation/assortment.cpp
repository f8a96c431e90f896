#include "simulation/assortment.hpp"

namespace kontor::simulation {

namespace {

constexpr int sku_count = 12;
constexpr auto plenty = Quantity::of(2'000);
constexpr auto few = Quantity::of(50);
const Currency eur("EUR");

template <class T>
Task<Result<T>> not_here() {
    co_return refuse(refusals::not_found, "the simulated discovery knows offers only");
}

}  // namespace

Assortment::Assortment() {
    for (int i = 0; i < sku_count; ++i) {
        skus_.push_back(fmt::format("sku-{:02}", i));
        prices_.emplace(skus_.back(), Money(499 + 1'111 * i, eur));
    }
}

stores::PutMarkets Assortment::markets() {
    return {{{.code = "de",
              .country = Country("DE"),
              .name = {{"de", "Deutschland"}},
              .currency = eur,
              .languages = {"de"},
              .time_zone = "Europe/Berlin",
              .legal_entity = "Kontor GmbH"}}};
}

stores::PutStores Assortment::stores() {
    stores::PutStores all;
    for (const auto* id : {"north", "south"}) {
        all.stores.push_back({.id = id,
                              .kind = stores::LocationKind::warehouse,
                              .market = "de",
                              .name = id,
                              .address = {"Hafen 1", "68159", "Mannheim", Country("DE")},
                              .location = {49.50, 8.45},
                              .opening_hours = {},
                              .serves_online = {"de"}});
    }
    return all;
}

pricing::PutPrices Assortment::prices() const {
    pricing::PutPrices all;
    for (const auto& [sku, price] : prices_) {
        all.prices.push_back({.sku = sku, .market = "de", .amount = price});
    }
    return all;
}

inventory::PutStock Assortment::stock() const {
    inventory::PutStock all;
    for (std::size_t i = 0; i < skus_.size(); ++i) {
        for (const auto* location : {"north", "south"}) {
            all.counts.push_back({.sku = skus_[i],
                                  .location = location,
                                  .on_hand = i < hot_skus ? few : plenty,
                                  .safety = Quantity::of(2)});
        }
    }
    return all;
}

Task<Result<discovery::OfferList>> Assortment::offers(Context, discovery::OffersWanted wanted) {
    discovery::OfferList list{.items = {}, .currency = eur};
    for (const auto& sku : wanted.skus) {
        discovery::OfferAnswer answer;
        if (prices_.contains(sku)) {
            answer.offer = discovery::Offer{.sku = sku,
                                            .product = {1},
                                            .slug = sku,
                                            .name = sku,
                                            .price = prices_.at(sku),
                                            .tax_class = "standard",
                                            .tax_rate = {1900},
                                            .sales_unit = units::piece,
                                            .minimum = Quantity::of(1),
                                            .step = Quantity::of(1),
                                            .available_online = true};
        }
        list.items.push_back(std::move(answer));
    }
    co_return list;
}

Task<Result<Raw<discovery::ProductView>>> Assortment::product(Context, discovery::ProductWanted) {
    return not_here<Raw<discovery::ProductView>>();
}
Task<Result<Raw<discovery::ProductPage>>> Assortment::products(Context, discovery::ProductsWanted) {
    return not_here<Raw<discovery::ProductPage>>();
}
Task<Result<discovery::SuggestionList>> Assortment::suggestions(Context,
                                                                discovery::SuggestionsWanted) {
    return not_here<discovery::SuggestionList>();
}
Task<Result<discovery::CategoryViews>> Assortment::categories(Context,
                                                              discovery::CategoriesWanted) {
    return not_here<discovery::CategoryViews>();
}
Task<Result<discovery::StoreViews>> Assortment::stores(Context, discovery::StoresNear) {
    return not_here<discovery::StoreViews>();
}
Task<Result<discovery::AvailabilityList>> Assortment::availability(Context,
                                                                   discovery::AvailabilityWanted) {
    return not_here<discovery::AvailabilityList>();
}

}  // namespace kontor::simulation
