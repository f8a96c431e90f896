#include "services/inventory/decide.hpp"

#include <algorithm>

#include "services/inventory/rules.hpp"

namespace kontor::inventory {

namespace {

/// What becomes of a quantity: -1 takes it from a counter, 1 adds it. What is taken from on_hand is
/// at most what lies there.
struct Shift {
    Cause cause;
    int reserved = 0;
    int allocated = 0;
    int on_hand = 0;
};
constexpr Shift reserved_to_allocated{Cause::allocate, -1, 1};
constexpr Shift reserved_to_available{Cause::release, -1, 0};
constexpr Shift allocated_to_available{Cause::release, 0, -1};
constexpr Shift allocated_to_gone{Cause::ship, 0, -1, -1};
constexpr Shift expired_to_available{Cause::expire, -1, 0};

Shift given_back(const Held& held) {
    return held.status == ReservationStatus::held ? reserved_to_available : allocated_to_available;
}

void shift(Books& books, const Held& held, std::span<const Part> parts, const Shift& how,
           std::string_view reference) {
    for (const auto& part : parts) {
        const auto cell = held.lines[part.line].cell;
        const auto lying = books.cells[cell].on_hand;
        books.move(cell, how.cause, reference,
                   {.on_hand = std::max(part.quantity * how.on_hand, -lying),
                    .reserved = part.quantity * how.reserved,
                    .allocated = part.quantity * how.allocated});
    }
}

/// What a reservation is once nothing of it is held any more.
ReservationStatus emptied_status(const Held& held) {
    const bool any_shipped = std::ranges::any_of(
        held.lines, [](const HeldLine& line) { return line.shipped > Quantity{}; });
    return any_shipped ? ReservationStatus::shipped : ReservationStatus::released;
}

void set_status(Held& held, ReservationStatus status) {
    held.status = status;
    held.changed = true;
}

Result<Held*> find(Books& books, const std::string& key) {
    const auto known = books.reservations.find(key);
    if (known == books.reservations.end()) {
        return refuse(refusals::not_found, "no reservation {}", key);
    }
    return &known->second;
}

/// The reservation under `key`, unless it has ended without its goods.
Result<Held*> going_on(Books& books, const std::string& key) {
    auto* held = TRY_NOW(find(books, key));
    if (held->has_ended()) {
        return std::unexpected(ended(key, *held));
    }
    return held;
}

/// Whether a change was applied already; refuses its key for another one.
Result<bool> applied_before(const Books& books, const ChangeKey& key, std::string_view content) {
    const auto before = books.find_applied(key);
    if (before && *before != content) {
        return refuse(refusals::reservation_reused,
                      "{} of {} was something else before: take a new key", key.key, key.scope);
    }
    return before.has_value();
}

void note_parts(Held& held, std::span<const Part> parts, Quantity HeldLine::* counter) {
    for (const auto& part : parts) {
        held.lines[part.line].*counter += part.quantity;
    }
    held.lines_changed = true;
    if (all_open(held.lines).empty()) {
        set_status(held, emptied_status(held));
    }
}

Result<Reservation> release_some(Books& books, const ReleaseStock& wanted) {
    auto* held = TRY_NOW(find(books, wanted.reservation));
    auto content = to_json(*wanted.lines);
    if (TRY_NOW(applied_before(books, release_key(wanted), content))) {
        return reservation_of(wanted.reservation, *held);
    }
    if (held->has_ended()) {
        return std::unexpected(ended(wanted.reservation, *held));
    }
    const auto parts = TRY_NOW(parts_of(held->lines, *wanted.lines));
    shift(books, *held, parts, given_back(*held), *wanted.reference);
    note_parts(*held, parts, &HeldLine::released);
    books.apply(release_key(wanted), std::move(content));
    return reservation_of(wanted.reservation, *held);
}

struct Deciding {
    Books& books;
    const Request& request;

    Result<Outcome> operator()(const ReserveStock& wanted) const {
        return decide_reserve(books, wanted, request);
    }
    Result<Outcome> operator()(const ExtendReservation& wanted) const {
        return decide_extend(books, wanted);
    }
    Result<Outcome> operator()(const AllocateStock& wanted) const {
        return decide_allocate(books, wanted);
    }
    Result<Outcome> operator()(const ReleaseStock& wanted) const {
        return decide_release(books, wanted, request.id);
    }
    Result<Outcome> operator()(const ShipStock& wanted) const { return decide_ship(books, wanted); }
    Result<Outcome> operator()(const ExpireReservation& wanted) const {
        return decide_expire(books, wanted);
    }
    Result<Outcome> operator()(const CountStock& wanted) const {
        return decide_count(books, wanted);
    }
    Result<Outcome> operator()(const MoveGoods& wanted) const {
        return decide_moves(books, wanted);
    }
};

}  // namespace

Result<Outcome> decide(Books& books, const Request& request) {
    return std::visit(Deciding{books, request}, request.change);
}

Result<Reservation> decide_extend(Books& books, const ExtendReservation& wanted) {
    auto* held = TRY_NOW(going_on(books, wanted.reservation));
    const auto end = books.now + std::chrono::seconds(wanted.expires_in_s);
    if (held->status == ReservationStatus::held && held->expires_at < end) {
        held->expires_at = end;
        held->changed = true;
    }
    return reservation_of(wanted.reservation, *held);
}

Result<Reservation> decide_allocate(Books& books, const AllocateStock& wanted) {
    auto* held = TRY_NOW(find(books, wanted.reservation));
    if (held->bound_to == wanted.order) {  // also where the order has given it back since
        return reservation_of(wanted.reservation, *held);
    }
    if (held->has_ended()) {
        return std::unexpected(ended(wanted.reservation, *held));
    }
    if (held->bound_to) {
        return refuse(refusals::reservation_reused, "reservation {}: belongs to order {} already",
                      wanted.reservation, *held->bound_to);
    }
    shift(books, *held, all_open(held->lines), reserved_to_allocated, wanted.order);
    set_status(*held, ReservationStatus::allocated);
    held->bound_to = wanted.order;
    return reservation_of(wanted.reservation, *held);
}

Result<Reservation> decide_release(Books& books, const ReleaseStock& wanted, std::uint64_t id) {
    if (wanted.lines) {
        return release_some(books, wanted);
    }
    const auto [known, never_held] = books.reservations.try_emplace(wanted.reservation);
    auto& held = known->second;
    if (never_held) {
        held = {.id = id,
                .status = ReservationStatus::released,
                .expires_at = books.now,
                .is_new = true};
    } else if (!held.has_ended() && held.status != ReservationStatus::shipped) {
        const auto parts = all_open(held.lines);
        shift(books, held, parts, given_back(held), wanted.reservation);
        note_parts(held, parts, &HeldLine::released);
    }
    return reservation_of(wanted.reservation, held);
}

Result<Reservation> decide_ship(Books& books, const ShipStock& wanted) {
    auto* held = TRY_NOW(find(books, wanted.reservation));
    auto content = to_json(wanted.lines);
    if (TRY_NOW(applied_before(books, shipment_key(wanted), content))) {
        return reservation_of(wanted.reservation, *held);
    }
    if (held->has_ended()) {
        return std::unexpected(ended(wanted.reservation, *held));
    }
    if (held->status == ReservationStatus::held) {
        return refuse(refusals::not_allocated, "reservation {}: allocate it to its order first",
                      wanted.reservation);
    }
    const auto parts = TRY_NOW(parts_of(held->lines, wanted.lines));
    shift(books, *held, parts, allocated_to_gone, wanted.shipment);
    note_parts(*held, parts, &HeldLine::shipped);
    books.apply(shipment_key(wanted), std::move(content));
    return reservation_of(wanted.reservation, *held);
}

Result<Reservation> decide_expire(Books& books, const ExpireReservation& wanted) {
    auto* held = TRY_NOW(going_on(books, wanted.reservation));
    if (held->status != ReservationStatus::held || held->expires_at > books.now) {
        return refuse(refusals::conflict, "reservation {}: goes on", wanted.reservation);
    }
    shift(books, *held, all_open(held->lines), expired_to_available, wanted.reservation);
    set_status(*held, ReservationStatus::expired);
    books.expired.push_back(wanted.reservation);
    return reservation_of(wanted.reservation, *held);
}

Reservation reservation_of(const std::string& key, const Held& held) {
    return {.reservation = key,
            .status = held.status,
            .lines = reserved_lines(held.lines),
            .expires_at = held.expires_at,
            .order = held.bound_to};
}

std::unexpected<Refusal> ended(std::string_view key, const Held& held) {
    return refuse(refusals::reservation_ended,
                  "reservation {}: is {}; reserve anew under a new key", key,
                  describe::enum_text(held.status));
}

}  // namespace kontor::inventory
