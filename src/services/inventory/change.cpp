#include "services/inventory/change.hpp"

namespace kontor::inventory {

namespace {

class Asking {
public:
    Asking(Needs& needs, const MarketCode& market) : needs_(needs), market_(market) {}

    void operator()(const ReserveStock& wanted) {
        needs_.reservations.insert(wanted.reservation);
        for (const auto& line : wanted.lines) {
            needs_.skus.insert(line.sku);
            if (line.location) {
                needs_.places.emplace(line.sku, *line.location);
            } else {
                needs_.online.emplace(line.sku, market_.view());
                needs_.markets.insert(market_.view());
            }
        }
    }
    void operator()(const ReleaseStock& wanted) {
        needs_.reservations.insert(wanted.reservation);
        if (wanted.reference) {
            needs_.applied.insert(release_key(wanted));
        }
    }
    void operator()(const ShipStock& wanted) {
        needs_.reservations.insert(wanted.reservation);
        needs_.applied.insert(shipment_key(wanted));
    }
    void operator()(const CountStock& wanted) {
        for (const auto& count : wanted.counts) {
            needs_.skus.insert(count.sku);
            needs_.places.emplace(count.sku, count.location);
        }
    }
    void operator()(const MoveGoods& wanted) {
        for (const auto& delta : wanted.deltas) {
            needs_.skus.insert(delta.sku);
            needs_.places.emplace(delta.sku, delta.location);
            needs_.applied.insert({wanted.scope, delta.key});
        }
    }
    template <class OfReservation>
    void operator()(const OfReservation& wanted) {
        needs_.reservations.insert(wanted.reservation);
    }

private:
    Needs& needs_;
    const MarketCode& market_;
};

// What a person changes by hand, or one return brings back.
constexpr std::size_t few_lines = 10;

struct Weighing {
    std::size_t operator()(const ReserveStock& wanted) const { return wanted.lines.size(); }
    std::size_t operator()(const CountStock& wanted) const { return wanted.counts.size(); }
    std::size_t operator()(const MoveGoods& wanted) const { return wanted.deltas.size(); }
    template <class OfReservation>
    std::size_t operator()(const OfReservation&) const {
        return 1;
    }
};

}  // namespace

bool is_bulk(const Change& change) {
    const bool is_fed =
        std::holds_alternative<CountStock>(change) || std::holds_alternative<MoveGoods>(change);
    return is_fed && weight_of(change) > few_lines;
}

std::size_t weight_of(const Change& change) {
    return std::visit(Weighing{}, change);
}

Needs needs_of(std::span<const Request> requests) {
    Needs needs;
    for (const auto& request : requests) {
        std::visit(Asking(needs, request.market), request.change);
    }
    return needs;
}

void add_parts(Needs& needs, const Books& books) {
    const auto add_to = [&](std::set<Needs::Pair>& wanted) {
        for (const auto& [kit, parts] : books.kits) {
            for (auto at = wanted.lower_bound({kit, ""}); at != wanted.end() && at->first == kit;
                 ++at) {
                for (const auto& part : parts) {
                    needs.skus.insert(part.sku);
                    wanted.emplace(part.sku, at->second);
                }
            }
        }
    };
    add_to(needs.online);
    add_to(needs.places);
}

ChangeKey release_key(const ReleaseStock& wanted) {
    return {"reservation:" + wanted.reservation, "release:" + wanted.reference.value_or("")};
}

ChangeKey shipment_key(const ShipStock& wanted) {
    return {"reservation:" + wanted.reservation, "ship:" + wanted.shipment};
}

}  // namespace kontor::inventory
