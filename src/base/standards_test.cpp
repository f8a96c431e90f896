#include <gtest/gtest.h>

#include "base/country.hpp"
#include "base/gtin.hpp"
#include "base/language.hpp"
#include "base/localized_text.hpp"
#include "base/random.hpp"

namespace kontor {
namespace {

TEST(A_country, is_an_assigned_ISO_3166_code_in_capitals) {
    EXPECT_EQ(parse_country("DE"), Country("DE"));
    EXPECT_EQ(parse_country("ZW"), Country("ZW"));
    for (const auto* code : {"", "D", "de", "UK", "XX", "DEU", "E ", " A", "D E"}) {
        EXPECT_FALSE(parse_country(code)) << code;
    }
}

TEST(A_language_tag, is_given_its_canonical_case) {
    EXPECT_EQ(parse_language_tag("DE-at"), "de-AT");
    EXPECT_EQ(parse_language_tag("zh-hant-tw"), "zh-Hant-TW");
    EXPECT_EQ(parse_language_tag("es-419"), "es-419");
    EXPECT_EQ(parse_language_tag("de-CH-1996"), "de-CH-1996");
}

TEST(A_language_tag, that_is_not_well_formed_is_refused) {
    for (const auto* tag : {"", "d", "deutsch", "de-", "-de", "de--AT", "de_AT", "de-A", "de-AT-DE",
                            "de-AT-Latn", "d3", "de-AT-1996-1901x"}) {
        EXPECT_FALSE(parse_language_tag(tag)) << tag;
    }
}

TEST(A_localized_text, falls_back_from_region_to_language_to_market_to_english_to_any) {
    LocalizedText name{{"fr", "perceuse"}, {"de", "Bohrer"}, {"de-CH", "Bohrmaschine"}};
    EXPECT_EQ(name.resolve("de-CH"), "Bohrmaschine");
    EXPECT_EQ(name.resolve("de-AT"), "Bohrer");
    const std::string_view swiss[] = {"it", "fr-CH"};
    EXPECT_EQ(name.resolve("sv-SE", swiss), "perceuse");
    EXPECT_EQ(name.resolve("sv-SE"), "Bohrer") << "no English yet, so any";
    name.set("en", "drill");
    EXPECT_EQ(name.resolve("sv-SE"), "drill");
    name.set("de", "");
    EXPECT_EQ(name.resolve("de-AT"), "Bohrmaschine") << "another region before another language";
}

TEST(A_localized_text, is_only_empty_when_it_has_no_text_at_all) {
    EXPECT_EQ(LocalizedText{}.resolve("de"), "");
    EXPECT_EQ((LocalizedText{{"is", "bor"}}.resolve("")), "bor");
    EXPECT_TRUE((LocalizedText{{"is", ""}}.empty()));
    EXPECT_EQ((LocalizedText{{"de", "a"}, {"en", "b"}}), (LocalizedText{{"en", "b"}, {"de", "a"}}));
}

TEST(A_GTIN, of_every_length_is_stored_by_its_fourteen_digits) {
    EXPECT_EQ(parse_gtin("4006381333931"), "04006381333931");
    EXPECT_EQ(parse_gtin("96385074"), "00000096385074");
    EXPECT_EQ(parse_gtin("614141000036"), "00614141000036");
    EXPECT_EQ(parse_gtin("10614141000415"), "10614141000415");
}

TEST(A_GTIN, with_a_wrong_check_digit_length_or_character_is_refused) {
    EXPECT_EQ(parse_gtin("4006381333932").error(),
              "must be a GTIN; the check digit of 4006381333932 would be 1");
    EXPECT_FALSE(parse_gtin("400638133393"));
    EXPECT_FALSE(parse_gtin("4006381 33393"));
    EXPECT_FALSE(parse_gtin(""));
}

TEST(A_GTIN, catches_every_single_wrong_digit) {
    SeededRandom random(13);
    for (int i = 0; i < 2'000; ++i) {
        std::string gtin;
        for (int digit = 0; digit < 12; ++digit) {
            gtin.push_back(static_cast<char>('0' + random.below(10)));
        }
        gtin.push_back(gtin_check_digit(gtin));
        ASSERT_TRUE(parse_gtin(gtin)) << gtin;
        auto& wrong = gtin[random.below(13)];
        wrong = static_cast<char>('0' + (wrong - '0' + 1 + static_cast<int>(random.below(9))) % 10);
        ASSERT_FALSE(parse_gtin(gtin)) << gtin;
    }
}

}  // namespace
}  // namespace kontor
