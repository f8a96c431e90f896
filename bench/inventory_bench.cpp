// Reservations of one hot SKU at the service's contract, in this process and durable, beside the
// same with a transaction each. Prints a line of JSON for each round.
//
//     inventory_bench FOLDER POSTGRES-URL SECONDS
//
// FOLDER takes SQLite's files and must lie on a real disk; PostgreSQL's settings are the server's.

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>

#include "one_by_one.hpp"
#include "platform/async/asio_loop.hpp"
#include "platform/events/outbox_log.hpp"
#include "services/inventory/service.hpp"
#include "services/inventory/store.hpp"

namespace kontor::inventory {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto hot_sku = "drill";
const Quantity plenty = Quantity::of(1'000'000'000);

struct Round {
    std::string engine;
    std::string path;
    std::int64_t clients = 0;
    std::int64_t rate = 0;
    std::int64_t p50_us = 0;
    std::int64_t p99_us = 0;
    std::int64_t refused = 0;

    static constexpr auto describe() {
        return described<Round>(
            "What a round measured.", field<&Round::engine>(""),
            field<&Round::path>("`batched` or `one by one`."), field<&Round::clients>("At once."),
            field<&Round::rate>("Reservations each second."), field<&Round::p50_us>(""),
            field<&Round::p99_us>(""), field<&Round::refused>(""));
    }
};

/// An inventory with one SKU in one place, on records of its own.
class Shop {
public:
    explicit Shop(std::unique_ptr<sql::Database> database)
        : database_(std::move(database)),
          outbox_("inventory", *database_, clock_, ids_),
          host_{clock_, ids_,       random_, *database_, outbox_,
                log_,   directory_, {},      operators_, settings_},
          inventory(host_),
          one_by_one(host_) {
        database_->migrate(sql::schema_of("inventory"));
        loop.run_until_done(
            database_->write(Context{}, [](sql::Transaction& transaction) -> Task<Result<bool>> {
                const MarketCode germany = "de";
                co_await store::put_online_markets(transaction, "north", {&germany, 1});
                co_return true;
            }));
        loop.run_until_done(
            inventory.put_stock({}, {{{hot_sku, "north", plenty, Quantity{}, std::nullopt}}}));
    }

    AsioLoop loop;

private:
    SystemClock clock_;
    IdSource ids_{clock_, 1};
    SeededRandom random_{1};
    std::unique_ptr<sql::Database> database_;
    events::Outbox outbox_;
    events::OutboxLog log_;
    Directory directory_;
    telemetry::SilentLog operators_;
    config::Loaded settings_ = config::load({}, {}).value();
    Host host_;

public:
    LocalInventory inventory;
    OneByOne one_by_one;
};

/// One shopper after another, until the time is over; how long each waited.
template <class Reserve>
Task<std::vector<SteadyClock::duration>> client(std::int64_t number, SteadyClock::time_point end,
                                                std::int64_t& refused, Reserve reserve) {
    std::vector<SteadyClock::duration> waits;
    for (int i = 0; SteadyClock::now() < end; ++i) {
        const auto begin = SteadyClock::now();
        const bool held = co_await reserve(fmt::format("{}-{}", number, i));
        waits.push_back(SteadyClock::now() - begin);
        refused += held ? 0 : 1;
    }
    co_return waits;
}

template <class Reserve>
Round measure(Shop& shop, Round round, std::chrono::seconds length, Reserve reserve) {
    const auto begin = SteadyClock::now();
    std::vector<Task<std::vector<SteadyClock::duration>>> clients;
    for (std::int64_t i = 0; i < round.clients; ++i) {
        clients.push_back(client(i, begin + length, round.refused, reserve));
    }
    std::vector<SteadyClock::duration> waits;
    for (const auto& some : shop.loop.run_until_done(when_all(std::move(clients)))) {
        waits.insert(waits.end(), some.begin(), some.end());
    }
    const std::chrono::duration<double> took = SteadyClock::now() - begin;
    std::ranges::sort(waits);
    const auto at = [&](std::size_t percent) {
        const auto index = std::min(waits.size() - 1, waits.size() * percent / 100);
        return std::chrono::duration_cast<std::chrono::microseconds>(waits[index]).count();
    };
    round.rate = static_cast<std::int64_t>(static_cast<double>(waits.size()) / took.count());
    round.p50_us = at(50);
    round.p99_us = at(99);
    return round;
}

template <class Open>
void measure_both(const std::string& engine, std::chrono::seconds length, Open open) {
    for (const std::int64_t clients : {64, 128, 256}) {
        Shop batched(open(true));
        std::puts(to_json(measure(batched, {engine, "batched", clients}, length,
                                  [&](std::string key) -> Task<bool> {
                                      ReserveStock wanted{std::move(key),
                                                          {{hot_sku, Quantity::of(1), {}}}};
                                      const auto held = co_await batched.inventory.reserve(
                                          {.market = "de"}, std::move(wanted));
                                      co_return held.has_value();
                                  }))
                      .c_str());
        Shop single(open(false));
        std::puts(
            to_json(measure(single, {engine, "one by one", clients}, length, [&](std::string key) {
                return single.one_by_one.reserve(std::move(key), hot_sku);
            })).c_str());
        std::fflush(stdout);
    }
}

int run(const std::filesystem::path& folder, const std::string& url, std::chrono::seconds length) {
    int opened = 0;
    measure_both("sqlite", length, [&](bool batched) {
        sql::SqliteOptions options;
        options.batch_max = batched ? options.batch_max : 1;
        return sql::open_sqlite(folder / fmt::format("{}.db", ++opened), options);
    });
    measure_both("postgres", length,
                 [&](bool) { return sql::open_postgres(url, fmt::format("bench_{}", ++opened)); });
    return 0;
}

}  // namespace
}  // namespace kontor::inventory

int main(int count, char** arguments) {
    int seconds = 0;
    if (count == 4) {
        const std::string_view text = arguments[3];
        std::from_chars(text.data(), text.data() + text.size(), seconds);
    }
    if (seconds < 1) {
        std::fputs("usage: inventory_bench FOLDER POSTGRES-URL SECONDS\n", stderr);
        return 2;
    }
    return kontor::inventory::run(arguments[1], arguments[2], std::chrono::seconds(seconds));
}
