#include "services/inventory/service.hpp"

#include <algorithm>

#include "platform/async/loop.hpp"
#include "services/inventory/rules.hpp"
#include "services/inventory/store.hpp"

namespace kontor::inventory {

namespace {

// Expired reservations that are given back at once, so that they share commits.
constexpr std::int64_t expired_at_once = 256;

}  // namespace

Task<Result<StockLevels>> LocalInventory::stock(Context context, StockOf wanted) {
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<StockLevels>> {
            co_return StockLevels{wanted.sku, co_await store::levels(transaction, wanted.sku)};
        });
}

Task<Result<StockPage>> LocalInventory::stock_pages(Context context, ListStock wanted) {
    const auto position = co_await host_.outbox.end();
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<StockPage>> {
            auto skus =
                co_await store::skus(transaction, wanted.cursor.value_or(""), wanted.limit + 1);
            StockPage page{.position = position};
            if (static_cast<std::int64_t>(skus.size()) > wanted.limit) {
                skus.pop_back();
                page.next = skus.back();
            }
            auto cells = co_await store::cells_of(transaction, skus);
            for (std::size_t i = 0; i < skus.size(); ++i) {
                page.items.push_back({std::move(skus[i]), std::move(cells[i])});
            }
            co_return page;
        });
}

Task<Result<Reservation>> LocalInventory::reserve(Context context, ReserveStock wanted) {
    if (auto faults = faults_of(wanted.lines); !faults.empty()) {
        co_return std::unexpected(refused_for(refusals::invalid, std::move(faults)));
    }
    co_return co_await writer_.write<Reservation>(std::move(context), std::move(wanted));
}

Task<Result<Reservation>> LocalInventory::extend(Context context, ExtendReservation wanted) {
    return writer_.write<Reservation>(std::move(context), std::move(wanted));
}

Task<Result<Reservation>> LocalInventory::allocate(Context context, AllocateStock wanted) {
    return writer_.write<Reservation>(std::move(context), std::move(wanted));
}

Task<Result<Reservation>> LocalInventory::release(Context context, ReleaseStock wanted) {
    if (wanted.lines && !wanted.reference) {
        co_return std::unexpected(refused_for(
            refusals::invalid,
            {{"/reference",
              "must be there where lines are named: it keeps them from being released twice"}}));
    }
    co_return co_await writer_.write<Reservation>(std::move(context), std::move(wanted));
}

Task<Result<Reservation>> LocalInventory::ship(Context context, ShipStock wanted) {
    return writer_.write<Reservation>(std::move(context), std::move(wanted));
}

Task<std::int64_t> LocalInventory::expire_due() {
    const auto now = host_.clock.now();
    std::int64_t ended_now = 0;
    bool more = true;
    while (more) {
        const auto keys = co_await host_.database.read(
            Context{},
            [now](sql::Transaction& transaction) -> Task<Result<std::vector<std::string>>> {
                co_return co_await store::expired(transaction, now, expired_at_once);
            });
        std::vector<Task<Result<Reservation>>> endings;
        for (const auto& key : keys.value_or(std::vector<std::string>{})) {
            endings.push_back(writer_.write<Reservation>(
                Context{.principal = {Principal::Kind::service, 0}}, ExpireReservation{key}));
        }
        more = endings.size() == expired_at_once;
        for (const auto& ending : co_await when_all(std::move(endings))) {
            ended_now += ending ? 1 : 0;
            more = more && ending;  // what cannot be ended now is tried next time
        }
    }
    co_return ended_now;
}

}  // namespace kontor::inventory
