#pragma once

#include <gmock/gmock.h>

#include "services/inventory/service.hpp"
#include "services/inventory/store.hpp"
#include "support/test_host.hpp"

namespace kontor::inventory {

/// An inventory on either engine. Germany's online orders are served from `north` and `south`.
class StockedShop : public ::testing::TestWithParam<sql::Engine> {
protected:
    StockedShop() {
        serves("north", {"de"});
        serves("south", {"de", "at"});
    }

    void serves(std::string_view location, std::vector<MarketCode> markets) {
        write([&](sql::Transaction& transaction) -> Task<void> {
            co_await store::put_online_markets(transaction, location, markets);
        });
    }
    template <class Body>
    void write(Body body) {
        const auto written = host_.run(host_.database->write(
            Context{}, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                co_await body(transaction);
                co_return true;
            }));
        ASSERT_TRUE(written);
    }

    PutOutcome count(std::vector<StockCount> counts) {
        return host_.run(inventory_.put_stock({}, {std::move(counts)})).value();
    }
    Result<Reservation> reserve(std::string key, std::vector<WantedLine> lines) {
        return host_.run(inventory_.reserve(german_, {std::move(key), std::move(lines)}));
    }
    Result<Reservation> allocate(std::string key, std::string order) {
        return host_.run(inventory_.allocate({}, {std::move(key), std::move(order)}));
    }
    Result<Reservation> release(std::string key) {
        return host_.run(inventory_.release({}, {std::move(key)}));
    }
    StockLevel level(std::string sku, std::string_view location) {
        for (const auto& one : host_.run(inventory_.stock({}, {std::move(sku)})).value().items) {
            if (one.location == location) {
                return one;
            }
        }
        return {};
    }
    /// `on_hand/reserved/allocated/available`.
    std::string counters(std::string sku, std::string_view location) {
        const auto one = level(std::move(sku), location);
        return fmt::format("{}/{}/{}/{}", to_text(one.on_hand), to_text(one.reserved),
                           to_text(one.allocated), to_text(one.available));
    }

    kontor::testing::TestHost host_{"inventory", GetParam()};
    LocalInventory inventory_{host_.host()};
    Context german_{.market = "de"};
};

}  // namespace kontor::inventory
