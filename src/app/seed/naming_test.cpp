#include "app/seed/naming.hpp"

#include <set>

#include <gtest/gtest.h>

#include "app/seed/prices.hpp"

namespace kontor::seed {

TEST(Slugs, are_written_as_a_german_would_spell_them_in_ascii) {
    EXPECT_EQ(slug("Akku-Bohrschrauber Größe 3"), "akku-bohrschrauber-groesse-3");
    EXPECT_EQ(slug("  Tünchel Wandfarbe N° 412 "), "tuenchel-wandfarbe-n-412");
}

TEST(ModelNumbers, do_not_repeat_within_a_family) {
    std::set<std::int64_t> seen;
    constexpr std::int64_t models = 12'000;
    for (std::int64_t ordinal = 0; ordinal < models; ++ordinal) {
        seen.insert(model_number(ordinal));
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(models));
}

TEST(Gtins, end_in_the_check_digit_of_the_gs1_specifications) {
    EXPECT_EQ(gtin13(0), "2000000000008");
    EXPECT_EQ(gtin13(1), "2000000482712");
}

TEST(Values, are_written_as_each_language_does) {
    const AttributeDefinition volume{"volume", AttributeKind::number, "l", "LTR", {}};
    const Attribute content{.name = "volume", .number = Quantity{2500}};
    EXPECT_EQ(value_text(content, volume, "de"), "2,5 l");
    EXPECT_EQ(value_text(content, volume, "en"), "2.5 l");
    const AttributeDefinition pieces{
        "pieces", AttributeKind::number, "", "C62", {{"de", "Teile"}, {"en", "Pieces"}}};
    const Attribute set{.name = "pieces", .number = Quantity::of(25)};
    EXPECT_EQ(value_text(set, pieces, "de"), "25 Teile");
    EXPECT_EQ(value_text(set, pieces, "en"), "25 pieces");
}

TEST(PricePoints, are_what_each_currency_prints) {
    EXPECT_EQ(to_text(price_point(147'31, Currency("EUR"))), "149.99 EUR");
    EXPECT_EQ(to_text(price_point(24'31, Currency("EUR"))), "23.99 EUR");
    EXPECT_EQ(to_text(price_point(81, Currency("EUR"))), "0.79 EUR");
    EXPECT_EQ(to_text(price_point(24'61, Currency("CHF"))), "24.95 CHF");
    EXPECT_EQ(to_text(price_point(1312'00, Currency("SEK"))), "1309.00 SEK");
    EXPECT_EQ(to_text(price_point(12'345'00, Currency("HUF"))), "12290.00 HUF");
    EXPECT_EQ(to_text(price_point(2'512, Currency("ISK"))), "2495 ISK");
    EXPECT_EQ(to_text(price_point(1, Currency("ISK"))), "5 ISK");
}

}  // namespace kontor::seed
