#include <algorithm>

#include "services/inventory/rules.hpp"
#include "services/inventory/service.hpp"
#include "services/inventory/store.hpp"

namespace kontor::inventory {

namespace {

// A feed comes in pieces of so many entries, of which a batch takes as many as shoppers leave time
// for.
constexpr std::size_t entries_of_piece = 50;
// Of one request; the next wait until these are written.
constexpr std::size_t pieces_at_once = 10;

/// Has `all` written in pieces, and adds up what became of them.
template <class Entry, class Write>
Task<Result<PutOutcome>> write_in_pieces(std::vector<Entry> all, PutOutcome outcome, Write write) {
    for (std::size_t first = 0; first < all.size();) {
        std::vector<Task<Result<PutOutcome>>> pieces;
        for (; first < all.size() && pieces.size() < pieces_at_once; first += entries_of_piece) {
            const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
            const auto size = std::min(entries_of_piece, all.size() - first);
            pieces.push_back(write(std::vector<Entry>(
                std::make_move_iterator(begin),
                std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(size)))));
        }
        for (auto& written : co_await when_all(std::move(pieces))) {
            auto some = TRY(std::move(written));
            outcome.accepted += some.accepted;
            outcome.unchanged += some.unchanged;
            std::ranges::move(some.rejected, std::back_inserter(outcome.rejected));
        }
    }
    std::ranges::sort(outcome.rejected, {}, &RejectedEntry::index);
    co_return outcome;
}

Task<Result<PutOutcome>> move_goods(StockWriter& writer, Context context, MoveGoods goods,
                                    PutOutcome outcome) {
    auto deltas = std::exchange(goods.deltas, {});
    co_return co_await write_in_pieces(
        std::move(deltas), std::move(outcome), [&](std::vector<Delta> some) {
            return writer.write<PutOutcome>(
                context, MoveGoods{goods.cause, goods.scope, goods.reference, std::move(some)});
        });
}

}  // namespace

Task<Result<PutOutcome>> LocalInventory::put_stock(Context context, PutStock wanted) {
    auto intake = take_in(
        wanted.counts,
        [](const StockCount& count) { return fmt::format("{} in {}", count.sku, count.location); },
        [](const StockCount& count) { return fault_of(count); });
    std::vector<StockCount> good;
    good.reserve(intake.good.size());
    for (const auto index : intake.good) {
        good.push_back(std::move(wanted.counts[index]));
    }
    co_return co_await write_in_pieces(
        std::move(good), std::move(intake.outcome), [&](std::vector<StockCount> some) {
            return writer_.write<PutOutcome>(context, CountStock{std::move(some)});
        });
}

Task<Result<StockLevel>> LocalInventory::set_stock(Context context, SetStock wanted) {
    StockCount count{wanted.sku, wanted.location, wanted.on_hand, wanted.safety};
    if (auto fault = fault_of(count)) {
        co_return std::unexpected(refused_for(refusals::invalid, {*std::move(fault)}));
    }
    TRY(co_await writer_.write<PutOutcome>(context, CountStock{{std::move(count)}}));
    const auto levels = TRY(co_await stock(std::move(context), {wanted.sku}));
    co_return *std::ranges::find(levels.items, wanted.location, &StockLevel::location);
}

Task<Result<PutOutcome>> LocalInventory::adjust_stock(Context context, AdjustStock wanted) {
    auto intake = take_in(
        wanted.adjustments, [](const StockAdjustment& one) { return one.id; },
        [](const StockAdjustment& one) { return fault_of(one); });
    MoveGoods goods{.cause = Cause::adjust, .scope = "adjust", .reference = {}, .deltas = {}};
    for (const auto index : intake.good) {
        auto& one = wanted.adjustments[index];
        goods.deltas.push_back(
            {index, std::move(one.id), std::move(one.sku), std::move(one.location), one.change});
    }
    co_return co_await move_goods(writer_, std::move(context), std::move(goods),
                                  std::move(intake.outcome));
}

Task<Result<PutOutcome>> LocalInventory::restock(Context context, RestockGoods wanted) {
    auto intake = take_in(
        wanted.lines,
        [](const RestockedLine& line) { return fmt::format("{} in {}", line.sku, line.location); },
        [](const RestockedLine& line) { return fault_of(line); });
    MoveGoods goods{.cause = Cause::restock,
                    .scope = "restock:" + wanted.key,
                    .reference = wanted.key,
                    .deltas = {}};
    for (const auto index : intake.good) {
        auto& line = wanted.lines[index];
        goods.deltas.push_back({index, std::to_string(index), std::move(line.sku),
                                std::move(line.location), line.quantity});
    }
    co_return co_await move_goods(writer_, std::move(context), std::move(goods),
                                  std::move(intake.outcome));
}

Task<Result<PutOutcome>> LocalInventory::put_policies(Context context, PutPolicies wanted) {
    auto intake = take_in(
        wanted.policies, [](const StockPolicy& policy) { return policy.sku; },
        [](const StockPolicy& policy) { return fault_of(policy); });
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            auto outcome = intake.outcome;
            for (const auto index : intake.good) {
                store::put_policy(transaction, wanted.policies[index]);
            }
            outcome.accepted = static_cast<std::int64_t>(intake.good.size());
            co_return outcome;
        });
}

Task<Result<PutOutcome>> LocalInventory::put_kits(Context context, PutKits wanted) {
    auto intake = take_in(
        wanted.kits, [](const Kit& kit) { return kit.sku; },
        [](const Kit& kit) { return fault_of(kit); });
    co_return co_await host_.database.write(
        context, [&](sql::Transaction& transaction) -> Task<Result<PutOutcome>> {
            Intake taken = intake;
            for (const auto index : intake.good) {
                const auto& kit = wanted.kits[index];
                if (co_await store::is_nested(transaction, kit)) {
                    taken.reject(index, {"/parts", fmt::format("{}: a kit cannot be a part of a "
                                                               "kit: name what it is made of",
                                                               kit.sku)});
                    continue;
                }
                store::put_kit(transaction, kit);
                ++taken.outcome.accepted;
            }
            co_return std::move(taken.outcome);
        });
}

}  // namespace kontor::inventory
