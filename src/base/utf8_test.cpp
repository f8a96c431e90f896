#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace kontor {
namespace {

using std::string_view_literals::operator""sv;

TEST(Utf8, is_told_from_what_only_looks_like_it) {
    for (const std::string_view good :
         {"", "a", "grün", "€", "\U0001F600", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_TRUE(is_utf8(good)) << good;
    }
    const std::string_view zero("a\0b", 3);
    for (const std::string_view bad :
         {"\x80"sv, "gr\xFCn"sv, "\xC3"sv, "\xC0\xAF"sv, "\xE0\x80\xAF"sv, "\xED\xA0\x80"sv,
          "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xE2\x82"sv, "\xE2\x82\x28"sv, zero}) {
        EXPECT_FALSE(is_utf8(bad)) << bad;
    }
}

}  // namespace
}  // namespace kontor
