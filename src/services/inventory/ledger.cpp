#include "services/inventory/ledger.hpp"

#include <algorithm>
#include <set>

#include "services/inventory/events.hpp"

namespace kontor::inventory::ledger {

namespace {

StockCell as_published(const store::Cell& cell) {
    return {.location = cell.location,
            .on_hand = cell.on_hand,
            .reserved = cell.reserved,
            .allocated = cell.allocated,
            .safety = cell.safety,
            .available = cell.on_hand - cell.reserved - cell.allocated - cell.safety};
}

/// What a transaction changes, by SKU, in the order in which their rows are locked.
class SkuChanges {
public:
    /// The SKUs of `entries`.
    template <class Entries>
    explicit SkuChanges(const Entries& entries) {
        for (const auto& entry : entries) {
            changes_.try_emplace(entry.sku);
        }
    }

    std::vector<std::string> skus() const {
        std::vector<std::string> skus;
        skus.reserve(changes_.size());
        for (const auto& [sku, change] : changes_) {
            skus.push_back(sku);
        }
        return skus;
    }

    /// `versions`: of each SKU, in the order of skus().
    template <class Versions>
    void number(const Versions& versions) {
        auto version = versions.begin();
        for (auto& [sku, change] : changes_) {
            change.version = std::optional<std::int64_t>(*version++).value();
        }
    }

    /// Answers the new version of its SKU.
    std::int64_t add(const store::Cell& cell) {
        auto& change = changes_[cell.sku];
        change.cells.push_back(as_published(cell));
        return change.version;
    }

    std::vector<events::Fact> facts() && {
        std::vector<events::Fact> facts;
        facts.reserve(changes_.size());
        for (auto& [sku, change] : changes_) {
            if (!change.cells.empty()) {
                facts.push_back(
                    events::fact(StockChanged{sku, std::move(change.cells)}, sku, change.version));
            }
        }
        return facts;
    }

private:
    struct Change {
        std::int64_t version = 0;
        std::vector<StockCell> cells;
    };
    std::map<std::string, Change> changes_;
};

void publish(const Books& books, SkuChanges changes) {
    for (const auto& fact : std::move(changes).facts()) {
        books.outbox.publish(books.transaction, books.context, fact);
    }
}

std::string count_key(const StockCount& count) {
    return fmt::format("{} in {}", count.sku, count.location);
}

/// Raises `stock-short` where less lies there than is promised.
void tell_short(const Books& books, const store::Cell& cell, std::int64_t version) {
    const auto promised = cell.reserved + cell.allocated;
    if (cell.on_hand < promised) {
        books.outbox.publish(books.transaction, books.context,
                             StockShort{cell.sku, cell.location, cell.on_hand, promised}, cell.sku,
                             version);
    }
}

Refusal unknown(const ReserveStock& wanted, const std::set<std::string>& skus) {
    auto refused = refusal(refusals::unknown_sku,
                           "stock of {} was never counted: check the SKU, or count it first",
                           fmt::join(skus, ", "));
    for (std::size_t i = 0; i < wanted.lines.size(); ++i) {
        if (skus.contains(wanted.lines[i].sku)) {
            refused.errors.push_back({fmt::format("/lines/{}/sku", i),
                                      fmt::format("{}: is not known", wanted.lines[i].sku)});
        }
    }
    return refused;
}

/// Names each line that no place has enough for.
class ShortLines {
public:
    void add(std::size_t line, const WantedLine& wanted, Quantity left) {
        errors_.push_back({fmt::format("/lines/{}/quantity", line),
                           fmt::format("{}: {} wanted, {} left", wanted.sku,
                                       to_text(wanted.quantity), to_text(left))});
    }
    bool any() const { return !errors_.empty(); }
    Refusal refused() && { return refused_for(refusals::out_of_stock, std::move(errors_)); }

private:
    std::vector<FieldError> errors_;
};

/// The cell that each line is served from.
Task<Result<std::vector<store::Movement>>> choose_cells(Books books, const ReserveStock& wanted) {
    const auto candidates =
        co_await store::candidates(books.transaction, books.context.market, wanted.lines);
    std::vector<store::Movement> chosen;
    chosen.reserve(wanted.lines.size());
    ShortLines too_short;
    for (std::size_t i = 0; i < wanted.lines.size(); ++i) {
        const auto& line = wanted.lines[i];
        if (const auto cell = choose(candidates[i], line.quantity)) {
            chosen.push_back({.cell = *cell, .reserved = line.quantity});
        } else {
            too_short.add(i, line, most_available(candidates[i]));
        }
    }
    if (too_short.any()) {
        co_return std::unexpected(std::move(too_short).refused());
    }
    co_return chosen;
}

/// Nobody can take out of a place more than lies there.
Task<void> limit_to_on_hand(sql::Transaction& transaction,
                            std::vector<store::Movement>& movements) {
    std::vector<std::int64_t> cells;
    for (const auto& movement : movements) {
        cells.push_back(movement.cell);
    }
    const auto lying = co_await store::on_hand(transaction, cells);
    for (std::size_t i = 0; i < movements.size(); ++i) {
        movements[i].on_hand = std::max(movements[i].on_hand, -lying[i].value());
    }
}

/// The lines that were not put on the shelf before.
Task<std::vector<RestockedLine>> not_yet_applied(Books books, const RestockGoods& wanted,
                                                 Intake& intake) {
    std::vector<RestockedLine> lines;
    for (const auto index : intake.good) {
        const auto& line = wanted.lines[index];
        const auto content = to_json(line);
        const auto before =
            co_await store::apply_once(books.transaction, "restock",
                                       fmt::format("{}/{}", wanted.key, index), content, books.now);
        if (!before) {
            lines.push_back(line);
        } else if (*before == content) {
            ++intake.outcome.unchanged;
        } else {
            intake.reject(index, {"", fmt::format("the key {} was used before for other goods: "
                                                  "take a new key",
                                                  wanted.key)});
        }
    }
    co_return lines;
}

}  // namespace

Task<PutOutcome> count(Books books, const std::vector<StockCount>& counts) {
    auto intake = take_in(counts, count_key, [](const StockCount& one) { return fault_of(one); });
    std::vector<StockCount> good;
    good.reserve(intake.good.size());
    for (const auto index : intake.good) {
        good.push_back(counts[index]);
    }
    SkuChanges changes(good);
    const auto skus = changes.skus();
    changes.number(co_await store::count_changes(books.transaction, skus));
    std::vector<store::Movement> movements;
    movements.reserve(good.size());
    for (const auto& cell : co_await store::put(books.transaction, good)) {
        if (cell) {
            movements.push_back({.cell = cell->id, .on_hand = cell->counted_change});
            const auto version = changes.add(*cell);
            if (cell->counted_change != Quantity{}) {
                tell_short(books, *cell, version);
            }
        }
    }
    intake.outcome.accepted = static_cast<std::int64_t>(movements.size());
    intake.outcome.unchanged = static_cast<std::int64_t>(good.size() - movements.size());
    co_await store::record_all(books.transaction, movements, store::Cause::count, books.now);
    const auto facts = std::move(changes).facts();
    co_await books.outbox.publish_all(books.transaction, books.context, facts);
    co_return std::move(intake.outcome);
}

Task<Result<std::vector<ReservedLine>>> hold(Books books, const ReserveStock& wanted,
                                             std::uint64_t reservation) {
    SkuChanges changes(wanted.lines);
    const auto skus = changes.skus();
    const auto versions = co_await store::count_known_changes(books.transaction, skus);
    std::set<std::string> never_counted;
    for (std::size_t i = 0; i < skus.size(); ++i) {
        if (!versions[i]) {
            never_counted.insert(skus[i]);
        }
    }
    if (!never_counted.empty()) {
        co_return std::unexpected(unknown(wanted, never_counted));
    }
    changes.number(versions);
    const auto movements = TRY(co_await choose_cells(books, wanted));
    const auto cells = co_await store::take(books.transaction, movements);
    std::vector<ReservedLine> lines;
    ShortLines too_short;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i]) {
            changes.add(*cells[i]);
            lines.push_back({cells[i]->sku, wanted.lines[i].quantity, cells[i]->location});
        } else {
            too_short.add(i, wanted.lines[i], Quantity{});
        }
    }
    if (too_short.any()) {
        co_return std::unexpected(std::move(too_short).refused());
    }
    store::add_lines(books.transaction, reservation, movements);
    store::record(books.transaction, movements, store::Cause::reserve, wanted.reservation,
                  books.now);
    publish(books, std::move(changes));
    co_return lines;
}

Task<void> shift(Books books, const std::vector<HeldLine>& lines, std::span<const Part> parts,
                 Shift how, std::string_view reference) {
    std::vector<store::Movement> movements;
    std::vector<HeldLine> moved;
    for (const auto& part : parts) {
        moved.push_back(lines[part.line]);
        movements.push_back({.cell = moved.back().cell,
                             .on_hand = part.quantity * how.on_hand,
                             .reserved = part.quantity * how.reserved,
                             .allocated = part.quantity * how.allocated});
    }
    SkuChanges changes(moved);
    const auto skus = changes.skus();
    changes.number(co_await store::count_known_changes(books.transaction, skus));
    if (how.on_hand < 0) {
        co_await limit_to_on_hand(books.transaction, movements);
    }
    for (const auto& cell : co_await store::shift(books.transaction, movements)) {
        changes.add(cell.value());
    }
    store::record(books.transaction, movements, how.cause, reference, books.now);
    publish(books, std::move(changes));
}

Task<PutOutcome> restock(Books books, const RestockGoods& wanted) {
    auto intake = take_in(
        wanted.lines,
        [](const RestockedLine& line) { return fmt::format("{} in {}", line.sku, line.location); },
        [](const RestockedLine& line) { return fault_of(line); });
    SkuChanges changes(wanted.lines);
    const auto skus = changes.skus();
    changes.number(co_await store::count_changes(books.transaction, skus));
    const auto lines = co_await not_yet_applied(books, wanted, intake);
    std::vector<store::Movement> movements;
    for (const auto& cell : co_await store::shelve(books.transaction, lines)) {
        movements.push_back({.cell = cell.value().id, .on_hand = lines[movements.size()].quantity});
        changes.add(*cell);
    }
    intake.outcome.accepted = static_cast<std::int64_t>(lines.size());
    store::record(books.transaction, movements, store::Cause::restock, wanted.key, books.now);
    publish(books, std::move(changes));
    co_return std::move(intake.outcome);
}

}  // namespace kontor::inventory::ledger
