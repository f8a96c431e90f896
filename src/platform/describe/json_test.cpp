#include "platform/describe/json.hpp"

#include <gmock/gmock.h>

namespace kontor {
namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Tag {
    static constexpr std::string_view prefix = "box";
};

struct Part {
    std::string name;
    std::int64_t count = 1;

    static constexpr auto describe() {
        return described<Part>("A part.",
                               field<&Part::name>("Its name.", {.min_length = 1, .max_length = 5}),
                               field<&Part::count>("How many.", {.min = 1, .max = 9}));
    }
};

struct Box {
    Id<Tag> id;
    Colour colour = Colour::red;
    std::vector<Part> parts;
    std::map<std::string, std::string> labels;
    std::optional<bool> open;
    double weight = 0;

    static constexpr auto describe() {
        return described<Box>("A box.", field<&Box::id>("Its id."),
                              field<&Box::colour>("Its colour."), field<&Box::parts>("In it."),
                              field<&Box::labels>("On it."), field<&Box::open>("Whether open."),
                              field<&Box::weight>("In kg.", {.optional = true}));
    }
};

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Json, of_a_described_struct_reads_back_as_the_same_value) {
    const Box box{.id = {42},
                  .colour = Colour::green,
                  .parts = {{"bolt", 2}},
                  .labels = {{"de", "gr\xC3\xBC\x6E \"x\"\n"}},
                  .open = std::nullopt,
                  .weight = 1.5};
    const auto text = to_json(box);
    EXPECT_EQ(text,
              R"({"id":"box_000000000001a","colour":"green","parts":[{"name":"bolt","count":2}],)"
              R"("labels":{"de":"grün \"x\"\n"},"weight":1.5})");
    const auto back = from_json<Box>(text);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(to_json(*back), text);
}

TEST(Json, with_faults_names_every_one_by_its_pointer) {
    const auto read = from_json<Box>(
        R"({"id":"x","colour":"blue","parts":[{"name":"","count":10},{"count":1.5}],"labels":{}})");
    ASSERT_FALSE(read);
    std::vector<std::string> pointers;
    for (const auto& error : read.error().errors) {
        pointers.push_back(error.pointer);
    }
    EXPECT_THAT(pointers, ElementsAre("/id", "/colour", "/parts/0/name", "/parts/0/count",
                                      "/parts/1/name", "/parts/1/count"));
    EXPECT_EQ(read.error().errors[1].message, "must be one of red, green, not \"blue\"");
    EXPECT_EQ(read.error().errors[3].message, "is 10: must be at most 9");
}

TEST(Json, members_that_are_not_known_are_ignored_and_optional_ones_may_be_missing) {
    const auto read = from_json<Box>(R"({"id":"box_000000000001a","colour":"red","new":1})");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_FALSE(read->open);
}

TEST(Json, that_is_none_is_malformed_and_says_where) {
    for (const auto* text : {"", "{", "{} x", "{\"a\":}"}) {
        const auto read = from_json<Box>(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, "malformed") << text;
        EXPECT_THAT(read.error().message, HasSubstr("not JSON at byte")) << text;
    }
}

struct Counter {
    std::uint64_t count = 0;

    static constexpr auto describe() {
        return described<Counter>("A counter.", field<&Counter::count>("So many."));
    }
};

TEST(Json, holds_whole_numbers_up_to_what_64_bits_without_a_sign_hold) {
    for (const auto count : {std::uint64_t{INT64_MAX}, std::uint64_t{INT64_MAX} + 1, UINT64_MAX}) {
        const auto read = from_json<Counter>(to_json(Counter{count}));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(read->count, count);
    }
    EXPECT_EQ(from_json<Counter>(R"({"count":-1})").error().errors[0].message,
              "-1 is out of range");
    EXPECT_EQ(from_json<Part>(R"({"name":"a","count":9223372036854775808})").error().errors[0],
              (FieldError{"/count", "is 9223372036854775808: must be at most 9"}));
    EXPECT_FALSE(from_json<Counter>(R"({"count":18446744073709551616})"));
}

TEST(Json, nested_deeper_than_64_levels_is_malformed) {
    EXPECT_FALSE(from_json<Box>(std::string(65, '[') + std::string(65, ']')));
}

TEST(Json, keeps_the_gaps_of_a_list_of_optional_entries) {
    const std::vector<std::optional<Part>> parts{Part{"lid", 1}, std::nullopt};
    const auto text = to_json(parts);
    EXPECT_EQ(text, R"([{"name":"lid","count":1},null])");
    const auto read = from_json<std::vector<std::optional<Part>>>(text);
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 2);
    EXPECT_EQ(read->front()->name, "lid");
    EXPECT_EQ(read->back(), std::nullopt);
}

}  // namespace
}  // namespace kontor
