#include "services/discovery/engine/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/discovery/engine/tests/support/shop.hpp"

namespace kontor::discovery::engine {
namespace {

using testing::product;
using testing::Shop;
using Strings = std::vector<std::string>;
using Products = std::vector<IndexedProduct>;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

TEST(Searching, a_compound_is_found_however_it_is_written) {
    const Shop shop(
        Strings{"Akku-Bohrschrauber", "Schrauber", "Bohrer", "Akku", "Hammer", "Schraube"});
    for (const auto* text : {"akkubohrschrauber", "akku bohrschrauber", "akku-bohrschrauber",
                             "Akku-Bohrschrauber", "AKKUBOHRSCHRAUBER", "akku bohr schrauber"}) {
        EXPECT_EQ(shop.found(text).at(0), "Akku-Bohrschrauber") << text;
    }
    EXPECT_THAT(shop.found("bohrschrauber"), ElementsAre("Akku-Bohrschrauber"));
}

TEST(Searching, a_compound_of_the_catalogue_is_found_by_its_parts) {
    const Shop shop(
        Strings{"Akkubohrschrauber", "Bohrschrauber", "Akku", "Arbeitshose", "Arbeit", "Hose"});
    EXPECT_EQ(shop.found("akku bohrschrauber").at(0), "Akkubohrschrauber");
    EXPECT_THAT(shop.found("bohrschrauber"), ElementsAre("Bohrschrauber", "Akkubohrschrauber"));
    EXPECT_THAT(shop.found("hose"), ElementsAre("Hose", "Arbeitshose"));
}

TEST(Searching, case_accents_and_umlauts_do_not_matter_either_way) {
    const Shop shop(Strings{"Säge", "Spaten", "Fuß", "Bürste"});
    for (const auto* text : {"säge", "saege", "sage", "SÄGE", "Sa\u0308ge"}) {
        EXPECT_THAT(shop.found(text), ElementsAre("Säge")) << text;
    }
    EXPECT_THAT(shop.found("fuss"), ElementsAre("Fuß"));
    EXPECT_THAT(shop.found("buerste"), ElementsAre("Bürste"));
}

TEST(Searching, other_forms_of_a_word_are_found) {
    const Shop shop(Strings{"Bohrmaschine", "Schrauben"});
    EXPECT_THAT(shop.found("bohrmaschinen"), ElementsAre("Bohrmaschine"));
    EXPECT_THAT(shop.found("schraube"), ElementsAre("Schrauben"));
}

TEST(Searching, a_number_and_its_unit_are_one_word_however_they_are_spaced) {
    const Shop shop(Strings{"Akku 18 V", "Akku 12V", "Kabel 1,5 mm", "Schraube 4 x 40"});
    EXPECT_THAT(shop.found("18v"), ElementsAre("Akku 18 V"));
    EXPECT_THAT(shop.found("18 V"), ElementsAre("Akku 18 V"));
    EXPECT_THAT(shop.found("12 volt"), ElementsAre("Akku 12V"));
    EXPECT_THAT(shop.found("kabel 1.5mm"), ElementsAre("Kabel 1,5 mm"));
    EXPECT_THAT(shop.found("4x40"), ElementsAre("Schraube 4 x 40"));
}

TEST(Searching, part_numbers_are_found_with_and_without_their_hyphens) {
    const Shop shop(Strings{"Toner TN-2110", "Bohrhammer GBH2-26", "Konsole PS4"});
    EXPECT_THAT(shop.found("tn2110"), ElementsAre("Toner TN-2110"));
    EXPECT_THAT(shop.found("tn 2110"), ElementsAre("Toner TN-2110"));
    EXPECT_THAT(shop.found("gbh 2-26"), ElementsAre("Bohrhammer GBH2-26"));
    EXPECT_THAT(shop.found("ps 4"), ElementsAre("Konsole PS4"));
}

TEST(Searching, a_typing_error_is_corrected_and_told) {
    const Shop shop(Strings{"Schraubenzieher", "Säge", "Hammer"});
    const auto corrected = shop.page(Shop::german("schraubenzeiher"));
    EXPECT_THAT(shop.names(corrected), ElementsAre("Schraubenzieher"));
    EXPECT_EQ(corrected.corrected_to, "schraubenzieher");
    EXPECT_EQ(shop.page(Shop::german("hamer")).corrected_to, "hammer");
    EXPECT_EQ(shop.page(Shop::german("hammer")).corrected_to, "");
    EXPECT_THAT(shop.page(Shop::german("xyzzyx")).hits, IsEmpty());
}

TEST(Searching, a_typing_error_within_a_compound_is_corrected_though_no_product_has_the_compound) {
    const Shop shop(Strings{"Akku-Bohrschrauber", "Bohrschrauber", "Akku", "Arbeitshose",
                            "Arbeit am Haus", "Hose"});
    for (const auto* text : {"akkubohrschruaber", "akuubohrschrauber", "akkubohrschraber"}) {
        EXPECT_EQ(shop.found(text).at(0), "Akku-Bohrschrauber") << text;
    }
    EXPECT_EQ(shop.page(Shop::german("akkubohrschruaber")).corrected_to, "akkubohrschrauber");
    EXPECT_EQ(shop.found("arbeitshoese").at(0), "Arbeitshose");
    EXPECT_THAT(shop.found("akkuxyzzyx"), IsEmpty());
}

TEST(Searching, all_words_are_needed_where_enough_products_have_them) {
    const Shop shop(Strings{"Roter Eimer", "Roter Eimer 2", "Roter Eimer 3", "Roter Eimer 4",
                            "Roter Eimer 5", "Blauer Eimer", "Rote Farbe"});
    const auto all = shop.page(Shop::german("roter eimer"));
    EXPECT_EQ(all.total, 5);
    EXPECT_FALSE(all.relaxed);
}

TEST(Searching, few_products_with_all_words_are_followed_by_those_with_most_and_that_is_told) {
    const Shop shop(Strings{"Roter Eimer", "Blauer Eimer", "Rote Farbe", "Hammer"});
    const auto page = shop.page(Shop::german("blauer eimer"));
    EXPECT_THAT(shop.names(page), ElementsAre("Blauer Eimer", "Roter Eimer"));
    EXPECT_TRUE(page.relaxed);
    const auto most = shop.page(Shop::german("blauer eimer farbe"));
    EXPECT_THAT(shop.names(most), ElementsAre("Blauer Eimer"));
    EXPECT_TRUE(most.relaxed);
}

TEST(Searching, a_filter_that_leaves_few_does_not_loosen_the_text) {
    auto last = product(5, "Roter Eimer");
    last.brand = "Bosch";
    auto other = product(6, "Blauer Eimer");
    other.brand = "Bosch";
    const Shop shop(Products{product(1, "Roter Eimer"), product(2, "Roter Eimer"),
                             product(3, "Roter Eimer"), product(4, "Roter Eimer"), last, other});
    auto query = Shop::german("roter eimer");
    query.brands = {"Bosch"};
    EXPECT_THAT(shop.found(query), ElementsAre("Roter Eimer"));
}

TEST(Searching, stop_words_are_ignored_beside_others) {
    const Shop shop(Strings{"Eimer mit Deckel", "Kelle mit Griff", "Mit"});
    EXPECT_THAT(shop.found("eimer mit dem"), ElementsAre("Eimer mit Deckel"));
    EXPECT_THAT(shop.found("mit"), SizeIs(3));
}

TEST(Searching, a_word_in_the_name_counts_more_than_one_in_the_description) {
    auto mentions = product(1, "Koffer");
    mentions.texts[0].description = "Platz für einen Hammer";
    const Shop shop(Products{mentions, product(2, "Hammer")});
    EXPECT_THAT(shop.found("hammer"), ElementsAre("Hammer", "Koffer"));
}

TEST(Searching, among_equals_the_business_rank_decides) {
    auto better = product(7, "Hammer");
    better.rank = 1000;
    const Shop shop(Products{product(1, "Hammer"), better});
    const auto hits = shop.page({.market = "de", .languages = {"de"}, .text = "hammer"}).hits;
    ASSERT_THAT(hits, SizeIs(2));
    EXPECT_EQ(hits[0].id, 7);
}

TEST(Searching, a_product_without_the_language_is_found_in_the_next_of_the_chain) {
    auto english = product(1, "Hammer");
    english.texts = {{.language = "en", .name = "Claw hammer"}};
    const Shop shop(Products{english, product(2, "Zange")});
    const Query chained{.market = "de", .languages = {"de", "en"}, .text = "claw"};
    EXPECT_THAT(shop.page(chained).hits, SizeIs(1));
    EXPECT_THAT(shop.found("claw"), IsEmpty());
}

TEST(Searching, a_product_is_not_found_in_a_language_behind_its_own) {
    auto both = product(1, "Zange");
    both.texts.push_back({.language = "en", .name = "Pliers"});
    const Shop shop(Products{both});
    const Query chained{.market = "de", .languages = {"de", "en"}, .text = "pliers"};
    EXPECT_THAT(shop.page(chained).hits, IsEmpty());
}

TEST(Searching, an_exact_code_always_wins_in_any_spelling) {
    auto coded = product(1, "Zange");
    coded.codes = {"KN-87.01/250", "0004003773022022"};
    const Shop shop(Products{coded, product(2, "Hammer KN 87 01 250")});
    for (const auto* text : {"KN-87.01/250", "kn8701250", "kn 87 01 250", "4003773022022"}) {
        const auto answer = shop.page({.market = "de", .languages = {"de"}, .text = text});
        EXPECT_THAT(shop.names(answer), ElementsAre("Zange")) << text;
        EXPECT_TRUE(answer.exact_code) << text;
    }
}

TEST(LookingUp, a_product_is_known_by_id_slug_and_code_until_it_is_removed) {
    auto coded = product(5, "Zange");
    coded.codes = {"A-1"};
    const Shop shop(Products{coded});
    EXPECT_TRUE(shop->reader().has(5));
    EXPECT_EQ(shop->reader().by_slug("product-5"), 5);
    EXPECT_THAT(shop->reader().by_code("a1"), ElementsAre(5));
    shop->remove(5);
    shop->publish();
    EXPECT_FALSE(shop->reader().has(5));
    EXPECT_EQ(shop->reader().by_slug("product-5"), std::nullopt);
    EXPECT_THAT(shop->reader().by_code("a1"), IsEmpty());
}

TEST(Changing, nothing_is_visible_before_it_is_published_and_a_reader_keeps_its_state) {
    const Shop shop(Strings{"Hammer"});
    const auto before = shop->reader();
    shop->upsert(product(9, "Zange"));
    EXPECT_EQ(shop->reader().size(), 1);
    shop->publish();
    EXPECT_EQ(shop->reader().size(), 2);
    EXPECT_EQ(before.size(), 1);
}

TEST(Changing, the_price_is_that_of_the_window_that_began_last) {
    const Shop shop(Strings{"Hammer"});
    shop->set_offer(1, {"de", true, {{0, forever, 1999}, {100, 200, 1499}}});
    shop->publish();
    const auto price = [&](std::int64_t now) {
        Query query{.market = "de", .languages = {"de"}, .now = now};
        return shop.page(query).hits.at(0).price;
    };
    EXPECT_EQ(price(-1), std::nullopt);
    EXPECT_EQ(price(99), 1999);
    EXPECT_EQ(price(100), 1499);
    EXPECT_EQ(price(200), 1999);
    EXPECT_EQ(price(99), 1999);
}

TEST(Changing, a_product_that_is_no_longer_sellable_in_a_market_is_not_listed_there) {
    const Shop shop(Strings{"Hammer", "Zange"});
    shop->set_offers(1, {{"at", true, {{0, forever, 500}}}});
    shop->publish();
    EXPECT_THAT(shop.found({.market = "de", .languages = {"de"}}), ElementsAre("Zange"));
    EXPECT_EQ(shop.page({.market = "at", .languages = {"de"}}).total, 1);
    EXPECT_EQ(shop.page({.market = "fr", .languages = {"de"}}).total, 0);
}

TEST(Changing, availability_is_filtered_by_store_and_online) {
    const Shop shop(Strings{"Hammer", "Zange"});
    shop->set_availability(1, {{"de"}, {}});
    shop->set_availability(2, {{}, {17}});
    shop->publish();
    Query online{.market = "de", .languages = {"de"}};
    online.in_stock = true;
    EXPECT_THAT(shop.found(online), ElementsAre("Hammer"));
    Query in_store{.market = "de", .languages = {"de"}};
    in_store.store = 17;
    EXPECT_THAT(shop.found(in_store), ElementsAre("Zange"));
    in_store.store = 18;
    EXPECT_THAT(shop.page(in_store).hits, IsEmpty());
}

TEST(Paging, a_cursor_of_another_query_or_a_damaged_one_is_refused) {
    const Shop shop(Strings{"Hammer", "Zange", "Säge"});
    Query query{.market = "de", .languages = {"de"}, .sort = Sort::name, .limit = 1};
    query.cursor = shop.page(query).next;
    EXPECT_THAT(shop.found(query), ElementsAre("Säge"));
    auto other = query;
    other.sort = Sort::newest;
    EXPECT_EQ(shop->reader().find(other).error().code, "bad_cursor");
    query.cursor[5] = query.cursor[5] == 'A' ? 'B' : 'A';
    EXPECT_EQ(shop->reader().find(query).error().code, "bad_cursor");
    query.cursor = "?";
    EXPECT_EQ(shop->reader().find(query).error().code, "bad_cursor");
}

TEST(Paging, a_page_goes_on_behind_its_last_product_though_that_was_removed) {
    Shop shop(Strings{"Ahle", "Beil", "Dübel", "Eimer"});
    Query query{.market = "de", .languages = {"de"}, .sort = Sort::name, .limit = 2};
    query.cursor = shop.page(query).next;
    shop->remove(2);
    shop.add(product(9, "Beitel"));
    shop->publish();
    EXPECT_THAT(shop.found(query), ElementsAre("Beitel", "Dübel"));
}

TEST(Paging, more_than_1000_at_once_are_refused) {
    const Shop shop(Strings{"Hammer"});
    Query query{.market = "de", .languages = {"de"}, .limit = 1001};
    EXPECT_EQ(shop->reader().find(query).error().code, "bad_query");
}

TEST(Counting, a_facet_ignores_its_own_filter_but_no_other) {
    auto red = product(1, "Eimer");
    red.brand = "Rot";
    red.attributes = {{"size", 10.0}, {"colour", "Blau"}};
    auto blue = product(2, "Eimer");
    blue.brand = "Blau";
    blue.attributes = {{"size", 10.0}, {"colour", "blau"}};
    auto large = product(3, "Eimer");
    large.brand = "Blau";
    large.attributes = {{"size", 20.0}};
    const Shop shop(Products{red, blue, large});
    Query query{.market = "de", .languages = {"de"}};
    query.brands = {"BLAU"};
    query.attributes = {{.name = "size", .values = {"10"}}};
    query.facets = {{.of = FacetWanted::Of::brand},
                    {.of = FacetWanted::Of::attribute, .attribute = "size"},
                    {.of = FacetWanted::Of::attribute, .attribute = "colour"}};
    const auto answer = shop.page(query);
    EXPECT_EQ(answer.total, 1);
    EXPECT_THAT(answer.facets[0].values,
                UnorderedElementsAre(FacetValue{"Rot", 1}, FacetValue{"Blau", 1}));
    EXPECT_THAT(answer.facets[1].values,
                UnorderedElementsAre(FacetValue{"10", 1}, FacetValue{"20", 1}));
    EXPECT_THAT(answer.facets[2].values, UnorderedElementsAre(FacetValue{"Blau", 1}));
}

TEST(Suggesting, completions_are_categories_brands_and_products_and_forgive_errors) {
    auto drill = product(1, "Bohrhammer GBH");
    drill.brand = "Bosch";
    drill.category_path = {3, 4};
    drill.texts[0].category_names = {"Werkzeug", "Bohrmaschinen"};
    const Shop shop(Products{drill, product(2, "Hammer")});
    const auto suggested = [&](std::string prefix) {
        std::vector<std::string> texts;
        for (const auto& each : shop->reader().suggest({"de", {"de"}, std::move(prefix), 8})) {
            texts.push_back(each.text);
        }
        return texts;
    };
    EXPECT_THAT(suggested("bo"), ElementsAre("Bohrmaschinen", "Bosch", "Bohrhammer GBH"));
    EXPECT_THAT(suggested("bosch bohrh"), ElementsAre("Bohrhammer GBH"));
    EXPECT_THAT(suggested("werk"), ElementsAre("Werkzeug", "Bohrhammer GBH"));
    EXPECT_THAT(suggested("bohrhamer"), ElementsAre("Bohrhammer GBH"));
    EXPECT_THAT(suggested("bohrhmm"), ElementsAre("Bohrhammer GBH"));
    EXPECT_THAT(suggested(" "), IsEmpty());
    EXPECT_THAT(shop->reader().suggest({"fr", {"de"}, "bo", 8}), IsEmpty());
}

}  // namespace
}  // namespace kontor::discovery::engine
