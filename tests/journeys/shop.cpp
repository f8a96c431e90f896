#include "journeys/shop.hpp"

#include "support/postgres.hpp"
#include "support/sample_address.hpp"

namespace kontor::journeys {

using namespace std::chrono_literals;

std::string where_name(const ::testing::TestParamInfo<Where>& info) {
    constexpr std::string_view names[] = {"sqlite", "postgres", "serialised", "apart"};
    return std::string(names[static_cast<int>(info.param)]);
}

Shop::Shop(Where where) : where_(where) {
    if (where == Where::postgres || where == Where::apart) {
        database_url_ = testing::fresh_postgres_database();
    }
    if (where == Where::apart) {
        elsewhere_ =
            std::make_unique<DiscoveryElsewhere>(folder_.path() / "elsewhere", database_url_);
    }
    start();
    fill();
    settle();
}

Shop::~Shop() {
    stop();
}

void Shop::start() {
    auto options = elsewhere_ ? elsewhere_->options_of_the_rest() : app::DeploymentOptions{};
    options.data = folder_.path();
    options.database_url = database_url_;
    options.loopback = where_ == Where::serialised;
    deployment_ = std::make_unique<app::Deployment>(std::move(options), client_.get(), clock_,
                                                    random_, silent_);
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
    if (elsewhere_) {
        elsewhere_->restart();
    }
    start();
    settle();
}

void Shop::restart_without_projections() {
    stop();
    if (elsewhere_) {
        elsewhere_->restart_empty();
    }
    std::filesystem::remove_all(folder_.path() / "discovery");
    start();
    settle();
}

bool Shop::remembers_all_of(std::string service) {
    return run(deployment_->log().read(std::move(service), 0, 1, 0s)).has_value();
}

void Shop::wait_a_month() {
    clock_.advance(31 * 24h);
    run([](app::Deployment& deployment) -> Task<bool> {
        co_await deployment.upkeep();
        co_return true;
    }(*deployment_));
}

void Shop::wait(std::chrono::milliseconds time) {
    run([](std::chrono::milliseconds span) -> Task<bool> {
        co_await sleep_for(span);
        co_return true;
    }(time));
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
    if (elsewhere_) {
        elsewhere_->settle();
    }
}

void Shop::fill() {
    const auto staff = shopper();
    must(ask<stores::Stores>().put_markets(staff, assortment::markets()));
    must(ask<stores::Stores>().put_stores(staff, assortment::stores()));
    must(ask<catalog::Catalog>().put_categories(staff, assortment::categories()));
    must(ask<catalog::Catalog>().put_products(staff, assortment::products()));
    must(ask<pricing::Pricing>().put_tax_rates(staff, assortment::tax_rates()));
    must(ask<pricing::Pricing>().put_prices(staff, assortment::prices()));
    must(ask<inventory::Inventory>().put_stock(staff, assortment::stock()));
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
    must(carts.set_addresses(shopper(secret), {cart.id, carts::sample_address(), std::nullopt}));
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
