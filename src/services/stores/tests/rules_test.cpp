#include "services/stores/rules.hpp"

#include <gmock/gmock.h>

namespace kontor::stores {
namespace {

Market germany() {
    return {.code = "de",
            .country = "DE",
            .name = {{"de", "Deutschland"}},
            .currency = Currency("EUR"),
            .languages = {"de"},
            .time_zone = "Europe/Berlin",
            .legal_entity = "Kontor GmbH"};
}

Store mannheim() {
    return {.id = "de-007",
            .market = "de",
            .name = "Mannheim",
            .address = {"Planken 1", "68161", "Mannheim", "DE"},
            .location = {49.49, 8.47}};
}

template <class... A>
std::string pointer_of_fault(A&&... args) {
    const auto fault = fault_of(args...);
    return fault ? fault->pointer : "";
}

TEST(A_market, with_a_lower_case_code_known_languages_and_a_time_zone_is_without_fault) {
    EXPECT_EQ(pointer_of_fault(germany()), "");
}

TEST(A_market, is_told_what_is_wrong_with_its_code_languages_or_time_zone) {
    auto market = germany();
    market.code = "DE";
    EXPECT_EQ(pointer_of_fault(market), "/code");
    market = germany();
    market.languages = {"de", "not a tag"};
    EXPECT_EQ(pointer_of_fault(market), "/languages/1");
    market = germany();
    market.time_zone = "Berlin time";
    EXPECT_EQ(pointer_of_fault(market), "/time_zone");
}

TEST(A_store, stands_in_a_known_market_and_somewhere_on_earth) {
    const std::set<MarketCode> known{"de"};
    EXPECT_EQ(pointer_of_fault(mannheim(), known), "");
    EXPECT_EQ(pointer_of_fault(mannheim(), std::set<MarketCode>{}), "/market");
    auto store = mannheim();
    store.serves_online = {"de", "at"};
    EXPECT_EQ(pointer_of_fault(store, known), "/serves_online/1");
    store = mannheim();
    store.location.lat = 91;
    EXPECT_EQ(pointer_of_fault(store, known), "/location/lat");
    store = mannheim();
    store.location.lon = -181;
    EXPECT_EQ(pointer_of_fault(store, known), "/location/lon");
    store = mannheim();
    store.id = "Mannheim 1";
    EXPECT_EQ(pointer_of_fault(store, known), "/id");
}

}  // namespace
}  // namespace kontor::stores
