#include "journeys/shop.hpp"

namespace kontor::journeys {
namespace {

struct A_projection : ::testing::TestWithParam<Where> {
    Shop shop{GetParam()};

    /// What shoppers are shown of everything.
    std::string shown() {
        auto& discovery = shop.ask<discovery::Discovery>();
        std::string all =
            shop.must(discovery.products(shop.shopper(), {.facets = {"brand", "price"}})).json;
        for (const auto* sku : {Shop::drill, Shop::cable}) {
            all += "\n" + shop.must(discovery.product(shop.shopper(), {sku})).json;
            all +=
                "\n" + to_json(shop.must(discovery.availability(shop.shopper(), {.product = sku})));
        }
        return all + "\n" + to_json(shop.must(discovery.categories(shop.shopper(), {}))) + "\n" +
               to_json(shop.must(discovery.stores(shop.shopper(), {})));
    }
};

TEST_P(A_projection, that_was_deleted_is_the_same_again_though_its_events_are_forgotten) {
    shop.must(shop.ask<catalog::Catalog>().rename_product(
        shop.shopper(), {"4711", {{"de", "Schrauber"}, {"en", "Driver"}}}));
    shop.settle();
    shop.wait_a_month();
    const auto before = shown();
    EXPECT_THAT(before, ::testing::HasSubstr("Schrauber"));
    shop.restart_without_projections();
    EXPECT_EQ(shop.remembers_all_of("catalog"), GetParam() == Where::apart) << "NATS keeps all";
    EXPECT_EQ(shown(), before);
}

INSTANTIATE_TEST_SUITE_P(On, A_projection, everywhere(), where_name);

}  // namespace
}  // namespace kontor::journeys
