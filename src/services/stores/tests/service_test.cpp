#include "services/stores/service.hpp"

#include <gmock/gmock.h>

#include "platform/rpc/loopback.hpp"
#include "services/stores/events.hpp"
#include "services/stores/factory.hpp"
#include "support/test_host.hpp"

namespace kontor::stores {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Market market(std::string_view code, std::string_view country) {
    return {.code = code,
            .country = country,
            .name = {{"en", std::string(country)}},
            .currency = Currency("EUR"),
            .languages = {"de", "en"},
            .time_zone = "Europe/Berlin",
            .tax_rounding = TaxRounding::document,
            .legal_entity = "Kontor GmbH"};
}

Store store(std::string id, std::string_view market) {
    return {.id = std::move(id),
            .market = market,
            .name = "Mannheim",
            .address = {"Planken 1", "68161", "Mannheim", "DE"},
            .location = {49.49, 8.47},
            .opening_hours = "Mo-Sa 08:00-20:00"};
}

class Stores_and_markets : public ::testing::TestWithParam<sql::Engine> {
protected:
    PutOutcome put(std::vector<Market> markets) {
        return host_.run(stores_.put_markets({}, {std::move(markets)})).value();
    }
    PutOutcome put(std::vector<Store> stores) {
        return host_.run(stores_.put_stores({}, {std::move(stores)})).value();
    }
    std::vector<std::string> ids(std::optional<MarketCode> market = std::nullopt) {
        std::vector<std::string> all;
        for (const auto& one : host_.run(stores_.stores({}, {market})).value().items) {
            all.push_back(one.id);
        }
        return all;
    }

    kontor::testing::TestHost host_{
        "stores", GetParam(), {config::section<StoresSettings>("stores")}};
    LocalStores stores_{host_.host()};
};

TEST_P(Stores_and_markets, of_another_cell_are_rejected_by_name) {
    LocalStores cell{host_.host(), {.markets = {"de", "at"}}};
    const auto outcome =
        host_.run(cell.put_markets({}, {{market("de", "DE"), market("fr", "FR")}})).value();
    EXPECT_EQ(outcome.accepted, 1);
    ASSERT_THAT(outcome.rejected, SizeIs(1));
    EXPECT_EQ(outcome.rejected[0].reason,
              "\"fr\": not a market of this cell, which has de, at (stores.markets)");
    EXPECT_EQ(host_.run(cell.put_stores({}, {{store("fr-001", "fr")}})).value().rejected.size(),
              1U);
}

TEST_P(Stores_and_markets, answer_as_they_were_put) {
    EXPECT_EQ(put({market("de", "DE"), market("at", "AT")}).accepted, 2);
    auto wanted = store("de-007", "de");
    wanted.serves_online = {"de", "at"};
    EXPECT_EQ(put({wanted, store("at-001", "at")}).accepted, 2);

    const auto markets = host_.run(stores_.markets({}, {})).value();
    ASSERT_THAT(markets.items, SizeIs(2));
    EXPECT_EQ(to_json(markets.items[1]), to_json(market("de", "DE")));
    EXPECT_EQ(to_json(host_.run(stores_.market({}, {"at"})).value()), to_json(market("at", "AT")));
    const auto found = host_.run(stores_.stores({}, {MarketCode("de")})).value();
    ASSERT_THAT(found.items, SizeIs(1));
    EXPECT_EQ(to_json(found.items[0]), to_json(wanted));
    EXPECT_THAT(ids(), ElementsAre("at-001", "de-007"));
    EXPECT_EQ(found.position, 4);
}

TEST_P(Stores_and_markets, put_again_as_they_are_change_nothing_and_are_not_told) {
    put({market("de", "DE")});
    put({store("de-007", "de")});
    EXPECT_EQ(put({market("de", "DE")}).unchanged, 1);
    EXPECT_EQ(put({store("de-007", "de")}).unchanged, 1);
    EXPECT_THAT(host_.published(), SizeIs(2));
}

TEST_P(Stores_and_markets, tell_each_change_whole_with_the_next_version) {
    put({market("de", "DE")});
    auto changed = market("de", "DE");
    changed.prices = PriceDisplay::net;
    EXPECT_EQ(put({changed}).accepted, 1);
    const auto events = host_.published();
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[1].type, "stores.market-changed");
    EXPECT_EQ(events[1].aggregate, "de");
    EXPECT_EQ(events[1].aggregate_version, 2);
    EXPECT_EQ(from_json<MarketChanged>(events[1].data)->market.prices, PriceDisplay::net);
}

TEST_P(Stores_and_markets, at_fault_do_not_stop_the_others_and_are_named) {
    put({market("de", "DE")});
    const auto outcome = put({store("de-001", "xx"), store("de-002", "de"), store("de-002", "de")});
    EXPECT_EQ(outcome.accepted, 1);
    ASSERT_THAT(outcome.rejected, SizeIs(2));
    EXPECT_EQ(outcome.rejected[0].index, 0);
    EXPECT_EQ(outcome.rejected[0].pointer, "/market");
    EXPECT_EQ(outcome.rejected[1].index, 2);
    EXPECT_THAT(ids(), ElementsAre("de-002"));
}

TEST_P(Stores_and_markets, that_are_not_there_are_not_found) {
    EXPECT_EQ(host_.run(stores_.market({}, {"fr"})).error().code, "not_found");
    EXPECT_THAT(ids(MarketCode("fr")), IsEmpty());
}

TEST_P(Stores_and_markets, are_the_same_from_afar) {
    Directory near;
    rpc::Dispatcher dispatcher;
    const auto service = entry.start(host_.host());
    service->publish(near, dispatcher);
    rpc::LoopbackChannel channel(dispatcher);
    Directory far;
    entry.connect(far, channel);
    auto& remote = far.get<Stores>();
    EXPECT_EQ(host_.run(remote.put_markets({}, {{market("de", "DE")}})).value().accepted, 1);
    EXPECT_EQ(host_.run(remote.put_stores({}, {{store("de-007", "de")}})).value().accepted, 1);
    EXPECT_EQ(to_json(host_.run(remote.stores({}, {})).value()),
              to_json(host_.run(near.get<Stores>().stores({}, {})).value()));
    EXPECT_EQ(host_.run(remote.market({}, {"fr"})).error(),
              host_.run(near.get<Stores>().market({}, {"fr"})).error());
}

INSTANTIATE_TEST_SUITE_P(On, Stores_and_markets, kontor::testing::both_engines(),
                         kontor::testing::engine_name);

}  // namespace
}  // namespace kontor::stores
