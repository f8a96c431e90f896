#include "services/inventory/books.hpp"

#include <algorithm>

namespace kontor::inventory {

CellIndex Books::load(Cell cell) {
    const auto [known, is_new] = cell_of_id.try_emplace(cell.id, cells.size());
    if (is_new) {
        auto& places = cells_of[cell.sku];
        const auto later = std::ranges::upper_bound(
            places, cell.id, {}, [this](CellIndex other) { return cells[other].id; });
        places.insert(later, cells.size());
        cells.push_back(std::move(cell));
    }
    return known->second;
}

std::optional<CellIndex> Books::find(const std::string& sku, std::string_view location) const {
    const auto places = cells_of.find(sku);
    if (places == cells_of.end()) {
        return std::nullopt;
    }
    const auto there = std::ranges::find(places->second, location,
                                         [this](CellIndex cell) { return cells[cell].location; });
    return there == places->second.end() ? std::nullopt : std::optional(*there);
}

CellIndex Books::find_or_make(const std::string& sku, const std::string& location) {
    if (const auto known = find(sku, location)) {
        return *known;
    }
    skus.try_emplace(sku);
    cells_of[sku].push_back(cells.size());
    cells.push_back({.sku = sku, .location = location});
    changed.insert(cells.size() - 1);
    moved.insert(cells.size() - 1);
    return cells.size() - 1;
}

void Books::move(CellIndex cell, Cause cause, std::string_view reference, Counters added) {
    cells[cell].on_hand += added.on_hand;
    cells[cell].reserved += added.reserved;
    cells[cell].allocated += added.allocated;
    movements.push_back({cell, cause, std::string(reference), added});
    changed.insert(cell);
    // What passes from reserved to allocated is promised as before: nobody else is concerned.
    if (added.on_hand != Quantity{} || added.reserved + added.allocated != Quantity{}) {
        moved.insert(cell);
    }
}

void Books::look_for_shortage(CellIndex cell) {
    const auto& one = cells[cell];
    if (one.on_hand + beyond(one.sku) < one.promised()) {
        too_few.insert(cell);
    }
}

std::optional<std::string_view> Books::find_applied(const ChangeKey& key) const {
    const auto known = applied.find(key);
    return known == applied.end() ? std::nullopt : std::optional<std::string_view>(known->second);
}

void Books::apply(ChangeKey key, std::string content) {
    newly_applied.push_back(key);
    applied.emplace(std::move(key), std::move(content));
}

Quantity Books::beyond(const std::string& sku) const {
    const auto known = skus.find(sku);
    return known == skus.end() ? Quantity{} : known->second.beyond;
}

bool Books::anything_decided() const {
    const auto differs = [](const auto& entry) {
        return entry.second.is_new || entry.second.changed || entry.second.lines_changed;
    };
    return !changed.empty() || !newly_applied.empty() || std::ranges::any_of(reservations, differs);
}

}  // namespace kontor::inventory
