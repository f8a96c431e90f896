#include "services/pricing/service.hpp"

#include <gmock/gmock.h>

#include "platform/rpc/loopback.hpp"
#include "services/pricing/events.hpp"
#include "services/pricing/factory.hpp"
#include "support/test_host.hpp"

namespace kontor::pricing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Price price(std::string sku, std::int64_t cents, std::string_view market = "de",
            std::optional<Timestamp> from = std::nullopt,
            std::optional<Timestamp> until = std::nullopt) {
    return {std::move(sku), market, {cents, Currency("EUR")}, from, until};
}

TaxRate rate(std::string_view market, std::string tax_class, std::int32_t basis_points,
             std::string_view from) {
    return {market, std::move(tax_class), {basis_points}, parse_date(from).value()};
}

class Prices : public ::testing::TestWithParam<sql::Engine> {
protected:
    PutOutcome put(std::vector<Price> prices) {
        return host_.run(pricing_.put_prices({}, {std::move(prices)})).value();
    }
    std::vector<std::optional<Quote>> quote(std::string_view market,
                                            std::vector<std::string> skus) {
        return host_.run(pricing_.quote({.market = market}, {std::move(skus)})).value().items;
    }
    Timestamp in(std::chrono::hours span) { return host_.clock.now() + span; }

    kontor::testing::TestHost host_{"pricing", GetParam()};
    LocalPricing pricing_{host_.host()};
};

TEST_P(Prices, are_quoted_for_the_market_and_the_moment_in_the_order_asked) {
    put({price("drill", 10000), price("drill", 11000, "at"), price("saw", 5000),
         price("drill", 8000, "de", in(std::chrono::hours(1)), in(std::chrono::hours(3)))});
    auto now = quote("de", {"saw", "unknown", "drill"});
    ASSERT_THAT(now, SizeIs(3));
    EXPECT_EQ(now[0]->price.minor_units, 5000);
    EXPECT_EQ(now[1], std::nullopt);
    EXPECT_EQ(now[2]->price.minor_units, 10000);
    EXPECT_EQ(quote("at", {"drill"})[0]->price.minor_units, 11000);
    EXPECT_EQ(quote("fr", {"drill"})[0], std::nullopt);

    host_.clock.advance(std::chrono::hours(2));
    now = quote("de", {"drill"});
    EXPECT_EQ(now[0]->price.minor_units, 8000);
    EXPECT_EQ(now[0]->list_price->minor_units, 10000);
    EXPECT_EQ(now[0]->lowest_30_days->minor_units, 10000);
}

TEST_P(Prices, put_again_as_they_are_change_nothing_and_are_not_told) {
    const std::vector windows{price("drill", 10000), price("saw", 5000, "de", in({}))};
    EXPECT_EQ(put(windows).accepted, 2);
    const auto again = put(windows);
    EXPECT_EQ(again.accepted, 0);
    EXPECT_EQ(again.unchanged, 2);
    EXPECT_THAT(host_.published(), SizeIs(2));
}

TEST_P(Prices, of_a_sku_are_told_as_a_whole_once_for_a_batch) {
    put({price("drill", 10000), price("drill", 11000, "at"), price("saw", 5000)});
    put({price("drill", 12000, "at")});
    const auto events = host_.published();
    ASSERT_THAT(events, SizeIs(3));
    EXPECT_EQ(events[2].type, "pricing.prices-changed");
    EXPECT_EQ(events[2].aggregate, "drill");
    EXPECT_EQ(events[2].aggregate_version, 2);
    const auto event = from_json<PricesChanged>(events[2].data).value();
    ASSERT_THAT(event.prices, SizeIs(2));
    EXPECT_EQ(event.prices[0].amount.minor_units, 12000);
    EXPECT_EQ(event.prices[1].amount.minor_units, 10000);
}

TEST_P(Prices, with_the_same_start_replace_each_other_and_others_stay) {
    const auto start = in(std::chrono::hours(-1));
    put({price("drill", 10000), price("drill", 9000, "de", start)});
    put({price("drill", 9500, "de", start, in(std::chrono::hours(1)))});
    const auto all = host_.run(pricing_.prices({}, {{"drill"}, MarketCode("de")})).value().items;
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(to_json(all[0]), to_json(price("drill", 10000)));
    EXPECT_EQ(to_json(all[1]),
              to_json(price("drill", 9500, "de", start, in(std::chrono::hours(1)))));
}

TEST_P(Prices, at_fault_do_not_stop_the_others_and_are_named) {
    const auto outcome = put({price("drill", -1), price("saw", 5000), price("saw", 6000),
                              price("nail", 1, "de", in({}), in({}))});
    EXPECT_EQ(outcome.accepted, 1);
    ASSERT_THAT(outcome.rejected, SizeIs(3));
    EXPECT_EQ(outcome.rejected[0].pointer, "/amount");
    EXPECT_EQ(outcome.rejected[1].index, 2);
    EXPECT_EQ(outcome.rejected[2].pointer, "/valid_until");
    EXPECT_EQ(quote("de", {"saw"})[0]->price.minor_units, 5000);
}

TEST_P(Prices, are_handed_over_page_by_page_with_the_position_they_stand_at) {
    put({price("a", 1), price("b", 2), price("b", 3, "at"), price("c", 4)});
    const auto first = host_.run(pricing_.price_pages({}, {.limit = 2})).value();
    ASSERT_THAT(first.items, SizeIs(2));
    EXPECT_THAT(first.items[1].prices, SizeIs(2));
    EXPECT_EQ(first.position, 3);
    const auto last = host_.run(pricing_.price_pages({}, {.limit = 2, .cursor = first.next}));
    ASSERT_THAT(last->items, SizeIs(1));
    EXPECT_EQ(last->items[0].sku, "c");
    EXPECT_EQ(last->next, std::nullopt);
}

TEST_P(Prices, have_tax_rates_by_market_class_and_date_that_are_told_by_market) {
    const std::vector rates{rate("fi", "standard", 2550, "2024-09-01"),
                            rate("fi", "standard", 2400, "2013-01-01"),
                            rate("de", "standard", 1900, "2007-01-01")};
    EXPECT_EQ(host_.run(pricing_.put_tax_rates({}, {rates}))->accepted, 3);
    EXPECT_EQ(host_.run(pricing_.put_tax_rates({}, {rates}))->unchanged, 3);
    const auto of_finland = host_.run(pricing_.tax_rates({}, {MarketCode("fi")})).value().items;
    ASSERT_THAT(of_finland, SizeIs(2));
    EXPECT_EQ(to_json(of_finland[1]), to_json(rates[0]));
    EXPECT_THAT(host_.run(pricing_.tax_rates({}, {}))->items, SizeIs(3));
    const auto events = host_.published();
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[1].aggregate, "fi");
    EXPECT_THAT(from_json<TaxRatesChanged>(events[1].data)->rates, SizeIs(2));
}

TEST_P(Prices, are_the_same_from_afar) {
    Directory near;
    rpc::Dispatcher dispatcher;
    const auto service = entry.start(host_.host());
    service->publish(near, dispatcher);
    rpc::LoopbackChannel channel(dispatcher);
    Directory far;
    entry.connect(far, channel);
    auto& remote = far.get<Pricing>();
    EXPECT_EQ(host_.run(remote.put_prices({}, {{price("drill", 10000)}}))->accepted, 1);
    const Context german{.market = "de"};
    EXPECT_EQ(to_json(host_.run(remote.quote(german, {{"drill", "saw"}})).value()),
              to_json(host_.run(near.get<Pricing>().quote(german, {{"drill", "saw"}})).value()));
}

INSTANTIATE_TEST_SUITE_P(On, Prices, kontor::testing::both_engines(), kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::pricing
