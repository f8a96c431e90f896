#include "services/inventory/facts.hpp"

#include "services/inventory/events.hpp"

namespace kontor::inventory {

namespace {

StockCell as_published(const Cell& cell) {
    return {.location = cell.location,
            .on_hand = cell.on_hand,
            .reserved = cell.reserved,
            .allocated = cell.allocated,
            .safety = cell.safety,
            .available = cell.available()};
}

}  // namespace

void count_versions(Books& books) {
    std::set<std::string_view> moved;
    for (const auto cell : books.moved) {
        moved.insert(books.cells[cell].sku);
    }
    for (const auto sku : moved) {
        ++books.skus.at(std::string(sku)).version;
    }
}

std::vector<events::Fact> facts_of(const Books& books) {
    std::map<std::string_view, std::vector<StockCell>> moved;
    for (const auto cell : books.moved) {
        moved[books.cells[cell].sku].push_back(as_published(books.cells[cell]));
    }
    std::vector<events::Fact> facts;
    facts.reserve(moved.size() + books.too_few.size() + books.expired.size());
    for (auto& [sku, cells] : moved) {
        const std::string text(sku);
        facts.push_back(
            events::fact(StockChanged{text, std::move(cells)}, text, books.skus.at(text).version));
    }
    for (const auto index : books.too_few) {
        const auto& cell = books.cells[index];
        facts.push_back(
            events::fact(StockShort{cell.sku, cell.location, cell.on_hand, cell.promised()},
                         cell.sku, books.skus.at(cell.sku).version));
    }
    for (const auto& key : books.expired) {
        facts.push_back(events::fact(ReservationExpired{key}, key, 1));
    }
    return facts;
}

}  // namespace kontor::inventory
