#pragma once

#include <gmock/gmock.h>

#include "platform/events/memory_log.hpp"
#include "platform/rpc/loopback.hpp"
#include "services/catalog/events.hpp"
#include "services/discovery/api.hpp"
#include "services/discovery/factory.hpp"
#include "services/inventory/events.hpp"
#include "services/pricing/events.hpp"
#include "services/stores/events.hpp"
#include "support/test_host.hpp"

namespace kontor::discovery {

/// Discovery as it runs in a deployment, fed by events as the producers publish them, and asked
/// over a serialising channel.
class DiscoveryShop : public ::testing::Test {
protected:
    DiscoveryShop() {
        markets();
        stores();
        categories();
        begin();
    }
    ~DiscoveryShop() override { end(); }

    static stores::Market market(std::string_view code, std::string_view country,
                                 std::string_view currency, std::vector<LocaleCode> languages) {
        return {.code = code,
                .country = country,
                .name = {{"en", std::string(country)}},
                .currency = parse_currency(currency).value(),
                .languages = std::move(languages),
                .time_zone = "Europe/Berlin",
                .legal_entity = "Kontor"};
    }

    void markets() {
        happens(stores::MarketChanged{market("ch", "CH", "CHF", {"de-CH", "fr"})});
        happens(stores::MarketChanged{market("de", "DE", "EUR", {"de", "en"})});
    }

    void stores() {
        store("warehouse", stores::LocationKind::warehouse, {51, 9}, {"de", "ch"});
        store("de-mannheim", stores::LocationKind::store, {49.49, 8.47}, {});
        store("de-berlin", stores::LocationKind::store, {52.52, 13.40}, {});
    }
    void store(std::string id, stores::LocationKind kind, stores::Coordinates at,
               std::vector<MarketCode> serves) {
        happens(stores::StoreChanged{{.id = id,
                                      .kind = kind,
                                      .market = "de",
                                      .name = "Kontor " + id,
                                      .address = {"Weg 1", "1", "Stadt", "DE"},
                                      .location = at,
                                      .opening_hours = "Mo-Sa 08:00-20:00",
                                      .serves_online = std::move(serves)}});
    }

    void categories() {
        happens(catalog::CategoryChanged{
            {.code = "tools", .name = {{"de", "Werkzeug"}, {"en", "Tools"}}}});
        happens(catalog::CategoryChanged{
            {.code = "drills", .parent = "tools", .name = {{"de", "Bohrer"}, {"en", "Drills"}}}});
    }

    /// A product with one variant, `<code>-1`, of 500 g.
    static catalog::Product product(std::uint64_t id, const std::string& code, std::string name) {
        return {.id = {id},
                .version = 1,
                .code = code,
                .slug = code + "-slug",
                .name = {{"de", name}, {"en", name + " (en)"}},
                .brand = "Bo\"sch",
                .category = "drills",
                .tax_class = "standard",
                .attributes = {{.name = "voltage", .number = Quantity::of(18), .unit = "V"}},
                .variants = {{.sku = code + "-1",
                              .gtin = "4006381333931",
                              .content = Measure{Quantity::of(500), units::gram},
                              .picture = "/p.svg"}}};
    }
    void sells(const catalog::Product& product) { happens(catalog::ProductChanged{product}); }

    void costs(const std::string& sku, std::vector<pricing::Price> prices) {
        for (auto& price : prices) {
            price.sku = sku;
        }
        happens(pricing::PricesChanged{sku, std::move(prices)});
    }
    static pricing::Price price(std::string_view market_code, std::int64_t cents) {
        return {.market = market_code,
                .amount = {cents, market_code == "ch" ? Currency("CHF") : Currency("EUR")}};
    }
    void has_stock(const std::string& sku, const std::string& location, std::int64_t available) {
        happens(inventory::StockChanged{
            sku, {{.location = location, .available = Quantity::of(available)}}});
    }
    /// A drill that is sold in Germany.
    void drill() {
        sells(product(7, "drill", "Akku-Bohrschrauber"));
        costs("drill-1", {price("de", 9'999)});
        has_stock("drill-1", "de-berlin", 3);
        has_stock("drill-1", "warehouse", 40);
    }

    template <events::Event E>
    void happens(const E& event, int times = 1) {
        const std::string type(E::type.name);
        const auto stream = type.substr(0, type.find('.'));
        std::vector<events::Envelope> batch;
        for (int i = 0; i < times; ++i) {
            batch.push_back({.id = std::to_string(host_.ids.next()),
                             .source = stream,
                             .type = type,
                             .time = host_.clock.now(),
                             .aggregate = std::to_string(i),
                             .sequence = ++ends_[stream],
                             .data = to_json(event)});
        }
        ASSERT_TRUE(host_.run(log_.append(stream, std::move(batch))));
    }

    void begin() {
        service_ =
            entry.start({host_.clock, host_.ids, host_.random, *host_.database, host_.outbox, log_,
                         host_.directory, folder_.path(), host_.operators, host_.settings});
        dispatcher_ = std::make_unique<rpc::Dispatcher>();
        channel_ = std::make_unique<rpc::LoopbackChannel>(*dispatcher_);
        service_->publish(here_, *dispatcher_);
        entry.connect(remote_, *channel_);
        host_.run(started(*service_));
    }
    void end() {
        if (service_) {
            host_.run(stopped(*service_));
            service_.reset();
        }
    }
    /// Until all that happened before is to be seen.
    void catch_up() {
        end();
        begin();
        ASSERT_TRUE(host_.run(is_ready(*service_)));
    }

    /// Lets the service follow until `condition` holds.
    void eventually(const std::function<bool()>& condition) {
        for (int i = 0; i < 400 && !condition(); ++i) {
            host_.run(paused());
        }
        ASSERT_TRUE(condition());
    }

    Discovery& discovery() { return remote_.get<Discovery>(); }

    Result<ProductView> page(std::string key, std::string_view in = "de",
                             std::string_view locale = "") {
        const auto raw =
            host_.run(discovery().product({.market = in, .locale = locale}, {std::move(key)}));
        return raw ? from_json<ProductView>(raw->json) : std::unexpected(raw.error());
    }
    Result<ProductPage> list(ProductsWanted wanted, std::string_view in = "de") {
        const auto raw = host_.run(discovery().products({.market = in}, std::move(wanted)));
        return raw ? from_json<ProductPage>(raw->json) : std::unexpected(raw.error());
    }
    std::vector<std::string> slugs(ProductsWanted wanted, std::string_view in = "de") {
        std::vector<std::string> slugs;
        for (const auto& item : list(std::move(wanted), in).value().items) {
            slugs.push_back(item.slug);
        }
        return slugs;
    }

    kontor::testing::TestHost host_{"discovery", sql::Engine::sqlite};
    kontor::testing::TemporaryFolder folder_;
    events::MemoryLog log_;
    std::map<std::string, events::Position> ends_;
    std::unique_ptr<Service> service_;

private:
    static Task<bool> started(Service& service) {
        co_await service.start();
        co_return true;
    }
    static Task<bool> paused() {
        co_await sleep_for(std::chrono::milliseconds(5));
        co_return true;
    }
    static Task<bool> stopped(Service& service) {
        co_await service.stop();
        co_return true;
    }
    static Task<bool> is_ready(const Service& service) {
        for (int i = 0; i < 2'000 && !service.ready(); ++i) {
            co_await sleep_for(std::chrono::milliseconds(5));
        }
        co_return service.ready();
    }

    Directory here_;
    Directory remote_;
    std::unique_ptr<rpc::Dispatcher> dispatcher_;
    std::unique_ptr<rpc::LoopbackChannel> channel_;
};

}  // namespace kontor::discovery
