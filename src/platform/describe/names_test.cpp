#include <gtest/gtest.h>

#include "platform/describe/schema.hpp"
#include "platform/describe/sdl.hpp"

namespace kontor {

namespace one {
struct Box {
    std::vector<std::string> labels;
    std::vector<std::string> parts;
    static constexpr auto describe() {
        return described<Box>("A box.", field<&Box::labels>("On it."),
                              field<&Box::parts>("At least one.", {.min_length = 1}));
    }
};
}  // namespace one

namespace other {
struct Box {
    std::int64_t size = 0;
    static constexpr auto describe() {
        return described<Box>("Another.", field<&Box::size>("In cm."));
    }
};
}  // namespace other

namespace {

using describe::Sdl;
using describe::type_info;

TEST(Two_described_types_of_one_name, are_refused_in_a_reference) {
    describe::Schemas schemas;
    schemas.of(type_info<one::Box>());
    schemas.of(type_info<one::Box>());
    EXPECT_EQ(schemas.components().size(), 1);
    EXPECT_THROW(schemas.of(type_info<other::Box>()), std::logic_error);
}

TEST(Two_described_types_of_one_name, are_refused_among_graphql_types) {
    Sdl sdl;
    sdl.add(type_info<one::Box>());
    sdl.add(type_info<one::Box>(), Sdl::Direction::input);
    EXPECT_THROW(sdl.add(type_info<other::Box>()), std::logic_error);
}

TEST(A_list_in_graphql, is_never_null_in_an_answer_and_may_be_left_out_of_an_input_unless_needed) {
    Sdl sdl;
    sdl.add(type_info<one::Box>());
    sdl.add(type_info<one::Box>(), Sdl::Direction::input);
    EXPECT_EQ(sdl.text(),
              R"("""A box."""
type Box {
  """On it."""
  labels: [String!]!
  """At least one."""
  parts: [String!]!
}

"""A box."""
input BoxInput {
  """On it."""
  labels: [String!]
  """At least one."""
  parts: [String!]!
}

)");
}

}  // namespace
}  // namespace kontor
