#include "platform/describe/describe.hpp"

#include <gtest/gtest.h>

namespace kontor::describe {
namespace {

template <class Last>
struct Triple {
    int first;
    std::string second;
    Last last;
};

/// Whether a description of Triple<Last> compiles with all its members, and not without the last.
template <class Last>
constexpr bool last_is_missed = detail::ConsistsOf<Triple<Last>, int, std::string, Last> &&
                                !detail::ConsistsOf<Triple<Last>, int, std::string>;

enum class Colour { red };
struct Tag;

TEST(A_description, without_the_last_member_does_not_compile_whatever_its_type) {
    EXPECT_TRUE(last_is_missed<bool>);
    EXPECT_TRUE(last_is_missed<double>);
    EXPECT_TRUE(last_is_missed<std::string>);
    EXPECT_TRUE(last_is_missed<Colour>);
    EXPECT_TRUE(last_is_missed<Id<Tag>>);
    EXPECT_TRUE(last_is_missed<Timestamp>);
    EXPECT_TRUE(last_is_missed<std::optional<std::string>>);
    EXPECT_TRUE(last_is_missed<std::vector<Triple<int>>>);
    EXPECT_TRUE((last_is_missed<std::map<std::string, std::string>>));
}

TEST(A_description, without_a_member_in_the_middle_does_not_compile) {
    struct Alike {
        int first;
        int second;
        int third;
    };
    EXPECT_TRUE((detail::ConsistsOf<Alike, int, int, int>));
    EXPECT_FALSE((detail::ConsistsOf<Alike, int, int>));
    EXPECT_FALSE((detail::ConsistsOf<Triple<int>, int, int>));
}

}  // namespace
}  // namespace kontor::describe
