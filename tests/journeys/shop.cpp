#include "journeys/shop.hpp"

#include "support/postgres.hpp"

namespace kontor::journeys {

namespace {

using namespace std::chrono_literals;

const Currency eur("EUR");

catalog::ProductDraft drill_draft() {
    return {.code = "4711",
            .slug = "akku-bohrschrauber-18-v",
            .name = {{"de", "Akku-Bohrschrauber 18 V"}, {"en", "Cordless drill 18 V"}},
            .brand = "Ferrox",
            .category = "drills",
            .attributes = {{.name = "voltage", .number = Quantity::of(18), .unit = "V"}},
            .variants = {{.sku = Shop::drill}}};
}

catalog::ProductDraft cable_draft() {
    return {.code = "0815",
            .slug = "mantelleitung-nym-j",
            .name = {{"de", "Mantelleitung NYM-J"}, {"en", "Sheathed cable NYM-J"}},
            .brand = "Ampera",
            .category = "cables",
            .variants = {{.sku = Shop::cable,
                          .content = Measure{Quantity::of(1), units::metre},
                          .sales_unit = units::metre,
                          .minimum = {500},
                          .step = {50}}}};
}

carts::Address address() {
    return {.given_name = "Ada",
            .family_name = "Beispiel",
            .street = "Planken 1",
            .postal_code = "68161",
            .city = "Mannheim",
            .country = Country("DE"),
            .email = "ada@example.org"};
}

}  // namespace

std::string where_name(const ::testing::TestParamInfo<Where>& info) {
    constexpr std::string_view names[] = {"sqlite", "postgres", "serialised"};
    return std::string(names[static_cast<int>(info.param)]);
}

Shop::Shop(Where where) : where_(where) {
    if (where == Where::postgres) {
        database_url_ = testing::fresh_postgres_database();
    }
    start();
    fill();
    settle();
}

Shop::~Shop() {
    stop();
}

void Shop::start() {
    deployment_ = std::make_unique<app::Deployment>(
        app::DeploymentOptions{.data = folder_.path(),
                               .database_url = database_url_,
                               .loopback = where_ == Where::serialised},
        nullptr, clock_, random_);
    run([](app::Deployment& deployment) -> Task<bool> {
        co_await deployment.start();
        co_return true;
    }(*deployment_));
}

void Shop::stop() {
    run([](app::Deployment& deployment) -> Task<bool> {
        co_await deployment.stop();
        co_return true;
    }(*deployment_));
    deployment_.reset();
}

void Shop::restart() {
    stop();
    start();
    settle();
}

void Shop::settle() {
    const bool settled = run([](app::Deployment& deployment) -> Task<bool> {
        for (int tries = 0; tries < 2'000; ++tries) {
            if (co_await deployment.settled()) {
                co_return true;
            }
            co_await sleep_for(5ms);
        }
        co_return false;
    }(*deployment_));
    if (!settled) {
        throw std::runtime_error("the projections did not catch up within 10 s");
    }
}

void Shop::fill() {
    const auto staff = shopper();
    must(ask<stores::Stores>().put_markets(staff, {{{.code = "de",
                                                     .country = Country("DE"),
                                                     .name = {{"de", "Deutschland"}},
                                                     .currency = eur,
                                                     .languages = {"de", "en"},
                                                     .time_zone = "Europe/Berlin",
                                                     .legal_entity = "Kontor GmbH"}}}));
    must(ask<stores::Stores>().put_stores(
        staff, {{{.id = "warehouse",
                  .kind = stores::LocationKind::warehouse,
                  .market = "de",
                  .name = "Lager",
                  .address = {"Hafen 1", "68159", "Mannheim", Country("DE")},
                  .location = {49.50, 8.45},
                  .opening_hours = {},
                  .serves_online = {"de"}},
                 {.id = "de-001",
                  .market = "de",
                  .name = "Mannheim",
                  .address = {"Planken 2", "68161", "Mannheim", Country("DE")},
                  .location = {49.487, 8.466},
                  .opening_hours = "Mo-Sa 08:00-20:00"}}}));
    must(ask<catalog::Catalog>().put_categories(
        staff, {{{.code = "tools", .name = {{"de", "Werkzeug"}}},
                 {.code = "drills", .parent = "tools", .name = {{"de", "Bohrmaschinen"}}},
                 {.code = "cables", .name = {{"de", "Kabel"}}}}}));
    must(ask<catalog::Catalog>().put_products(staff, {{drill_draft(), cable_draft()}}));
    must(ask<pricing::Pricing>().put_tax_rates(staff,
                                               {{{.market = "de",
                                                  .tax_class = "standard",
                                                  .rate = {1900},
                                                  .valid_from = *parse_date("2007-01-01")}}}));
    must(ask<pricing::Pricing>().put_prices(
        staff, {{{.sku = drill, .market = "de", .amount = {9999, eur}},
                 {.sku = cable, .market = "de", .amount = {149, eur}}}}));
    must(ask<inventory::Inventory>().put_stock(
        staff, {{{.sku = drill, .location = "warehouse", .on_hand = Quantity::of(20)},
                 {.sku = drill, .location = "de-001", .on_hand = Quantity::of(3)},
                 {.sku = cable, .location = "warehouse", .on_hand = Quantity::of(500)}}}));
}

Context Shop::shopper(std::string bearer) const {
    return {.deadline = std::chrono::steady_clock::now() + 30s,
            .principal = {Principal::Kind::guest, 1},
            .market = "de",
            .bearer = std::move(bearer)};
}

carts::Cart Shop::ready_cart() {
    auto& carts = ask<carts::Carts>();
    auto cart = must(carts.create(shopper(), {{{drill, Quantity::of(1)}, {cable, {2450}}}}));
    const auto secret = *cart.token;
    must(carts.set_addresses(shopper(secret), {cart.id, address(), std::nullopt}));
    must(carts.set_delivery(shopper(secret), {cart.id, carts::DeliveryMethod::standard}));
    cart = must(carts.set_payment(shopper(secret), {cart.id, payments::Method::prepayment}));
    cart.token = secret;
    return cart;
}

inventory::StockLevel Shop::stock(const std::string& sku, const std::string& location) {
    const auto levels = must(ask<inventory::Inventory>().stock(shopper(), {sku}));
    for (const auto& level : levels.items) {
        if (level.location == location) {
            return level;
        }
    }
    throw std::runtime_error("no stock of " + sku + " at " + location);
}

void Shop::set_stock(const std::string& sku, Quantity on_hand) {
    must(ask<inventory::Inventory>().set_stock(
        shopper(), {.sku = sku, .location = "warehouse", .on_hand = on_hand}));
    settle();
}

}  // namespace kontor::journeys
