#include "services/discovery/tests/discovery_shop.hpp"

namespace kontor::discovery {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct A_product_page : DiscoveryShop {};
struct A_product_list : DiscoveryShop {};

TEST_F(A_product_page, is_found_by_id_slug_sku_and_gtin) {
    drill();
    catch_up();
    for (const std::string& key : {to_text(catalog::ProductId{7}), std::string("drill-slug"),
                                   std::string("drill-1"), std::string("4006381333931")}) {
        const auto found = page(key);
        ASSERT_TRUE(found) << key;
        EXPECT_EQ(found->slug, "drill-slug");
    }
    EXPECT_EQ(page("nothing").error().code, "not_found");
    EXPECT_EQ(page("drill-1", "xx").error().code, "unknown_market");
}

TEST_F(A_product_page, tells_all_that_a_shopper_needs) {
    drill();
    catch_up();
    const auto found = page("drill-1").value();
    EXPECT_EQ(found.name, "Akku-Bohrschrauber");
    EXPECT_EQ(found.brand, "Bo\"sch");
    EXPECT_EQ(found.category_path.at(1).code, "drills");
    EXPECT_EQ(found.category_path.at(1).name, "Bohrer");
    EXPECT_EQ(found.attributes.at(0).value, "18");
    EXPECT_EQ(found.attributes.at(0).unit, "V");
    const auto& variant = found.variants.at(0);
    EXPECT_EQ(variant.gtin, "4006381333931");
    EXPECT_EQ(to_text(variant.price.value()), "99.99 EUR");
    EXPECT_EQ(to_text(variant.unit_price.value().price), "199.98 EUR");
    EXPECT_EQ(variant.unit_price->unit, units::kilogram);
    EXPECT_EQ(variant.picture, "/p.svg");
    EXPECT_TRUE(variant.availability.online);
    EXPECT_EQ(variant.availability.stores, 1);
}

TEST_F(A_product_page, has_no_unit_price_where_it_would_only_repeat_the_price) {
    auto sold = product(7, "drill", "Akku-Bohrschrauber");
    sold.variants[0].content = Measure{Quantity::of(1), units::piece};
    sold.variants.push_back(sold.variants[0]);
    sold.variants[1].sku = "drill-10";
    sold.variants[1].content = Measure{Quantity::of(10), units::piece};
    sells(sold);
    costs("drill-1", {price("de", 9'999)});
    costs("drill-10", {price("de", 90'000)});
    catch_up();
    const auto found = page("drill-1").value();
    EXPECT_FALSE(found.variants.at(0).unit_price);
    EXPECT_EQ(to_text(found.variants.at(1).unit_price.value().price), "90.00 EUR");
}

TEST_F(A_product_page, speaks_the_readers_language_or_the_nearest_there_is) {
    drill();
    costs("drill-1", {price("de", 9'999), price("ch", 11'000)});
    catch_up();
    EXPECT_EQ(page("drill-1", "de", "en-GB")->name, "Akku-Bohrschrauber (en)");
    EXPECT_EQ(page("drill-1", "de", "sv")->name, "Akku-Bohrschrauber");
    EXPECT_EQ(page("drill-1", "ch", "fr")->category_path.at(0).name, "Werkzeug");
}

TEST_F(A_product_page, shows_each_market_its_own_price_and_none_where_it_is_not_sold) {
    drill();
    catch_up();
    EXPECT_EQ(page("drill-1", "ch").error().code, "not_found");
    costs("drill-1", {price("de", 9'999), price("ch", 11'000)});
    catch_up();
    EXPECT_EQ(to_text(page("drill-1", "ch")->variants.at(0).price.value()), "110.00 CHF");
}

TEST_F(A_product_page, shows_the_price_of_the_hour_and_what_a_reduction_is_measured_by) {
    drill();
    const auto now = host_.clock.now();
    auto reduced = price("de", 7'999);
    reduced.valid_from = now + std::chrono::hours(1);
    reduced.valid_until = now + std::chrono::hours(2);
    costs("drill-1", {price("de", 9'999), reduced});
    catch_up();
    EXPECT_EQ(page("drill-1")->variants.at(0).price->minor_units, 9'999);
    EXPECT_EQ(page("drill-1")->variants.at(0).list_price, std::nullopt);
    host_.clock.advance(std::chrono::hours(1));
    const auto during = page("drill-1")->variants.at(0);
    EXPECT_EQ(during.price->minor_units, 7'999);
    EXPECT_EQ(during.list_price->minor_units, 9'999);
    EXPECT_EQ(during.lowest_30_days->minor_units, 9'999);
    EXPECT_THAT(slugs({.price = PriceRange{"", "80"}}), ElementsAre("drill-slug"));
    host_.clock.advance(std::chrono::hours(1));
    EXPECT_EQ(page("drill-1")->variants.at(0).price->minor_units, 9'999);
    EXPECT_THAT(slugs({.price = PriceRange{"", "80"}}), IsEmpty());
}

TEST_F(A_product_page, and_its_place_in_a_list_change_though_they_were_read_before) {
    drill();
    catch_up();
    const auto price_on_page = [&] { return page("drill-1")->variants.at(0).price->minor_units; };
    const auto price_in_list = [&] {
        return list({})->items.at(0).variants.at(0).price->minor_units;
    };
    ASSERT_EQ(price_on_page(), 9'999);
    ASSERT_EQ(price_in_list(), 9'999);
    costs("drill-1", {price("de", 8'888)});
    eventually([&] { return price_on_page() == 8'888; });
    EXPECT_EQ(price_in_list(), 8'888);
    has_stock("drill-1", "de-mannheim", 1);
    eventually([&] { return page("drill-1")->variants.at(0).availability.stores == 2; });
    EXPECT_EQ(list({})->items.at(0).variants.at(0).availability.stores, 2);
}

TEST_F(A_product_page, is_gone_for_a_sku_that_the_product_lost) {
    drill();
    auto changed = product(7, "drill", "Akku-Bohrschrauber");
    changed.variants.at(0).sku = "drill-2";
    sells(changed);
    costs("drill-2", {price("de", 1'000)});
    catch_up();
    EXPECT_EQ(page("drill-1").error().code, "not_found");
    EXPECT_TRUE(page("drill-2"));
}

TEST_F(A_product_list, is_filtered_counted_and_sorted) {
    drill();
    sells(product(8, "hammer", "Hammer"));
    costs("hammer-1", {price("de", 1'999)});
    catch_up();
    EXPECT_THAT(slugs({.sort = Sort::price_ascending}), ElementsAre("hammer-slug", "drill-slug"));
    EXPECT_THAT(slugs({.q = "bohrschrauber"}), ElementsAre("drill-slug"));
    EXPECT_THAT(slugs({.category = "tools", .in_stock = true}), ElementsAre("drill-slug"));
    EXPECT_THAT(slugs({.store = "de-berlin"}), ElementsAre("drill-slug"));
    EXPECT_THAT(slugs({.store = "de-mannheim"}), IsEmpty());
    EXPECT_THAT(slugs({.price = PriceRange{"10", "20"}}), ElementsAre("hammer-slug"));
    EXPECT_THAT(slugs({.attr = {{"voltage", "10..18"}}, .limit = 1}).size(), 1);
    EXPECT_THAT(slugs({.attr = {{"voltage", "12"}}}), IsEmpty());
    EXPECT_THAT(slugs({}, "ch"), IsEmpty());
}

TEST_F(A_product_list, counts_facets_in_the_words_of_the_filters) {
    drill();
    catch_up();
    const auto found =
        list({.facets = {"brand", "price", "category", "attr[voltage]"}, .limit = 24}).value();
    EXPECT_EQ(found.total, 1);
    ASSERT_EQ(found.facets.size(), 4);
    EXPECT_EQ(found.facets[0].values.at(0).value, "Bo\"sch");
    EXPECT_EQ(found.facets[1].values.at(0).value, "50.00..99.99");
    EXPECT_EQ(found.facets[1].values.at(0).count, 1);
    EXPECT_EQ(found.facets[3].name, "attr[voltage]");
    EXPECT_EQ(found.facets[3].values.at(0).value, "18");
    for (const auto& value : found.facets[2].values) {
        EXPECT_THAT(slugs({.category = value.value}), ElementsAre("drill-slug"));
    }
    EXPECT_EQ(to_text(found.items.at(0).variants.at(0).price.value()), "99.99 EUR");
}

TEST_F(A_product_list, is_read_page_by_page) {
    for (std::uint64_t id = 1; id <= 5; ++id) {
        const auto code = "p" + std::to_string(id);
        sells(product(id, code, "Produkt"));
        costs(code + "-1", {price("de", static_cast<std::int64_t>(id) * 100)});
    }
    catch_up();
    std::vector<std::string> all;
    std::optional<std::string> cursor;
    do {
        const auto found =
            list({.sort = Sort::price_descending, .limit = 2, .cursor = cursor}).value();
        for (const auto& item : found.items) {
            all.push_back(item.slug);
        }
        cursor = found.next;
    } while (cursor);
    EXPECT_THAT(all, ElementsAre("p5-slug", "p4-slug", "p3-slug", "p2-slug", "p1-slug"));
}

TEST_F(A_product_list, refuses_what_there_is_not_and_names_the_member) {
    catch_up();
    for (const auto& [wanted, member] : std::vector<std::pair<ProductsWanted, std::string>>{
             {{.category = "cars"}, "/category"},
             {{.price = PriceRange{"1.234", ""}}, "/price"},
             {{.store = "de-paris"}, "/store"},
             {{.facets = {"colour"}}, "/facets"}}) {
        const auto found = list(wanted);
        ASSERT_FALSE(found);
        EXPECT_EQ(found.error().status, 422);
        EXPECT_EQ(found.error().errors.at(0).pointer, member);
    }
}

}  // namespace
}  // namespace kontor::discovery
