#include "services/inventory/decide.hpp"

namespace kontor::inventory {

namespace {

/// Takes one count; whether it changed anything that is told.
bool take(Books& books, const StockCount& count) {
    const bool is_new = !books.find(count.sku, count.location);
    const auto at = books.find_or_make(count.sku, count.location);
    auto& cell = books.cells[at];
    if (count.sequence && *count.sequence <= cell.counted_sequence) {
        return false;
    }
    if (count.sequence) {
        cell.counted_sequence = *count.sequence;
        books.changed.insert(at);
    }
    const auto found = count.on_hand - cell.on_hand;
    const bool keeps_other_safety = count.safety && *count.safety != cell.safety;
    if (keeps_other_safety) {
        cell.safety = *count.safety;
        books.changed.insert(at);
        books.moved.insert(at);
    }
    if (found != Quantity{}) {
        books.move(at, Cause::count, "", {.on_hand = found});
        books.look_for_shortage(at);
    }
    return is_new || keeps_other_safety || found != Quantity{};
}

enum class Taken { now, before };

Result<Taken> take(Books& books, const MoveGoods& wanted, const Delta& delta) {
    const ChangeKey key{wanted.scope, delta.key};
    auto content = fmt::format("{} of {} in {}", to_text(delta.change), delta.sku, delta.location);
    if (const auto before = books.find_applied(key)) {
        if (*before != content) {
            return refuse(refusals::reservation_reused,
                          "the key {} was used before for {}: take a new key", delta.key, *before);
        }
        return Taken::before;
    }
    const auto known = books.find(delta.sku, delta.location);
    const auto lying = known ? books.cells[*known].on_hand : Quantity{};
    if (lying + delta.change < Quantity{}) {
        return refuse(refusals::invalid, "{}: only {} of {} lie in {}; count it",
                      to_text(delta.change), to_text(lying), delta.sku, delta.location);
    }
    const auto cell = books.find_or_make(delta.sku, delta.location);
    books.move(cell, wanted.cause, wanted.reference, {.on_hand = delta.change});
    if (delta.change < Quantity{}) {
        books.look_for_shortage(cell);
    }
    books.apply(key, std::move(content));
    return Taken::now;
}

}  // namespace

PutOutcome decide_count(Books& books, const CountStock& wanted) {
    PutOutcome outcome;
    for (const auto& count : wanted.counts) {
        ++(take(books, count) ? outcome.accepted : outcome.unchanged);
    }
    return outcome;
}

PutOutcome decide_moves(Books& books, const MoveGoods& wanted) {
    PutOutcome outcome;
    for (const auto& delta : wanted.deltas) {
        const auto taken = take(books, wanted, delta);
        if (taken) {
            ++(*taken == Taken::now ? outcome.accepted : outcome.unchanged);
        } else {
            outcome.rejected.push_back(
                {static_cast<std::int64_t>(delta.index), "", taken.error().message});
        }
    }
    return outcome;
}

}  // namespace kontor::inventory
