#include "platform/describe/limits.hpp"

#include <gtest/gtest.h>

#include "platform/describe/put_outcome.hpp"
#include "platform/describe/stored.hpp"
#include "platform/describe/values.hpp"

namespace kontor {
namespace {

struct Sold {
    std::string sku;
    std::vector<std::string> tags;
    std::optional<std::int64_t> rank;
    LocalizedText name{{"de", "Kabel"}};
    Money price{1990, Currency("EUR")};
    Country country{"DE"};
    double weight = 0;
    std::map<std::string, std::string> labels;

    static constexpr auto describe() {
        using S = Sold;
        return described<S>("Sold.", field<&S::sku>("Code.", {.min_length = 1, .max_length = 4}),
                            field<&S::tags>("Tags.", {.max_length = 2}),
                            field<&S::rank>("Rank.", {.min = 1, .max = 9}),
                            field<&S::name>("Name.", {.min_length = 1}), field<&S::price>("Price."),
                            field<&S::country>("Where."), field<&S::weight>("In kg."),
                            field<&S::labels>("On it.", {.max_length = 1}));
    }
};

struct Basket {
    std::vector<Sold> items;
    static constexpr auto describe() {
        return described<Basket>("Many.", field<&Basket::items>("Them.", {.min_length = 1}));
    }
};

/// What a caller far away would be told, and whether the walk says the same.
void expect_alike(const Sold& sold, bool kept) {
    const Basket basket{{sold}};
    EXPECT_EQ(keeps_limits(basket), kept) << to_json(basket);
    EXPECT_EQ(from_json<Basket>(to_json(basket)).has_value(), kept) << to_json(basket);
}

TEST(A_value_in_this_process, keeps_to_its_limits_exactly_if_its_json_does) {
    expect_alike({.sku = "a"}, true);
    expect_alike({.sku = "abcd", .tags = {"x", "y"}, .rank = 9, .labels = {{"k", "v"}}}, true);
    expect_alike({.sku = ""}, false);
    expect_alike({.sku = "abcde"}, false);
    expect_alike({.sku = std::string("a\0b", 3)}, false);
    expect_alike({.sku = "a", .tags = {"x", "y", "z"}}, false);
    expect_alike({.sku = "a", .rank = 0}, false);
    expect_alike({.sku = "a", .rank = 10}, false);
    expect_alike({.sku = "a", .name = {}}, false);
    expect_alike({.sku = "a", .price = {}}, false);
    expect_alike({.sku = "a", .country = Country("zz")}, false);
    expect_alike({.sku = "a", .weight = NAN}, false);
    expect_alike({.sku = "a", .labels = {{"k", "v"}, {"l", "w"}}}, false);
    EXPECT_FALSE(keeps_limits(Basket{}));
    EXPECT_FALSE(keeps_limits(Basket{std::vector<Sold>(10'001, Sold{.sku = "a"})}));
}

TEST(A_text_by_language, needs_an_entry_that_is_not_empty_where_one_is_required) {
    const auto read = from_json<Basket>(
        R"({"items":[{"sku":"a","name":{"de":""},"price":{"amount":"1.00","currency":"EUR"},)"
        R"("country":"DE","weight":1}]})");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().errors.front(),
              (FieldError{"/items/0/name", "has 0 entries: at least 1 are needed"}));
}

TEST(Stored_json, that_cannot_be_read_is_an_accident_that_says_of_what) {
    EXPECT_EQ(from_stored_json<RejectedEntry>(R"({"index":1,"pointer":"","reason":"r"})").index, 1);
    EXPECT_THROW(from_stored_json<RejectedEntry>("{}"), std::runtime_error);
}

}  // namespace
}  // namespace kontor
