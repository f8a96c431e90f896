#include "services/inventory/service.hpp"

#include <algorithm>

#include "platform/async/loop.hpp"
#include "services/inventory/events.hpp"
#include "services/inventory/ledger.hpp"

namespace kontor::inventory {

namespace {

// Expired reservations that are given back at once, so that they share commits.
constexpr std::int64_t expired_at_once = 64;

Reservation reservation_of(std::string key, const store::StoredReservation& stored,
                           std::vector<ReservedLine> lines) {
    return {.reservation = std::move(key),
            .status = stored.status,
            .lines = std::move(lines),
            .expires_at = stored.expires_at,
            .order = stored.bound_to};
}

Reservation reservation_of(std::string key, const store::StoredReservation& stored,
                           const std::vector<HeldLine>& lines) {
    std::vector<ReservedLine> reserved;
    reserved.reserve(lines.size());
    for (const auto& line : lines) {
        reserved.push_back(
            {line.sku, line.quantity, line.location, line.released, line.shipped});
    }
    return reservation_of(std::move(key), stored, std::move(reserved));
}

bool has_ended(const store::StoredReservation& stored) {
    return stored.status == ReservationStatus::released ||
           stored.status == ReservationStatus::expired;
}

std::unexpected<Refusal> ended(std::string_view key, const store::StoredReservation& stored) {
    return refuse(refusals::reservation_ended,
                  "reservation {}: is {}; reserve anew under a new key", key,
                  describe::enum_text(stored.status));
}

/// Where what is given back comes from.
ledger::Shift given_back(const store::StoredReservation& stored) {
    return stored.status == ReservationStatus::held ? ledger::reserved_to_available
                                                    : ledger::allocated_to_available;
}

/// What a reservation is once nothing of it is held any more.
ReservationStatus ended_status(const std::vector<HeldLine>& lines) {
    const bool any_shipped = std::ranges::any_of(
        lines, [](const HeldLine& line) { return line.shipped > Quantity{}; });
    return any_shipped ? ReservationStatus::shipped : ReservationStatus::released;
}

/// The reservation under `key`, unless there is none or it has ended without its goods.
Task<Result<store::StoredReservation>> going_on(sql::Transaction& transaction, std::string key) {
    const auto stored = co_await store::find(transaction, key);
    if (!stored) {
        co_return refuse(refusals::not_found, "no reservation {}", key);
    }
    if (has_ended(*stored)) {
        co_return ended(key, *stored);
    }
    co_return *stored;
}

/// Whether a change was applied already; refuses its key for another one.
Task<Result<bool>> applied_before(sql::Transaction& transaction, PartChange change,
                                  std::string content, Timestamp now) {
    const auto before = co_await store::apply_once(
        transaction, fmt::format("reservation:{}", change.reservation),
        fmt::format("{}:{}", change.kind, change.key), content, now);
    if (before && *before != content) {
        co_return refuse(refusals::reservation_reused,
                         "{} {} of reservation {} was something else before: take a new key",
                         change.kind, change.key, change.reservation);
    }
    co_return before.has_value();
}

/// What a repeated reserve is answered with.
Task<Result<Reservation>> repeated(sql::Transaction& transaction, const ReserveStock& wanted) {
    const auto stored = (co_await store::find(transaction, wanted.reservation)).value();
    if (has_ended(stored)) {
        co_return ended(wanted.reservation, stored);
    }
    auto reservation =
        reservation_of(wanted.reservation, stored, co_await store::lines(transaction, stored.id));
    if (!answers(reservation.lines, wanted.lines)) {
        co_return refuse(refusals::reservation_reused,
                         "reservation {}: holds other lines than these; take a new key",
                         wanted.reservation);
    }
    co_return reservation;
}

}  // namespace

Task<Result<PutOutcome>> LocalInventory::put_stock(Context context, PutStock wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            co_return co_await ledger::count(
                {transaction, context, host_.outbox, host_.clock.now()}, wanted.counts);
        });
}

Task<Result<StockLevel>> LocalInventory::set_stock(Context context, SetStock wanted) {
    const std::vector<StockCount> counts{
        {wanted.sku, wanted.location, wanted.on_hand, wanted.safety}};
    if (auto fault = fault_of(counts.front())) {
        auto refused = refusal(refusals::invalid, "{}", fault->message);
        refused.errors.push_back(*std::move(fault));
        co_return std::unexpected(std::move(refused));
    }
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<StockLevel>> {
            co_await ledger::count({transaction, context, host_.outbox, host_.clock.now()}, counts);
            auto levels = co_await store::levels(transaction, wanted.sku);
            co_return *std::ranges::find(levels, wanted.location, &StockLevel::location);
        });
}

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
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Reservation>> {
            const auto now = host_.clock.now();
            const store::StoredReservation stored{
                .id = host_.ids.next(),
                .expires_at = now + std::chrono::seconds(wanted.expires_in_s)};
            if (!co_await store::add(transaction, wanted.reservation, stored)) {
                co_return co_await repeated(transaction, wanted);
            }
            auto lines = TRY(co_await ledger::hold({transaction, context, host_.outbox, now},
                                                   wanted, stored.id));
            co_return reservation_of(wanted.reservation, stored, std::move(lines));
        });
}

Task<Result<Reservation>> LocalInventory::extend(Context context, ExtendReservation wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Reservation>> {
            auto stored = TRY(co_await going_on(transaction, wanted.reservation));
            const auto end = host_.clock.now() + std::chrono::seconds(wanted.expires_in_s);
            if (stored.status == ReservationStatus::held && stored.expires_at < end) {
                stored.expires_at = end;
                co_await store::update(transaction, stored);
            }
            co_return reservation_of(wanted.reservation, stored,
                                     co_await store::lines(transaction, stored.id));
        });
}

Task<Result<Reservation>> LocalInventory::allocate(Context context, AllocateStock wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Reservation>> {
            auto stored = TRY(co_await going_on(transaction, wanted.reservation));
            const auto lines = co_await store::lines(transaction, stored.id);
            if (stored.status == ReservationStatus::held) {
                stored.status = ReservationStatus::allocated;
                stored.bound_to = wanted.order;
                co_await store::update(transaction, stored);
                co_await ledger::shift({transaction, context, host_.outbox, host_.clock.now()},
                                       lines, all_open(lines), ledger::reserved_to_allocated,
                                       wanted.order);
            } else if (stored.bound_to != wanted.order) {
                co_return refuse(refusals::reservation_reused,
                                 "reservation {}: belongs to order {} already", wanted.reservation,
                                 stored.bound_to.value_or(""));
            }
            co_return reservation_of(wanted.reservation, stored, lines);
        });
}

Task<Result<Reservation>> LocalInventory::release(Context context, ReleaseStock wanted) {
    if (wanted.lines && !wanted.reference) {
        co_return std::unexpected(refused_for(
            refusals::invalid,
            {{"/reference", "must be there where lines are named: it keeps them from being "
                            "released twice"}}));
    }
    if (wanted.lines) {
        co_return co_await change_part(context, {wanted.reservation, "release", *wanted.reference},
                                       *std::move(wanted.lines));
    }
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Reservation>> {
            const auto now = host_.clock.now();
            auto stored = co_await store::find(transaction, wanted.reservation);
            if (!stored) {
                const store::StoredReservation never_held{.id = host_.ids.next(),
                                                          .status = ReservationStatus::released,
                                                          .expires_at = now};
                if (co_await store::add(transaction, wanted.reservation, never_held)) {
                    co_return reservation_of(wanted.reservation, never_held,
                                             std::vector<ReservedLine>{});
                }
                stored = co_await store::find(transaction, wanted.reservation);
            }
            const auto lines = co_await store::lines(transaction, stored->id);
            if (!has_ended(*stored)) {
                const auto how = given_back(*stored);
                stored->status = ended_status(lines);
                co_await store::update(transaction, *stored);
                co_await ledger::shift({transaction, context, host_.outbox, now}, lines,
                                       all_open(lines), how, wanted.reservation);
            }
            co_return reservation_of(wanted.reservation, *stored, lines);
        });
}

Task<Result<Reservation>> LocalInventory::ship(Context context, ShipStock wanted) {
    return change_part(std::move(context), {wanted.reservation, "ship", wanted.shipment},
                       std::move(wanted.lines));
}

/// Releases or ships some of a reservation, once under the change's key.
template <class Line>
Task<Result<Reservation>> LocalInventory::change_part(Context context, PartChange change,
                                                      std::vector<Line> wanted) {
    constexpr bool ships = std::same_as<Line, ShippedLine>;
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<Reservation>> {
            const auto now = host_.clock.now();
            auto stored = co_await store::find(transaction, change.reservation);
            if (!stored) {
                co_return refuse(refusals::not_found, "no reservation {}", change.reservation);
            }
            auto lines = co_await store::lines(transaction, stored->id);
            if (TRY(co_await applied_before(transaction, change, to_json(wanted), now))) {
                co_return reservation_of(change.reservation, *stored, lines);
            }
            if (ships && stored->status == ReservationStatus::held) {
                co_return refuse(refusals::not_allocated,
                                 "reservation {}: allocate it to its order first",
                                 change.reservation);
            }
            if (has_ended(*stored)) {
                co_return ended(change.reservation, *stored);
            }
            const auto parts = TRY(parts_of(lines, wanted));
            co_await ledger::shift({transaction, context, host_.outbox, now}, lines, parts,
                                   ships ? ledger::allocated_to_gone : given_back(*stored),
                                   change.key);
            for (const auto& part : parts) {
                (ships ? lines[part.line].shipped : lines[part.line].released) += part.quantity;
            }
            co_await store::update_lines(transaction, stored->id, lines);
            if (all_open(lines).empty()) {
                stored->status = ended_status(lines);
                co_await store::update(transaction, *stored);
            }
            co_return reservation_of(change.reservation, *stored, lines);
        });
}

Task<Result<PutOutcome>> LocalInventory::restock(Context context, RestockGoods wanted) {
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            co_return co_await ledger::restock(
                {transaction, context, host_.outbox, host_.clock.now()}, wanted);
        });
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
        std::vector<Task<bool>> tasks;
        for (const auto& key : keys.value_or(std::vector<std::string>{})) {
            tasks.push_back(expire(key, now));
        }
        more = tasks.size() == expired_at_once;
        for (const bool done : co_await when_all(std::move(tasks))) {
            ended_now += done ? 1 : 0;
            more = more && done;  // what cannot be ended now is tried next time
        }
    }
    co_return ended_now;
}

Task<bool> LocalInventory::expire(std::string key, Timestamp now) {
    const Context context{.principal = {Principal::Kind::service, 0}};
    const auto expired = co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<bool>> {
            auto stored = co_await store::find(transaction, key);
            if (!stored || stored->status != ReservationStatus::held || stored->expires_at > now) {
                co_return false;
            }
            stored->status = ReservationStatus::expired;
            co_await store::update(transaction, *stored);
            const auto lines = co_await store::lines(transaction, stored->id);
            co_await ledger::shift({transaction, context, host_.outbox, now}, lines,
                                   all_open(lines), ledger::expired_to_available, key);
            host_.outbox.publish(transaction, context, ReservationExpired{key}, key, 1);
            co_return true;
        });
    co_return expired.value_or(false);
}

}  // namespace kontor::inventory
