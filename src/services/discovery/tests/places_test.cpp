#include "services/discovery/tests/discovery_shop.hpp"

namespace kontor::discovery {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Near_a_point : DiscoveryShop {
    static constexpr Coordinates heidelberg{49.40, 8.67};
};
struct An_offer_to_a_cart : DiscoveryShop {};
struct Completing : DiscoveryShop {};

TEST_F(Near_a_point, stores_stand_by_their_distance) {
    catch_up();
    const auto found =
        host_.run(discovery().stores({.market = "de"}, {.near = heidelberg})).value().items;
    ASSERT_EQ(found.size(), 2);
    EXPECT_EQ(found[0].id, "de-mannheim");
    EXPECT_NEAR(static_cast<double>(found[0].distance_m.value()), 17'600, 200);
    EXPECT_EQ(found[1].id, "de-berlin");
    EXPECT_THAT(host_.run(discovery().stores({.market = "ch"}, {})).value().items, IsEmpty());
}

TEST_F(Near_a_point, only_stores_with_stock_have_a_product) {
    drill();
    has_stock("drill-1", "de-mannheim", 0);
    catch_up();
    const auto found = host_.run(
        discovery().availability({.market = "de"}, {.product = "drill-1", .near = heidelberg}));
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->online);
    ASSERT_EQ(found->items.size(), 1);
    EXPECT_EQ(found->items[0].store.id, "de-berlin");
    EXPECT_EQ(found->items[0].available, Quantity::of(3));
}

TEST_F(Near_a_point, a_store_stands_once_with_all_variants_that_it_has_and_counts_once) {
    auto two = product(7, "drill", "Akku-Bohrschrauber");
    two.variants.push_back(two.variants[0]);
    two.variants[1].sku = "drill-2";
    happens(catalog::ProductChanged{two});
    has_stock("drill-1", "de-mannheim", 2);
    has_stock("drill-2", "de-mannheim", 5);
    has_stock("drill-2", "de-berlin", 1);
    catch_up();
    const auto find = [&](std::int64_t limit) {
        return host_
            .run(discovery().availability(
                {.market = "de"}, {.product = "drill-1", .near = heidelberg, .limit = limit}))
            .value()
            .items;
    };
    const auto both = find(2);
    ASSERT_EQ(both.size(), 2);
    EXPECT_EQ(both[0].store.id, "de-mannheim");
    EXPECT_EQ(both[0].available, Quantity::of(7));
    ASSERT_EQ(both[0].variants.size(), 2);
    EXPECT_EQ(both[0].variants[1].sku, "drill-2");
    EXPECT_EQ(both[1].store.id, "de-berlin");
    EXPECT_EQ(find(1).size(), 1);
}

TEST_F(Near_a_point, a_product_that_sells_out_is_not_available_any_more) {
    drill();
    has_stock("drill-1", "warehouse", 0);
    has_stock("drill-1", "de-berlin", -1);
    catch_up();
    const auto availability = page("drill-1")->variants.at(0).availability;
    EXPECT_FALSE(availability.online);
    EXPECT_EQ(availability.stores, 0);
    EXPECT_THAT(slugs({.in_stock = true}), IsEmpty());
}

TEST_F(An_offer_to_a_cart, has_price_tax_and_quantities_or_is_nothing) {
    drill();
    happens(pricing::TaxRatesChanged{
        "de", {{.market = "de", .tax_class = "standard", .rate = {1900}, .valid_from = {0}}}});
    catch_up();
    const auto list =
        host_.run(discovery().offers({.market = "de"}, {{"drill-1", "nothing"}})).value();
    EXPECT_EQ(list.currency, Currency("EUR"));
    ASSERT_EQ(list.items.size(), 2);
    EXPECT_FALSE(list.items[1].offer);
    const auto& offer = list.items[0].offer.value();
    EXPECT_EQ(offer.product, catalog::ProductId{7});
    EXPECT_EQ(offer.name, "Akku-Bohrschrauber");
    EXPECT_EQ(offer.price.minor_units, 9'999);
    EXPECT_EQ(offer.tax_rate.value, 1900);
    EXPECT_EQ(offer.picture, "/p.svg");
    EXPECT_TRUE(offer.available_online);
    EXPECT_EQ(host_.run(discovery().offers({.market = "ch"}, {})).value().currency,
              Currency("CHF"));
}

TEST_F(An_offer_to_a_cart, has_the_rate_of_the_markets_own_day) {
    drill();
    const auto day = parse_date("2026-07-01").value();
    happens(pricing::TaxRatesChanged{
        "de", {{"de", "standard", {1900}, {0}}, {"de", "standard", {1600}, day}}});
    catch_up();
    const auto rate = [&] {
        return host_.run(discovery().offers({.market = "de"}, {{"drill-1"}}))
            .value()
            .items.at(0)
            .offer->tax_rate.value;
    };
    // Berlin is two hours ahead of UTC in summer.
    host_.clock.set(parse_timestamp("2026-06-30T21:59:59Z").value());
    EXPECT_EQ(rate(), 1900);
    host_.clock.set(parse_timestamp("2026-06-30T22:00:00Z").value());
    EXPECT_EQ(rate(), 1600);
}

TEST_F(Completing, leads_to_categories_and_products) {
    drill();
    catch_up();
    const auto found =
        host_.run(discovery().suggestions({.market = "de"}, {.q = "bohr"})).value().items;
    const auto category = std::ranges::find(found, SuggestionKind::category, &Suggestion::kind);
    ASSERT_NE(category, found.end());
    EXPECT_EQ(category->slug, "drills");
    const auto products =
        host_.run(discovery().suggestions({.market = "de"}, {.q = "akku"})).value().items;
    ASSERT_FALSE(products.empty());
    EXPECT_EQ(products[0].slug, "drill-slug");
}

TEST_F(Completing, shows_the_tree_with_the_products_of_the_market) {
    drill();
    catch_up();
    const auto tree =
        host_.run(discovery().categories({.market = "de", .locale = "en"}, {})).value().items;
    ASSERT_EQ(tree.size(), 2);
    EXPECT_EQ(tree[0].code, "tools");
    EXPECT_EQ(tree[0].products, 1);
    EXPECT_EQ(tree[1].parent, "tools");
    EXPECT_EQ(tree[1].name, "Drills");
    const auto swiss = host_.run(discovery().categories({.market = "ch"}, {})).value().items;
    EXPECT_EQ(swiss.at(0).products, 0);
}

}  // namespace
}  // namespace kontor::discovery
