#include "services/discovery/engine/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kontor::discovery::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> cut(std::string_view text, std::string_view language = "de") {
    std::vector<std::string> out;
    for (const auto& word : words_of(text, language_of(language))) {
        out.push_back(word.text);
    }
    return out;
}

TEST(Folding, takes_away_case_and_accents_of_latin_greek_and_cyrillic) {
    EXPECT_EQ(folded("Größe ÉTÉ Łódź smørbrød ÆØ"), "grosse ete lodz smorbrod aeo");
    EXPECT_EQ(folded("Κατσαβίδι"), "κατσαβιδι");
    EXPECT_EQ(folded("ﬁne １２"), "fine 12");
}

TEST(Folding, keeps_the_marks_that_make_other_letters) {
    EXPECT_EQ(folded("が"), "が");
}

TEST(Folding, survives_bytes_that_are_no_utf8) {
    EXPECT_EQ(folded("a\xFFz"), "a\uFFFDz");
}

TEST(Words, are_cut_at_spaces_hyphens_and_apostrophes) {
    EXPECT_THAT(cut("Akku-Bohrschrauber, neu"), ElementsAre("akku", "bohrschrauber", "neu"));
    EXPECT_THAT(cut("l'huile d’olive", "fr"), ElementsAre("l", "huile", "d", "olive"));
}

TEST(Words, keep_numbers_with_their_units) {
    EXPECT_THAT(cut("18 V 5,0 Ah 3.5\" 230V"), ElementsAre("18v", "5.0ah", "3.5in", "230v"));
    EXPECT_THAT(cut("4 x 40 mm"), ElementsAre("4x40", "mm"));
}

TEST(Words, of_german_take_ue_for_an_umlaut_but_not_behind_a_vowel) {
    EXPECT_THAT(cut("Buerste Mauer neue"), ElementsAre("burste", "mauer", "neue"));
    EXPECT_THAT(cut("blue", "en"), ElementsAre("blue"));
}

TEST(Words, of_scripts_without_spaces_are_cut_by_dictionary) {
    EXPECT_THAT(cut("電動工具", "ja"), Contains("電動"));
}

TEST(Words, that_are_glued_are_joined) {
    EXPECT_THAT(joined(words_of("TN-2110 rot", language_of("de"))), ElementsAre("tn2110"));
    EXPECT_THAT(joined(words_of("a b c", language_of("de"))), IsEmpty());
}

TEST(Codes, are_the_same_with_other_separators_case_and_leading_zeros_of_a_gtin) {
    EXPECT_EQ(normalized_code("GBH 2-26.f/X"), "gbh226fx");
    EXPECT_EQ(normalized_code("04003773022022"), "4003773022022");
    EXPECT_EQ(normalized_code("0042"), "0042");
}

}  // namespace
}  // namespace kontor::discovery::engine
