#pragma once

#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "platform/context.hpp"
#include "services/inventory/api.hpp"

/// What a batch of changes knows of stock, and what it has decided so far. No I/O, no clock.
namespace kontor::inventory {

/// Why counters change.
enum class Cause { count, adjust, reserve, allocate, release, expire, ship, restock };
BOOST_DESCRIBE_ENUM(Cause, count, adjust, reserve, allocate, release, expire, ship, restock)

/// The counters of a SKU in a place.
struct Cell {
    std::int64_t id = 0;  ///< 0 until it is stored.
    std::string sku;
    std::string location;
    Quantity on_hand;
    Quantity reserved;
    Quantity allocated;
    Quantity safety;
    std::int64_t counted_sequence = 0;  ///< Of the last count that had one.
    std::int64_t epoch = 0;             ///< Of the batch that wrote it last.

    Quantity available() const { return on_hand - reserved - allocated - safety; }
    Quantity promised() const { return reserved + allocated; }

    static constexpr auto describe() {
        return described<Cell>("A row of stock.", field<&Cell::id>(""), field<&Cell::sku>(""),
                               field<&Cell::location>(""), field<&Cell::on_hand>(""),
                               field<&Cell::reserved>(""), field<&Cell::allocated>(""),
                               field<&Cell::safety>(""), field<&Cell::counted_sequence>(""),
                               field<&Cell::epoch>(""));
    }
};

/// A cell by its place in Books::cells.
using CellIndex = std::size_t;

/// What is added to a cell's counters.
struct Counters {
    Quantity on_hand{};
    Quantity reserved{};
    Quantity allocated{};
};

/// A change of a cell's counters, why, and on whose behalf.
struct Movement {
    CellIndex cell = 0;
    Cause cause = Cause::count;
    std::string reference;
    Counters added;
};

/// What a reservation has in a cell.
struct HeldLine {
    std::int64_t ordinal = 0;
    CellIndex cell = 0;
    std::string sku;
    std::string location;
    Quantity quantity;
    Quantity released{};
    Quantity shipped{};
    std::optional<std::string> kit{};     ///< The SKU that was sold, where this is a part of it.
    Quantity per_unit = Quantity::of(1);  ///< Of this in one unit of what was sold.

    /// What is still reserved or allocated.
    Quantity open() const { return quantity - released - shipped; }
    const std::string& sold_as() const { return kit ? *kit : sku; }
    /// `part` of this in units of what was sold.
    Quantity in_units_sold(Quantity part) const {
        return {(part * Quantity::scale).thousandths / per_unit.thousandths};
    }
    /// What `sold` units of what was sold take of this.
    Quantity of_units_sold(Quantity sold) const {
        return {(per_unit * sold.thousandths).thousandths / Quantity::scale};
    }
};

/// A reservation with its lines.
struct Held {
    std::uint64_t id = 0;
    ReservationStatus status = ReservationStatus::held;
    Timestamp expires_at;
    std::optional<std::string> bound_to{};
    std::vector<HeldLine> lines{};
    bool is_new = false;
    bool changed = false;
    bool lines_changed = false;

    bool has_ended() const {
        return status == ReservationStatus::released || status == ReservationStatus::expired;
    }
};

/// A SKU that was counted at least once.
struct KnownSku {
    std::int64_t version = 0;  ///< Counts the changes of its stock.
    Quantity beyond{};         ///< So much more than is available may be promised in a place.
};

/// A change that must happen once: the key that its caller gave it, unique within a scope.
struct ChangeKey {
    std::string scope;
    std::string key;
    auto operator<=>(const ChangeKey&) const = default;
};

struct Books {
    Timestamp now;
    std::int64_t epoch = 0;  ///< Of this batch.

    std::vector<Cell> cells{};
    std::unordered_map<std::string, std::vector<CellIndex>> cells_of{};  ///< By SKU, oldest first.
    std::unordered_map<std::int64_t, CellIndex> cell_of_id{};
    std::unordered_map<std::string, KnownSku> skus{};
    std::unordered_map<std::string, std::vector<KitPart>> kits{};
    std::unordered_map<std::string, std::unordered_set<std::string>> online{};  ///< By market.
    std::unordered_map<std::string, Held> reservations{};                       ///< By key.
    std::map<ChangeKey, std::string> applied{};  ///< And what each change was.

    std::vector<Movement> movements{};
    std::set<CellIndex> changed{};  ///< Cells to be written.
    std::set<CellIndex> moved{};    ///< Those of them that the world is told of.
    std::set<CellIndex> too_few{};  ///< Where less was found than is promised.
    std::vector<ChangeKey> newly_applied{};
    std::vector<std::string> expired{};  ///< Keys of reservations.

    /// Takes a stored cell in, once.
    CellIndex load(Cell cell);
    /// The cell of `sku` in `location`, where there is one.
    std::optional<CellIndex> find(const std::string& sku, std::string_view location) const;
    /// The same, made where it is missing.
    CellIndex find_or_make(const std::string& sku, const std::string& location);

    /// Adds to the counters of a cell.
    void move(CellIndex cell, Cause cause, std::string_view reference, Counters added);
    /// Notes where a place has less than is promised, and no policy allows it.
    void look_for_shortage(CellIndex cell);

    /// What the change was, where it is applied.
    std::optional<std::string_view> find_applied(const ChangeKey& key) const;
    void apply(ChangeKey key, std::string content);

    Quantity beyond(const std::string& sku) const;
    bool anything_decided() const;
};

}  // namespace kontor::inventory
