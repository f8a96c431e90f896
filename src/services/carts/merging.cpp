#include "services/carts/merging.hpp"

#include <algorithm>
#include <map>

namespace kontor::carts {

namespace {

StoredLine with_quantity(StoredLine stored, Quantity quantity) {
    stored.line.quantity = quantity;
    stored.line.total = line_total(stored.line.unit_price, quantity);
    return stored;
}

/// How much of `wanted` a line can get: the whole, or what leaves it a multiple of its step.
Quantity room_in(const StoredLine& stored, Quantity wanted) {
    const auto room = std::min(quantity_max - stored.line.quantity, wanted);
    const auto sum = stored.line.quantity + room;
    return room - Quantity{sum.thousandths % stored.step.thousandths};
}

void add_up(Merging& merging, const StoredLine& into, const StoredLine& from) {
    const auto taken = std::max(room_in(into, from.line.quantity), Quantity{});
    const auto rest = from.line.quantity - taken;
    if (taken > Quantity{}) {
        merging.into.push_back({into, with_quantity(into, into.line.quantity + taken)});
        merging.from.push_back(
            {from, rest == Quantity{} ? std::nullopt : std::optional(with_quantity(from, rest))});
    }
    if (rest > Quantity{}) {
        merging.left_behind.push_back({from.line.sku, rest, LeftReason::quantity_max});
    }
}

}  // namespace

Merging merge(std::span<const StoredLine> into, std::span<const StoredLine> from,
              std::int64_t lines_max) {
    Merging merging;
    std::map<std::string_view, const StoredLine*> by_sku;
    for (const auto& stored : into) {
        by_sku.emplace(stored.line.sku, &stored);
    }
    auto lines = std::ssize(into);
    for (const auto& stored : from) {
        const auto same = by_sku.find(stored.line.sku);
        if (same != by_sku.end()) {
            add_up(merging, *same->second, stored);
        } else if (lines < lines_max) {
            ++lines;
            merging.into.push_back({std::nullopt, stored});
            merging.from.push_back({stored, std::nullopt});
        } else {
            merging.left_behind.push_back(
                {stored.line.sku, stored.line.quantity, LeftReason::lines_max});
        }
    }
    return merging;
}

}  // namespace kontor::carts
