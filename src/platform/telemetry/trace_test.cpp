#include "platform/telemetry/trace.hpp"

#include <gtest/gtest.h>

namespace kontor::telemetry {
namespace {

constexpr std::string_view from_the_standard =
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(A_traceparent, is_read_and_written_as_the_standard_shows_it) {
    const auto trace = parse_traceparent(from_the_standard);
    ASSERT_TRUE(trace);
    EXPECT_TRUE(trace->sampled);
    EXPECT_EQ(trace_id_text(*trace), "0af7651916cd43dd8448eb211c80319c");
    EXPECT_EQ(span_id_text(*trace), "b7ad6b7169203331");
    EXPECT_EQ(traceparent(*trace), from_the_standard);
}

TEST(A_traceparent, of_a_later_version_is_read_by_what_it_shares_with_ours) {
    const std::string later = "cc" + std::string(from_the_standard.substr(2));
    EXPECT_TRUE(parse_traceparent(later));
    EXPECT_TRUE(parse_traceparent(later + "-what-comes-after"));
    EXPECT_FALSE(parse_traceparent(later + "x"));
    EXPECT_FALSE(parse_traceparent(std::string(from_the_standard) + "-more"));
}

TEST(A_traceparent, takes_only_the_sampled_bit_of_the_flags) {
    auto header = std::string(from_the_standard.substr(0, 53));
    EXPECT_TRUE(parse_traceparent(header + "ff")->sampled);
    EXPECT_FALSE(parse_traceparent(header + "fe")->sampled);
}

TEST(A_traceparent, that_is_malformed_is_ignored) {
    for (const auto* header : {"", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                               "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                               "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                               "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                               "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                               "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                               "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
                               "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}) {
        EXPECT_FALSE(parse_traceparent(header)) << header;
    }
}

TEST(A_child_span, keeps_its_trace_and_has_an_id_of_its_own) {
    SeededRandom random(1);
    const auto parent = new_trace(random, true);
    const auto child = child_of(parent, random);
    EXPECT_EQ(child.trace_id, parent.trace_id);
    EXPECT_NE(child.span_id, parent.span_id);
    EXPECT_TRUE(child.sampled);
    EXPECT_EQ(parse_traceparent(traceparent(child)), child);
}

}  // namespace
}  // namespace kontor::telemetry
