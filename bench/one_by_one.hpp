#pragma once

#include "platform/service/service.hpp"
#include "platform/sql/values.hpp"
#include "services/inventory/events.hpp"

namespace kontor::inventory {

/// Reservations of one line as they are usually written: a transaction each, which locks the SKU's
/// row, takes what is guarded, and writes the same rows and the same event as the service does. For
/// comparison only.
class OneByOne {
public:
    explicit OneByOne(const Host& host) : host_(host) {}

    Task<bool> reserve(std::string key, std::string sku) {
        const Context context{.market = "de"};
        const auto taken = co_await host_.database.write(
            context, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                co_return co_await reserve_within(transaction, context, key, sku);
            });
        co_return taken.value_or(false);
    }

private:
    struct Taken {
        std::int64_t id = 0;
        std::string location;
        Quantity on_hand;
        Quantity reserved;
        static constexpr auto describe() {
            return described<Taken>("", field<&Taken::id>(""), field<&Taken::location>(""),
                                    field<&Taken::on_hand>(""), field<&Taken::reserved>(""));
        }
    };
    static constexpr sql::Statement count_change{"bench.count_change", R"sql(
        UPDATE stocked_skus SET version = version + 1 WHERE sku = $1 RETURNING version
    )sql"};
    static constexpr sql::Statement take{"bench.take", R"sql(
        UPDATE stock
           SET reserved = reserved + $2
         WHERE sku = $1
           AND on_hand - reserved - allocated - safety >= $2
        RETURNING id, location, on_hand, reserved
    )sql"};
    static constexpr sql::Statement add_reservation{"bench.add_reservation", R"sql(
        INSERT INTO reservations (id, key, status, expires_at) VALUES ($1, $2, 'held', $3)
    )sql"};
    static constexpr sql::Statement add_line{"bench.add_line", R"sql(
        INSERT INTO reservation_lines (reservation, ordinal, cell, quantity, released, shipped,
                                       per_unit)
        VALUES ($1, 0, $2, $3, 0, 0, 1000)
    )sql"};
    static constexpr sql::Statement add_movement{"bench.add_movement", R"sql(
        INSERT INTO movements (cell, cause, reference, on_hand, reserved, allocated, moved_at)
        VALUES ($1, 'reserve', $2, 0, $3, 0, $4)
    )sql"};

    Task<Result<bool>> reserve_within(sql::Transaction& transaction, const Context& context,
                                      const std::string& key, const std::string& sku) {
        const auto one = Quantity::of(1);
        const auto now = host_.clock.now();
        const auto id = host_.ids.next();
        const auto version = co_await transaction.row<std::int64_t>(count_change, sku);
        const auto taken = co_await transaction.row<Taken>(take, sku, one);
        if (!version || !taken) {
            co_return refuse(refusals::out_of_stock, "{}: none left", sku);
        }
        transaction.execute_later(add_reservation, id, key, now + std::chrono::minutes(15));
        transaction.execute_later(add_line, id, taken->id, one);
        transaction.execute_later(add_movement, taken->id, key, one, now);
        const StockCell cell{.location = taken->location,
                             .on_hand = taken->on_hand,
                             .reserved = taken->reserved,
                             .allocated = {},
                             .safety = {},
                             .available = taken->on_hand - taken->reserved};
        host_.outbox.publish(transaction, context, StockChanged{sku, {cell}}, sku, *version);
        co_return true;
    }

    Host host_;
};

}  // namespace kontor::inventory
