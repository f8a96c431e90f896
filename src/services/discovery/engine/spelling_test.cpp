#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/discovery/engine/compounds.hpp"
#include "services/discovery/engine/typos.hpp"

namespace kontor::discovery::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::uint32_t distance(std::string_view one, std::string_view other) {
    return edit_distance(characters(one), characters(other), 2);
}

TEST(EditDistance, counts_inserted_deleted_replaced_and_swapped_letters) {
    EXPECT_EQ(distance("hammer", "hammer"), 0);
    EXPECT_EQ(distance("hamer", "hammer"), 1);
    EXPECT_EQ(distance("hanmer", "hammer"), 1);
    EXPECT_EQ(distance("hamemr", "hammer"), 1);
    EXPECT_EQ(distance("ahmemr", "hammer"), 2);
    EXPECT_EQ(distance("молтоок", "молоток"), 1);
}

TEST(EditDistance, stops_one_above_what_is_asked_for) {
    EXPECT_EQ(distance("zange", "hammer"), 3);
    EXPECT_EQ(distance("", "hammer"), 3);
}

TEST(Deletes, find_every_word_within_the_distance_that_its_length_forgives) {
    const std::vector<std::string> words = {"saw", "hammer", "screwdriver", "spanner"};
    const auto table = deletes_of(words);
    const Deletes deletes{table.hashes, table.words};
    EXPECT_THAT(deletes.candidates(U"hamer"), Contains(1));
    EXPECT_THAT(deletes.candidates(U"screwdirver"), Contains(2));
    EXPECT_THAT(deletes.candidates(U"crewdrive"), Contains(2));
    EXPECT_THAT(deletes.candidates(U"sav"), IsEmpty());
}

std::vector<std::string> split(std::string_view word, std::string_view language,
                               const std::map<std::string, std::uint32_t, std::less<>>& known) {
    return compound_parts(word, language_of(language), [&](std::string_view part) {
        const auto found = known.find(part);
        return found == known.end() ? 0 : found->second;
    });
}

TEST(Compounds, are_cut_at_known_words_dropping_links) {
    EXPECT_THAT(split("akkubohrschrauber", "de", {{"akku", 5}, {"bohrschrauber", 3}}),
                ElementsAre("akku", "bohrschrauber"));
    EXPECT_THAT(split("arbeitshose", "de", {{"arbeit", 5}, {"hose", 3}}),
                ElementsAre("arbeit", "hose"));
}

TEST(Compounds, are_cut_into_as_few_parts_as_can_be_and_then_the_most_used) {
    EXPECT_THAT(split("akkubohrschrauber", "de",
                      {{"akku", 9}, {"bohr", 9}, {"schrauber", 9}, {"bohrschrauber", 1}}),
                ElementsAre("akku", "bohrschrauber"));
    EXPECT_THAT(split("gartenzaun", "de", {{"garte", 1}, {"nzaun", 1}, {"garten", 9}, {"zaun", 9}}),
                ElementsAre("garten", "zaun"));
}

TEST(Compounds, are_left_whole_where_a_part_is_unknown_or_the_language_has_none) {
    EXPECT_THAT(split("akkubohrschrauber", "de", {{"akku", 5}}), IsEmpty());
    EXPECT_THAT(split("toolboxcase", "en", {{"toolbox", 5}, {"case", 5}}), IsEmpty());
}

TEST(Compounds, with_a_typing_error_in_one_part_are_mended_there) {
    const std::map<std::string, std::uint32_t, std::less<>> known = {
        {"akku", 5}, {"bohr", 5}, {"schrauber", 4}, {"arbeit", 3}, {"hose", 3}};
    const auto mended = [&](std::string_view word) {
        const auto found = mended_compound(
            word, language_of("de"),
            [&](std::string_view part) {
                const auto at = known.find(part);
                return at == known.end() ? 0 : at->second;
            },
            [&](std::string_view part) -> std::optional<MendedWord> {
                const auto letters = characters(part);
                for (const auto& [text, count] : known) {
                    const auto errors = edit_distance(letters, characters(text), 2);
                    if (errors > 0 && errors <= typos_forgiven(letters.size())) {
                        return MendedWord{text, errors, count};
                    }
                }
                return std::nullopt;
            });
        return found ? found->text : "";
    };
    EXPECT_EQ(mended("akkuschruaber"), "akkuschrauber");
    EXPECT_EQ(mended("akuuschrauber"), "akkuschrauber");
    EXPECT_EQ(mended("akkubohrschruaber"), "akkubohrschrauber");
    EXPECT_EQ(mended("arbeitshoese"), "arbeitshose");
    EXPECT_EQ(mended("akkuzange"), "");
}

TEST(Compounds, are_cut_into_all_their_parts_for_the_index) {
    const std::map<std::string, std::uint32_t, std::less<>> known = {
        {"akku", 5}, {"bohrschrauber", 3}, {"bohr", 2}, {"schrauber", 2}};
    EXPECT_THAT(all_compound_parts("akkubohrschrauber", language_of("de"),
                                   [&](std::string_view part) {
                                       const auto found = known.find(part);
                                       return found == known.end() ? 0 : found->second;
                                   }),
                ElementsAre("akku", "bohrschrauber", "bohr", "schrauber"));
}

}  // namespace
}  // namespace kontor::discovery::engine
