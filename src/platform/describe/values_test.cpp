#include "platform/describe/values.hpp"

#include <gtest/gtest.h>

#include "platform/describe/json.hpp"

namespace kontor {
namespace {

struct Offer {
    LocalizedText name;
    Money price;
    Quantity content;
    Unit unit;
    BasisPoints tax;
    Date from;
    Country country;
    bool operator==(const Offer&) const = default;

    static constexpr auto describe() {
        return described<Offer>("An offer.", field<&Offer::name>("Name."),
                                field<&Offer::price>("Price."), field<&Offer::content>("Content."),
                                field<&Offer::unit>("Unit of the content."),
                                field<&Offer::tax>("Percent."), field<&Offer::from>("First day."),
                                field<&Offer::country>("Where."));
    }
};

constexpr std::string_view cable =
    R"({"name":{"de":"Kabel","en":"Cable"},"price":{"amount":"19.90","currency":"EUR"},)"
    R"("content":"2.45","unit":"MTR","tax":"25.5","from":"2026-11-23","country":"FI"})";

TEST(Values_of_base, stand_on_the_wire_as_the_design_says_and_read_back) {
    const Offer offer{.name = {{"de", "Kabel"}, {"en", "Cable"}},
                      .price = {1990, Currency("EUR")},
                      .content = {2450},
                      .unit = units::metre,
                      .tax = {2550},
                      .from = *parse_date("2026-11-23"),
                      .country = Country("FI")};
    EXPECT_EQ(to_json(offer), cable);
    EXPECT_EQ(from_json<Offer>(cable), offer);
}

TEST(Values_of_base, that_are_wrong_are_refused_at_their_pointer) {
    const auto refused = from_json<Offer>(
        R"({"name":{"german":"Kabel"},"price":{"amount":"19.999","currency":"EUR"},)"
        R"("content":"2.4567","unit":"metre","tax":"-1","from":"23.11.2026","country":"fi"})");
    ASSERT_FALSE(refused);
    std::vector<std::string> pointers;
    for (const auto& error : refused.error().errors) {
        pointers.push_back(error.pointer);
    }
    EXPECT_EQ(pointers, (std::vector<std::string>{"/name", "/price", "/content", "/unit", "/tax",
                                                  "/from", "/country"}));
}

}  // namespace
}  // namespace kontor
