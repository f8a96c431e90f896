#include "services/imports/rules.hpp"

#include <gmock/gmock.h>

namespace kontor::imports {
namespace {

constexpr Timestamp noon{1'000'000'000'000};

Timestamp later(std::chrono::seconds span) {
    return {noon.microseconds + std::chrono::microseconds(span).count()};
}

TEST(An_import, that_nobody_has_touched_for_long_shows_as_interrupted_and_says_what_to_do) {
    const Import import{.status = ImportStatus::writing, .updated_at = noon};
    const auto seen = as_seen(import, later(silence_max + std::chrono::seconds(1)));
    EXPECT_EQ(seen.status, ImportStatus::interrupted);
    EXPECT_THAT(seen.problem.value_or(""), ::testing::HasSubstr("repeat the import"));
}

TEST(An_import, that_is_under_way_shows_as_it_is) {
    const Import import{.status = ImportStatus::writing, .updated_at = noon};
    EXPECT_EQ(as_seen(import, later(silence_max)).status, ImportStatus::writing);
}

TEST(An_import, that_is_over_stays_as_it_ended) {
    for (const auto status : {ImportStatus::finished, ImportStatus::failed}) {
        const Import import{.status = status, .updated_at = noon};
        EXPECT_EQ(as_seen(import, later(std::chrono::hours(24))).status, status);
    }
}

TEST(A_file, is_read_in_the_format_that_was_said_else_in_that_of_its_mapping_else_as_CSV) {
    const importing::Mapping of_lines{.format = ImportFormat::jsonl};
    EXPECT_EQ(reading_of({.format = ImportFormat::csv}, of_lines).format, ImportFormat::csv);
    EXPECT_EQ(reading_of({}, of_lines).format, ImportFormat::jsonl);
    EXPECT_EQ(reading_of({}, std::nullopt).format, ImportFormat::csv);
}

}  // namespace
}  // namespace kontor::imports
