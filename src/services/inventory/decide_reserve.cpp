#include <algorithm>

#include "services/inventory/decide.hpp"
#include "services/inventory/rules.hpp"

namespace kontor::inventory {

namespace {

/// What one unit of a SKU takes: itself, or the parts of a kit.
std::vector<KitPart> taken_by(const Books& books, const std::string& sku) {
    const auto kit = books.kits.find(sku);
    return kit == books.kits.end() ? std::vector<KitPart>{{sku, Quantity::of(1)}} : kit->second;
}

/// A place that could serve a line, with the cells of what it takes.
struct Place {
    std::vector<CellIndex> cells;
    Quantity capacity;  ///< In units of what is sold.
};

/// How many units of what is sold `part` in `cell` is enough for.
Quantity capacity_of(const Books& books, CellIndex cell, const KitPart& part) {
    const auto free = books.cells[cell].available() + books.beyond(part.sku);
    return {(free * Quantity::scale).thousandths / part.quantity.thousandths};
}

std::optional<Place> place_in(const Books& books, const std::vector<KitPart>& parts,
                              std::string_view location) {
    Place place;
    for (const auto& part : parts) {
        const auto cell = books.find(part.sku, location);
        if (!cell) {
            return std::nullopt;
        }
        const auto capacity = capacity_of(books, *cell, part);
        place.capacity = place.cells.empty() ? capacity : std::min(place.capacity, capacity);
        place.cells.push_back(*cell);
    }
    return place;
}

bool may_serve(const Books& books, const WantedLine& line, MarketCode market,
               const std::string& location) {
    if (line.location) {
        return *line.location == location;
    }
    const auto online = books.online.find(std::string(market.view()));
    return online != books.online.end() && online->second.contains(location);
}

/// Of the places that may serve a line the one with most, the first among equals.
std::optional<Place> best_place(const Books& books, const WantedLine& line,
                                const std::vector<KitPart>& parts, MarketCode market) {
    std::optional<Place> best;
    const auto known = books.cells_of.find(parts.front().sku);
    if (known == books.cells_of.end()) {
        return best;
    }
    for (const auto cell : known->second) {
        const auto& location = books.cells[cell].location;
        if (!may_serve(books, line, market, location)) {
            continue;
        }
        auto place = place_in(books, parts, location);
        if (place && (!best || place->capacity > best->capacity)) {
            best = std::move(place);
        }
    }
    return best;
}

/// The lines that a reservation will hold; gives all back unless it is kept.
class Claims {
public:
    explicit Claims(Books& books) : books_(books) {}
    Claims(const Claims&) = delete;
    Claims& operator=(const Claims&) = delete;
    ~Claims() {
        for (const auto& line : lines_) {
            books_.cells[line.cell].reserved -= line.quantity;
        }
    }

    void take(const WantedLine& wanted, const std::vector<KitPart>& parts, const Place& place) {
        const bool is_kit = books_.kits.contains(wanted.sku);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            auto& cell = books_.cells[place.cells[i]];
            HeldLine line{.ordinal = static_cast<std::int64_t>(lines_.size()),
                          .cell = place.cells[i],
                          .sku = cell.sku,
                          .location = cell.location,
                          .quantity = {},
                          .kit = is_kit ? std::optional(wanted.sku) : std::nullopt,
                          .per_unit = parts[i].quantity};
            line.quantity = line.of_units_sold(wanted.quantity);
            cell.reserved += line.quantity;
            lines_.push_back(std::move(line));
        }
    }

    std::vector<HeldLine> keep() && { return std::exchange(lines_, {}); }

private:
    Books& books_;
    std::vector<HeldLine> lines_;
};

std::optional<Refusal> unknown_skus(const Books& books, const ReserveStock& wanted) {
    std::vector<FieldError> faults;
    for (std::size_t i = 0; i < wanted.lines.size(); ++i) {
        for (const auto& part : taken_by(books, wanted.lines[i].sku)) {
            if (!books.skus.contains(part.sku)) {
                faults.push_back({fmt::format("/lines/{}/sku", i),
                                  fmt::format("{}: stock of it was never counted: check the SKU, "
                                              "or count it first",
                                              part.sku)});
            }
        }
    }
    return faults.empty() ? std::nullopt
                          : std::optional(refused_for(refusals::unknown_sku, std::move(faults)));
}

std::optional<Refusal> broken_kits(const Books& books, const ReserveStock& wanted) {
    std::vector<FieldError> faults;
    for (std::size_t i = 0; i < wanted.lines.size(); ++i) {
        if (books.kits.contains(wanted.lines[i].sku) && !wanted.lines[i].quantity.is_whole()) {
            faults.push_back({fmt::format("/lines/{}/quantity", i),
                              fmt::format("{} of the kit {}: must be whole",
                                          to_text(wanted.lines[i].quantity), wanted.lines[i].sku)});
        }
    }
    return faults.empty() ? std::nullopt
                          : std::optional(refused_for(refusals::invalid, std::move(faults)));
}

FieldError shortage(std::size_t index, const WantedLine& line, const std::optional<Place>& best,
                    bool is_kit) {
    auto left = best ? std::max(best->capacity, Quantity{}) : Quantity{};
    if (is_kit) {
        left -= Quantity{left.thousandths % Quantity::scale};
    }
    return {fmt::format("/lines/{}/quantity", index),
            fmt::format("{}: {} wanted, {} left", line.sku, to_text(line.quantity), to_text(left))};
}

Result<std::vector<HeldLine>> claim(Books& books, const ReserveStock& wanted, MarketCode market) {
    Claims claims(books);
    std::vector<FieldError> too_short;
    for (std::size_t i = 0; i < wanted.lines.size(); ++i) {
        const auto& line = wanted.lines[i];
        const auto parts = taken_by(books, line.sku);
        const auto best = best_place(books, line, parts, market);
        if (best && best->capacity >= line.quantity) {
            claims.take(line, parts, *best);
        } else {
            too_short.push_back(shortage(i, line, best, books.kits.contains(line.sku)));
        }
    }
    if (!too_short.empty()) {
        return std::unexpected(refused_for(refusals::out_of_stock, std::move(too_short)));
    }
    return std::move(claims).keep();
}

/// What a reserve under a known key is answered with.
Result<Reservation> repeated(const Held& held, const ReserveStock& wanted) {
    if (held.has_ended()) {
        return std::unexpected(ended(wanted.reservation, held));
    }
    auto reservation = reservation_of(wanted.reservation, held);
    if (!answers(reservation.lines, wanted.lines)) {
        return refuse(refusals::reservation_reused,
                      "reservation {}: holds other lines than these; take a new key",
                      wanted.reservation);
    }
    return reservation;
}

}  // namespace

Result<Reservation> decide_reserve(Books& books, const ReserveStock& wanted,
                                   const Request& request) {
    if (const auto known = books.reservations.find(wanted.reservation);
        known != books.reservations.end()) {
        return repeated(known->second, wanted);
    }
    for (const auto& check : {unknown_skus, broken_kits}) {
        if (auto refused = check(books, wanted)) {
            return std::unexpected(*std::move(refused));
        }
    }
    Held held{.id = request.id,
              .expires_at = books.now + std::chrono::seconds(wanted.expires_in_s),
              .lines = TRY_NOW(claim(books, wanted, request.market)),
              .is_new = true};
    for (const auto& line : held.lines) {
        books.cells[line.cell].reserved -= line.quantity;  // claimed until here; now written down
        books.move(line.cell, Cause::reserve, wanted.reservation, {.reserved = line.quantity});
    }
    const auto& kept = books.reservations.emplace(wanted.reservation, std::move(held)).first;
    return reservation_of(wanted.reservation, kept->second);
}

}  // namespace kontor::inventory
