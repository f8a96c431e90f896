#pragma once

#include <algorithm>
#include <limits>
#include <map>

#include "services/inventory/api.hpp"

namespace kontor::inventory {

/// Stock and reservations as simply as they can be told: one change after another, in memory. What
/// the service does must be the same. Two places serve all; kits and policies are given.
class NaiveShop {
public:
    struct Shelf {
        std::int64_t on_hand = 0;
        std::int64_t reserved = 0;
        std::int64_t allocated = 0;
    };
    struct Claim {
        std::string status = "held";
        std::string order{};
        std::int64_t expires_at_s = 0;
        /// By what was wanted: where it lies and what is still held.
        std::map<std::string, std::pair<std::string, std::int64_t>> open{};
        std::map<std::string, std::int64_t> wanted{};
        std::map<std::string, std::string> changes{};
        bool any_shipped = false;
    };

    std::map<std::string, std::int64_t> beyond{};
    std::map<std::string, std::map<std::string, std::int64_t>> kits{};
    std::map<std::string, std::map<std::string, Shelf>> shelves{};  ///< By place, then SKU.
    std::map<std::string, Claim> claims{};
    std::int64_t now_s = 0;

    std::string reserve(const std::string& key, const std::map<std::string, std::int64_t>& wanted) {
        if (const auto known = claims.find(key); known != claims.end()) {
            if (gone(known->second)) {
                return "reservation_ended";
            }
            return known->second.wanted == wanted ? "ok" : "reservation_reused";
        }
        const auto before = shelves;
        Claim claim{.expires_at_s = now_s + 900, .wanted = wanted};
        for (const auto& [sku, quantity] : wanted) {
            const auto place = best_place(sku);
            if (capacity(sku, place) < quantity * 1000) {
                shelves = before;
                return "out_of_stock";
            }
            add(sku, place, quantity, &Shelf::reserved);
            claim.open[sku] = {place, quantity};
        }
        claims[key] = claim;
        return "ok";
    }

    std::string extend(const std::string& key, std::int64_t seconds) {
        if (!claims.contains(key)) {
            return "not_found";
        }
        auto& claim = claims[key];
        if (claim.status == "held") {
            claim.expires_at_s = std::max(claim.expires_at_s, now_s + seconds);
        }
        return gone(claim) ? "reservation_ended" : "ok";
    }

    std::string allocate(const std::string& key, const std::string& order) {
        if (!claims.contains(key)) {
            return "not_found";
        }
        auto& claim = claims[key];
        if (claim.order == order) {
            return "ok";
        }
        if (gone(claim)) {
            return "reservation_ended";
        }
        if (claim.status != "held") {
            return "reservation_reused";
        }
        for (const auto& [sku, held] : claim.open) {
            add(sku, held.first, -held.second, &Shelf::reserved);
            add(sku, held.first, held.second, &Shelf::allocated);
        }
        claim.status = "allocated";
        claim.order = order;
        return "ok";
    }

    std::string release(const std::string& key) {
        auto [known, is_new] = claims.try_emplace(key);
        auto& claim = known->second;
        if (is_new) {
            claim.status = "released";
        }
        if (claim.status == "held" || claim.status == "allocated") {
            for (auto& [sku, held] : claim.open) {
                add(sku, held.first, -held.second, counter_of(claim));
                held.second = 0;
            }
            claim.status = claim.any_shipped ? "shipped" : "released";
        }
        return "ok";
    }

    /// Releases or ships one line.
    std::string change(const std::string& key, bool ships, const std::string& change_key,
                       const std::string& sku, std::int64_t quantity) {
        if (!claims.contains(key)) {
            return "not_found";
        }
        auto& claim = claims[key];
        const auto what = sku + std::to_string(quantity);
        const auto id = (ships ? "s" : "r") + change_key;
        if (claim.changes.contains(id)) {
            return claim.changes[id] == what ? "ok" : "reservation_reused";
        }
        if (gone(claim)) {
            return "reservation_ended";
        }
        if (ships && claim.status == "held") {
            return "not_allocated";
        }
        if (!claim.open.contains(sku) || claim.open[sku].second < quantity) {
            return "more_than_held";
        }
        auto& [place, open] = claim.open[sku];
        add(sku, place, -quantity, counter_of(claim));
        if (ships) {
            take_out(sku, place, quantity);
        }
        open -= quantity;
        claim.any_shipped = claim.any_shipped || ships;
        claim.changes[id] = what;
        const bool empty = std::ranges::all_of(
            claim.open, [](const auto& line) { return line.second.second == 0; });
        if (empty) {
            claim.status = claim.any_shipped ? "shipped" : "released";
        }
        return "ok";
    }

    void count(const std::string& sku, const std::string& place, std::int64_t on_hand) {
        shelves[place][sku].on_hand = on_hand;
    }

    void expire() {
        for (auto& [key, claim] : claims) {
            if (claim.status == "held" && claim.expires_at_s <= now_s) {
                for (auto& [sku, held] : claim.open) {
                    add(sku, held.first, -held.second, &Shelf::reserved);
                }
                claim.status = "expired";
            }
        }
    }

private:
    static bool gone(const Claim& claim) {
        return claim.status == "released" || claim.status == "expired";
    }
    static std::int64_t Shelf::* counter_of(const Claim& claim) {
        return claim.status == "held" ? &Shelf::reserved : &Shelf::allocated;
    }
    std::map<std::string, std::int64_t> parts_of(const std::string& sku) const {
        const auto kit = kits.find(sku);
        return kit == kits.end() ? std::map<std::string, std::int64_t>{{sku, 1}} : kit->second;
    }
    void add(const std::string& sku, const std::string& place, std::int64_t quantity,
             std::int64_t Shelf::* counter) {
        for (const auto& [part, each] : parts_of(sku)) {
            shelves[place][part].*counter += each * quantity;
        }
    }
    void take_out(const std::string& sku, const std::string& place, std::int64_t quantity) {
        for (const auto& [part, each] : parts_of(sku)) {
            auto& on_hand = shelves[place][part].on_hand;
            on_hand = std::max<std::int64_t>(0, on_hand - each * quantity);
        }
    }
    std::int64_t capacity(const std::string& sku, const std::string& place) const {
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        for (const auto& [part, each] : parts_of(sku)) {
            const auto& shelf = shelves.at(place).at(part);
            const auto more = beyond.contains(part) ? beyond.at(part) : 0;
            const auto free = shelf.on_hand - shelf.reserved - shelf.allocated + more;
            least = std::min(least, free * 1000 / each);
        }
        return least;
    }
    std::string best_place(const std::string& sku) const {
        return capacity(sku, "south") > capacity(sku, "north") ? "south" : "north";
    }
};

}  // namespace kontor::inventory
