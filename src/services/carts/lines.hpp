#pragma once

#include "services/carts/rules.hpp"
#include "services/discovery/api.hpp"

/// Decisions about one line: what may be wanted of an offer, and what it then costs.
namespace kontor::carts {

/// A line as stored, with what its quantity must keep to, and whether it could be had when it was
/// last set.
struct StoredLine {
    Line line;
    Quantity minimum;
    Quantity step;
    bool available = true;
};

/// An offer as a line, of nothing yet.
StoredLine line_of(const discovery::Offer& offer, LineId id);

/// The line with that quantity, at the price of `today`.
Result<StoredLine> at_todays_price(StoredLine stored, const discovery::Offer& today,
                                   Quantity quantity);

/// The offer, if there is one.
Result<discovery::Offer> sold(const discovery::OfferAnswer& answer, std::string_view sku);

/// What may be added of a SKU, whatever is there already.
Result<discovery::Offer> offered(const discovery::OfferAnswer& answer, std::string_view sku,
                                 Quantity quantity);

Result<void> room_for_one_more(std::int64_t lines, std::int64_t lines_max);

/// What differs between a line as it was last set and its offer of today.
std::vector<Message> messages_of(const StoredLine& line, const discovery::OfferAnswer& today);

}  // namespace kontor::carts
