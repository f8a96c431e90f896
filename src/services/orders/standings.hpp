#pragma once

#include <span>

#include "services/orders/changes.hpp"

namespace kontor::orders {

struct Amounts {
    Money net;
    Money gross;
};

/// What each line costs: the order's total shared out over its lines, rate by rate, so that nothing
/// is lost whatever its market rounds taxes over.
std::vector<Amounts> agreed_amounts(const Order& order);

/// How much of a line is where.
struct Standing {
    carts::LineId line;
    std::string sku;
    Quantity ordered;
    Quantity shipped;
    Quantity cancelled;
    Quantity replaced;   ///< Sent once more, in place of what was returned.
    Quantity announced;  ///< To come back.
    Quantity returned;
    Amounts agreed;
    Amounts sent;       ///< Share of what was shipped or replaced.
    Amounts came_back;  ///< Share of what was returned.

    Quantity left_to_ship() const { return ordered - shipped - cancelled; }
    Quantity sent_in_all() const { return shipped + replaced; }
    Quantity left_to_return() const { return sent_in_all() - announced - returned; }
};

/// How much of each line of an order is where. The parts that it gives out are exact: those of a
/// whole line add up to what the line costs, and those of all that came back to what was sent.
class Standings {
public:
    explicit Standings(const Order& order);

    /// Null where the order has no such line.
    Standing* find(carts::LineId line);
    const std::vector<Standing>& all() const { return all_; }

    /// All that is neither shipped nor cancelled.
    std::vector<LineQuantity> left_to_ship() const;

    /// Parts of what is left to ship, now shipped or cancelled.
    Result<std::vector<Part>> ship(std::span<const LineQuantity> wanted);
    Result<std::vector<Part>> cancel(std::span<const LineQuantity> wanted);

    /// Marks what is announced to come back.
    Result<void> announce(std::span<const ReturnLine> wanted);

    /// Parts of what was sent, now returned. `announced`: more than that is refused.
    Result<std::vector<ReceivedLine>> take_back(std::span<const InspectedLine> wanted,
                                                std::span<const AnnouncedLine> announced);

private:
    Result<std::vector<Part>> settle(std::span<const LineQuantity> wanted,
                                     Quantity Standing::* how);

    std::vector<Standing> all_;
};

}  // namespace kontor::orders
