#include "services/catalog/rules.hpp"

#include <gmock/gmock.h>

#include "services/catalog/tests/samples.hpp"

namespace kontor::catalog {
namespace {

using samples::drill;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Timestamp today{1'767'225'600'000'000};
constexpr Timestamp tomorrow{today.microseconds + 86'400'000'000};

Product made_of(const ProductDraft& draft) {
    return applied(draft, std::nullopt, ProductId{7}, today).value();
}

std::vector<std::string> pointers(const ProductDraft& draft) {
    std::vector<std::string> all;
    for (const auto& fault : faults(draft)) {
        all.push_back(fault.pointer);
    }
    return all;
}

TEST(A_slug, is_the_name_in_lower_case_with_umlauts_spelled_out_and_hyphens_between) {
    EXPECT_EQ(slug_of("Akku-Bohrschrauber 18 V (Größe M)"), "akku-bohrschrauber-18-v-groesse-m");
    EXPECT_EQ(slug_of("Ärmel, ÖL & Übergröße"), "aermel-oel-uebergroesse");
    EXPECT_EQ(slug_of("Crème brûlée – ½ Preis"), "creme-brulee-preis");
}

TEST(A_slug, has_no_hyphen_at_either_end_and_none_twice) {
    EXPECT_EQ(slug_of("  -- 5 -- mm!! "), "5-mm");
    EXPECT_EQ(slug_of("日本"), "");
}

TEST(A_slug, of_a_long_name_ends_after_120_bytes) {
    EXPECT_EQ(slug_of(std::string(500, 'a')), std::string(120, 'a'));
}

TEST(A_draft, that_a_shopper_could_order_has_no_fault) {
    auto draft = drill();
    draft.slug = "akku-bohrschrauber-18v";
    draft.variants[0].gtin = "4006381333931";
    draft.variants[1].minimum = parse_quantity("0.5").value();
    draft.variants[1].step = parse_quantity("0.05").value();
    EXPECT_THAT(pointers(draft), IsEmpty());
}

TEST(A_draft, with_a_gtin_whose_check_digit_is_wrong_is_at_fault_there) {
    auto draft = drill();
    draft.variants[1].gtin = "4006381333932";
    EXPECT_THAT(pointers(draft), ElementsAre("/variants/1/gtin"));
}

TEST(A_draft, that_gives_a_sku_twice_is_at_fault_at_the_second) {
    auto draft = drill();
    draft.variants[1].sku = draft.variants[0].sku;
    EXPECT_THAT(pointers(draft), ElementsAre("/variants/1/sku"));
}

TEST(A_draft, whose_minimum_no_step_reaches_is_at_fault) {
    auto draft = drill();
    draft.variants[0].step = parse_quantity("0.3").value();
    draft.variants[1].minimum = Quantity{};
    EXPECT_THAT(pointers(draft), ElementsAre("/variants/0/minimum", "/variants/1/minimum"));
}

TEST(A_draft, with_a_step_of_nothing_or_less_is_at_fault) {
    auto draft = drill();
    draft.variants[0].step = Quantity{};
    draft.variants[1].step = -Quantity::of(1);
    EXPECT_THAT(pointers(draft), ElementsAre("/variants/0/minimum", "/variants/1/minimum"));
}

TEST(A_draft, with_a_slug_of_other_letters_is_at_fault) {
    auto draft = drill();
    draft.slug = "Bohrer 18";
    EXPECT_THAT(pointers(draft), ElementsAre("/slug"));
}

TEST(A_draft, of_something_new_makes_its_first_version_with_a_slug_of_name_and_code) {
    const auto product = made_of(drill());
    EXPECT_EQ(product.id, ProductId{7});
    EXPECT_EQ(product.version, 1);
    EXPECT_EQ(product.slug, "akku-bohrschrauber-18-v-4711");
    EXPECT_EQ(product.created_at, today);
}

TEST(A_draft, that_says_what_is_so_already_changes_nothing) {
    EXPECT_EQ(applied(drill(), made_of(drill()), ProductId{8}, tomorrow), std::nullopt);
}

TEST(A_draft, of_something_known_keeps_its_id_address_and_first_day_and_counts_up) {
    auto draft = drill();
    draft.name = {{"de", "Bohrhammer"}};
    const auto product = applied(draft, made_of(drill()), ProductId{8}, tomorrow).value();
    EXPECT_EQ(product.id, ProductId{7});
    EXPECT_EQ(product.version, 2);
    EXPECT_EQ(product.slug, "akku-bohrschrauber-18-v-4711");
    EXPECT_EQ(product.created_at, today);
    EXPECT_EQ(product.name.in("de"), "Bohrhammer");
    EXPECT_EQ(product.name.in("en"), "");
}

TEST(A_draft, that_only_gives_another_slug_changes_the_product) {
    auto draft = drill();
    draft.slug = "bohrhammer";
    const auto product = applied(draft, made_of(drill()), ProductId{8}, tomorrow).value();
    EXPECT_EQ(product.slug, "bohrhammer");
    EXPECT_EQ(product.version, 2);
}

TEST(A_product, is_found_by_each_sku_and_gtin_once) {
    auto draft = drill();
    draft.variants[0].gtin = draft.variants[1].gtin = "4006381333931";
    EXPECT_THAT(codes_of(made_of(draft)), ElementsAre("4006381333931", "4711-m", "4711-s"));
}

}  // namespace
}  // namespace kontor::catalog
