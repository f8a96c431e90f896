#pragma once

#include <algorithm>

#include "services/orders/api.hpp"
#include "services/orders/life.hpp"

/// What the rules of an order's life share.
namespace kontor::orders::life {

/// Adds to the timeline.
inline void tell(Order& order, Moment now, Happening what, std::optional<std::string> reference,
                 std::optional<Money> amount = std::nullopt) {
    order.timeline.push_back({now.at, what, now.by, std::move(reference), amount});
}

template <class Things, class Id>
auto find_in(Things& things, Id id, std::string_view what) -> Result<decltype(&*things.begin())> {
    const auto found = std::ranges::find(things, id, &Things::value_type::id);
    if (found == things.end()) {
        return refuse(refusals::not_found, "the order has no {} {}", what, to_text(id));
    }
    return &*found;
}

template <class Thing, class Status>
Result<void> move_on(Thing& thing, Status to) {
    if (!may_follow(thing.status, to)) {
        return refuse(refused::not_now, "{} is {} and cannot become {}", to_text(thing.id),
                      describe::enum_text(thing.status), describe::enum_text(to));
    }
    thing.status = to;
    return {};
}

/// A return whose goods are here and were neither paid back nor exchanged for others.
/// Refuses: `not_found`, `not_now`.
Result<const Return*> open_return(const Order& order, ReturnId id);

}  // namespace kontor::orders::life
