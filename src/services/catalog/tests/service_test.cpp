#include "services/catalog/service.hpp"

#include <gmock/gmock.h>

#include "services/catalog/events.hpp"
#include "services/catalog/tests/samples.hpp"
#include "support/test_host.hpp"

namespace kontor::catalog {
namespace {

using samples::drill;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class The_catalogue : public ::testing::TestWithParam<sql::Engine> {
protected:
    PutOutcome put(std::vector<ProductDraft> drafts) {
        return host_.run(catalog_.put_products({}, {std::move(drafts)})).value();
    }
    PutOutcome put(std::vector<Category> categories) {
        return host_.run(catalog_.put_categories({}, {std::move(categories)})).value();
    }
    Result<Product> find(std::string key) {
        return host_.run(catalog_.product({}, {std::move(key)}));
    }
    Result<Product> rename(std::string key, std::string name, std::uint64_t if_match = 0) {
        return host_.run(catalog_.rename_product({.if_match = if_match},
                                                 {std::move(key), {{"de", std::move(name)}}}));
    }
    ProductList page(std::int64_t limit, std::optional<std::string> cursor) {
        return host_.run(catalog_.products({}, {limit, std::move(cursor)})).value();
    }
    std::vector<std::string> category_codes() {
        std::vector<std::string> codes;
        for (const auto& category : host_.run(catalog_.categories({}, {})).value().items) {
            codes.push_back(category.code);
        }
        return codes;
    }

    kontor::testing::TestHost host_{"catalog", GetParam()};
    LocalCatalog catalog_{host_.host()};
};

TEST_P(The_catalogue, finds_a_product_by_its_id_slug_code_sku_and_gtin) {
    auto draft = drill();
    draft.variants[1].gtin = "4006381333931";
    put({draft, drill("4712")});
    const auto product = find("4711-s");
    ASSERT_TRUE(product);
    EXPECT_EQ(product->code, "4711");
    EXPECT_EQ(product->version, 1);
    EXPECT_EQ(product->attributes.at(0).number, Quantity::of(18));
    for (const auto& key : {to_text(product->id), product->slug, product->code,
                            std::string("4711-m"), std::string("4006381333931")}) {
        const auto found = find(key);
        ASSERT_TRUE(found) << key;
        EXPECT_EQ(to_json(*found), to_json(*product)) << key;
    }
}

TEST_P(The_catalogue, refuses_what_names_no_product_and_says_what_it_looked_for) {
    const auto found = find("4711");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "not_found");
    EXPECT_THAT(found.error().message, HasSubstr("\"4711\""));
    EXPECT_EQ(find(to_text(ProductId{7})).error().code, "not_found");
}

TEST_P(The_catalogue, lists_every_product_once_page_by_page) {
    std::vector<ProductDraft> drafts;
    for (int code = 100; code < 125; ++code) {
        drafts.push_back(drill(std::to_string(code)));
    }
    ASSERT_EQ(put(drafts).accepted, 25);
    std::vector<std::string> codes;
    std::vector<std::size_t> sizes;
    std::optional<std::string> next;
    do {
        const auto some = page(10, next);
        for (const auto& product : some.items) {
            codes.push_back(product.code);
        }
        sizes.push_back(some.items.size());
        next = some.next;
    } while (next && sizes.size() < 9);
    EXPECT_THAT(sizes, ElementsAre(10, 10, 5));
    ASSERT_THAT(codes, SizeIs(25));
    for (std::size_t i = 0; i < codes.size(); ++i) {
        EXPECT_EQ(codes[i], drafts[i].code);
    }
}

TEST_P(The_catalogue, names_no_next_page_after_a_last_one_that_is_full) {
    put({drill("1"), drill("2")});
    EXPECT_FALSE(page(2, std::nullopt).next);
    EXPECT_TRUE(page(1, std::nullopt).next);
}

TEST_P(The_catalogue, lists_with_the_position_that_its_products_are_at_least_as_new_as) {
    EXPECT_EQ(page(10, std::nullopt).position, 0);
    put({drill("1"), drill("2")});
    rename("1", "Bohrhammer");
    const auto events = host_.published();
    ASSERT_THAT(events, SizeIs(3));
    EXPECT_EQ(page(10, std::nullopt).position, events.back().sequence);
}

TEST_P(The_catalogue, refuses_a_cursor_that_it_did_not_give) {
    const auto list = host_.run(catalog_.products({}, {10, "page 2"}));
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().code, "malformed");
}

TEST_P(The_catalogue, renames_a_product_with_the_next_version_and_one_event_of_the_whole) {
    put({drill()});
    const auto renamed = rename("4711-s", "Bohrhammer");
    ASSERT_TRUE(renamed);
    EXPECT_EQ(renamed->version, 2);
    EXPECT_EQ(renamed->name, (LocalizedText{{"de", "Bohrhammer"}}));
    EXPECT_EQ(to_json(find("4711").value()), to_json(*renamed));
    const auto events = host_.published();
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[1].type, ProductChanged::type.name);
    EXPECT_EQ(events[1].aggregate, to_text(renamed->id));
    EXPECT_EQ(events[1].aggregate_version, 2);
    EXPECT_EQ(events[1].data, to_json(ProductChanged{*renamed}));
}

TEST_P(The_catalogue, leaves_neither_change_nor_event_of_a_rename_that_it_refuses) {
    put({drill()});
    EXPECT_EQ(rename("4712", "Bohrhammer").error().code, "not_found");
    const auto late = host_.run(
        catalog_.rename_product({.deadline = host_.loop.now()}, {"4711", {{"de", "Bohrhammer"}}}));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, "deadline_exceeded");
    EXPECT_EQ(find("4711")->version, 1);
    EXPECT_THAT(host_.published(), SizeIs(1));
}

TEST_P(The_catalogue, renames_only_the_version_that_the_caller_has_read) {
    put({drill()});
    ASSERT_TRUE(rename("4711", "Bohrhammer", 1));
    const auto stale = rename("4711", "Bohrer", 1);
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().code, "precondition_failed");
    EXPECT_THAT(stale.error().message, HasSubstr("version is 2"));
    EXPECT_EQ(find("4711")->name.in("de"), "Bohrhammer");
    EXPECT_THAT(host_.published(), SizeIs(2));
    EXPECT_TRUE(rename("4711", "Bohrer", 2));
}

TEST_P(The_catalogue, does_not_change_a_name_to_what_it_is) {
    put({drill()});
    rename("4711", "Bohrhammer");
    EXPECT_EQ(rename("4711", "Bohrhammer")->version, 2);
    EXPECT_THAT(host_.published(), SizeIs(2));
}

TEST_P(The_catalogue, gives_each_of_many_renames_at_once_a_version_and_an_event_of_its_own) {
    put({drill()});
    std::vector<Task<Result<Product>>> renames;
    for (int i = 0; i < 8; ++i) {
        renames.push_back(
            catalog_.rename_product({}, {"4711-s", {{"de", "Bohrer " + std::to_string(i)}}}));
    }
    for (const auto& renamed : host_.run(when_all(std::move(renames)))) {
        EXPECT_TRUE(renamed);
    }
    EXPECT_EQ(find("4711")->version, 9);
    std::vector<std::int64_t> versions;
    for (const auto& event : host_.published()) {
        versions.push_back(event.aggregate_version);
    }
    EXPECT_THAT(versions, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9));
}

TEST_P(The_catalogue, takes_every_good_entry_and_says_of_each_other_what_is_wrong) {
    put({drill("1")});
    auto changed = drill("2");
    changed.variants[0].gtin = "4006381333932";
    const auto outcome = put({drill("1"), changed, drill("3"), drill("3"), drill("4")});
    EXPECT_EQ(outcome.unchanged, 1);
    EXPECT_EQ(outcome.accepted, 2);
    ASSERT_THAT(outcome.rejected, SizeIs(2));
    const auto& [first, second] = std::tie(outcome.rejected[0], outcome.rejected[1]);
    EXPECT_EQ(first.index, 1);
    EXPECT_EQ(first.pointer, "/variants/0/gtin");
    EXPECT_EQ(second.index, 3);
    EXPECT_THAT(second.reason, HasSubstr("3: stands twice in this request"));
    EXPECT_THAT(host_.published(), SizeIs(3));
    EXPECT_EQ(find("2").error().code, "not_found");
    EXPECT_TRUE(find("4-m"));
}

TEST_P(The_catalogue, rejects_an_entry_whose_slug_belongs_to_another_product) {
    auto first = drill("1");
    first.slug = "bohrer";
    put({first});
    auto second = drill("2");
    second.slug = "bohrer";
    const auto outcome = put({second, drill("3")});
    EXPECT_EQ(outcome.accepted, 1);
    ASSERT_THAT(outcome.rejected, SizeIs(1));
    EXPECT_EQ(outcome.rejected[0].index, 0);
    EXPECT_EQ(outcome.rejected[0].pointer, "/slug");
    EXPECT_THAT(outcome.rejected[0].reason, HasSubstr("bohrer"));
    EXPECT_EQ(find("bohrer")->code, "1");
}

TEST_P(The_catalogue, rejects_an_entry_whose_sku_belongs_to_another_product) {
    put({drill("1")});
    auto taken = drill("2");
    taken.variants[1].sku = "1-s";
    auto same_in_request = drill("4");
    same_in_request.variants[0].sku = "3-m";
    const auto outcome = put({taken, drill("3"), same_in_request});
    EXPECT_EQ(outcome.accepted, 1);
    ASSERT_THAT(outcome.rejected, SizeIs(2));
    EXPECT_EQ(outcome.rejected[0].index, 0);
    EXPECT_EQ(outcome.rejected[0].pointer, "/variants");
    EXPECT_THAT(outcome.rejected[0].reason, HasSubstr("1-s"));
    EXPECT_EQ(outcome.rejected[1].index, 2);
    EXPECT_EQ(find("1-s")->code, "1");
    EXPECT_EQ(find("3-m")->code, "3");
}

TEST_P(The_catalogue, lets_a_rejected_entry_claim_no_sku_that_a_later_one_has) {
    put({drill("1")});
    auto taken = drill("2");
    taken.variants[0].sku = "free";
    taken.variants[1].sku = "1-s";
    auto good = drill("3");
    good.variants[0].sku = "free";
    const auto outcome = put({taken, good});
    EXPECT_EQ(outcome.accepted, 1);
    ASSERT_THAT(outcome.rejected, SizeIs(1));
    EXPECT_EQ(outcome.rejected[0].index, 0);
    EXPECT_EQ(find("free")->code, "3");
}

TEST_P(The_catalogue, takes_what_is_so_already_without_change_or_event) {
    put({drill("1"), drill("2")});
    const auto again = put({drill("1"), drill("2")});
    EXPECT_EQ(again.unchanged, 2);
    EXPECT_EQ(again.accepted, 0);
    EXPECT_THAT(again.rejected, IsEmpty());
    EXPECT_EQ(find("1")->version, 1);
    EXPECT_THAT(host_.published(), SizeIs(2));
}

TEST_P(The_catalogue, gives_free_the_sku_that_a_product_no_longer_has) {
    put({drill("1")});
    auto without = drill("1");
    without.variants.pop_back();
    EXPECT_EQ(put({without}).accepted, 1);
    EXPECT_EQ(find("1-m").error().code, "not_found");
    auto heir = drill("2");
    heir.variants[0].sku = "1-m";
    EXPECT_EQ(put({heir}).accepted, 1);
    EXPECT_EQ(find("1-m")->code, "2");
}

TEST_P(The_catalogue, answers_the_tree_of_categories_parents_first) {
    const Category tools{.code = "tools", .name = {{"de", "Werkzeug"}}};
    const Category drills{.code = "drills", .parent = "tools", .name = {{"de", "Bohrer"}}};
    EXPECT_EQ(put({tools, drills}).accepted, 2);
    EXPECT_THAT(category_codes(), ElementsAre("tools", "drills"));
    const auto again = put({tools, drills});
    EXPECT_EQ(again.unchanged, 2);
    const auto events = host_.published();
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[1].type, CategoryChanged::type.name);
    EXPECT_EQ(events[1].aggregate, "drills");
    EXPECT_EQ(events[1].data, to_json(CategoryChanged{drills}));
}

TEST_P(The_catalogue, rejects_a_category_below_one_that_it_does_not_know) {
    const auto outcome = put(std::vector<Category>{
        {.code = "drills", .parent = "tools", .name = {{"de", "Bohrer"}}},
        {.code = "paint", .name = {{"de", "Farbe"}}},
    });
    EXPECT_EQ(outcome.accepted, 1);
    ASSERT_THAT(outcome.rejected, SizeIs(1));
    EXPECT_EQ(outcome.rejected[0].index, 0);
    EXPECT_EQ(outcome.rejected[0].pointer, "/parent");
    EXPECT_THAT(outcome.rejected[0].reason, HasSubstr("tools"));
    EXPECT_THAT(category_codes(), ElementsAre("paint"));
}

TEST_P(The_catalogue, rejects_a_category_below_itself_and_names_the_path) {
    const Category tools{.code = "tools", .name = {{"de", "Werkzeug"}}};
    const Category drills{.code = "drills", .parent = "tools", .name = {{"de", "Bohrer"}}};
    const Category bits{.code = "bits", .parent = "drills", .name = {{"de", "Bits"}}};
    put({tools, drills, bits});
    auto below_its_own = tools;
    below_its_own.parent = "bits";
    auto below_itself = drills;
    below_itself.parent = "drills";
    const auto outcome = put({below_its_own, below_itself});
    EXPECT_EQ(outcome.accepted, 0);
    ASSERT_THAT(outcome.rejected, SizeIs(2));
    EXPECT_EQ(outcome.rejected[0].pointer, "/parent");
    EXPECT_THAT(outcome.rejected[0].reason, HasSubstr("tools > drills > bits > tools"));
    EXPECT_THAT(outcome.rejected[1].reason, HasSubstr("drills > drills"));
    EXPECT_THAT(category_codes(), ElementsAre("tools", "drills", "bits"));
    EXPECT_THAT(host_.published(), SizeIs(3));
}

TEST_P(The_catalogue, answers_parents_first_also_once_a_category_has_moved_below_a_younger_one) {
    const Category drills{.code = "drills", .name = {{"de", "Bohrer"}}};
    const Category bits{.code = "bits", .parent = "drills", .name = {{"de", "Bits"}}};
    const Category paint{.code = "paint", .name = {{"de", "Farbe"}}};
    put({drills, bits, paint});
    auto moved = drills;
    moved.parent = "tools";
    EXPECT_EQ(put({{.code = "tools", .name = {{"de", "Werkzeug"}}}, moved}).accepted, 2);
    EXPECT_THAT(category_codes(), ElementsAre("tools", "drills", "bits", "paint"));
    EXPECT_THAT(host_.published(), SizeIs(5));
    EXPECT_EQ(put({drills}).accepted, 1);
    EXPECT_THAT(category_codes(), ElementsAre("tools", "drills", "bits", "paint"));
}

INSTANTIATE_TEST_SUITE_P(On, The_catalogue, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::catalog
