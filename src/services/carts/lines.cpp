#include "services/carts/lines.hpp"

namespace kontor::carts {

Result<StoredLine> at_todays_price(StoredLine stored, const discovery::Offer& today,
                                   Quantity quantity) {
    auto& line = stored.line;
    if (auto fault = quantity_fault(line.sku, quantity, today.minimum, today.step)) {
        return std::unexpected(*std::move(fault));
    }
    line.quantity = quantity;
    line.unit_price = today.price;
    line.total = line_total(today.price, quantity);
    line.tax_rate = today.tax_rate;
    stored.minimum = today.minimum;
    stored.step = today.step;
    stored.available = today.available_online;
    return stored;
}

StoredLine line_of(const discovery::Offer& offer, LineId id) {
    return {.line = {.id = id,
                     .sku = offer.sku,
                     .product = offer.product,
                     .slug = offer.slug,
                     .name = offer.name,
                     .picture = offer.picture,
                     .quantity = {},
                     .unit = offer.sales_unit,
                     .unit_price = {},
                     .total = {},
                     .tax_rate = {}},
            .minimum = {},
            .step = {}};
}

Result<discovery::Offer> sold(const discovery::OfferAnswer& answer, std::string_view sku) {
    if (!answer.offer) {
        return refuse(refused::not_sold, "SKU {} is not sold in this market", sku);
    }
    return *answer.offer;
}

Result<discovery::Offer> offered(const discovery::OfferAnswer& answer, std::string_view sku,
                                 Quantity quantity) {
    auto offer = TRY_NOW(sold(answer, sku));
    if (quantity <= Quantity{} || quantity > quantity_max) {
        return refuse(refused::bad_quantity, "quantity {} of {}: must be more than 0, at most {}",
                      to_text(quantity), sku, to_text(quantity_max));
    }
    return offer;
}

Result<void> room_for_one_more(std::int64_t lines, std::int64_t lines_max) {
    if (lines >= lines_max) {
        return refuse(refused::too_many_lines, "the cart has {} lines already", lines_max);
    }
    return {};
}

std::vector<Message> messages_of(const StoredLine& stored, const discovery::OfferAnswer& today) {
    const auto& line = stored.line;
    const Terms was{line.unit_price, line.tax_rate, stored.available};
    std::vector<Message> messages;
    if (!today.offer) {
        messages.push_back({line.id, line.sku, MessageKind::not_sold, was, std::nullopt});
        return messages;
    }
    const Terms is{today.offer->price, today.offer->tax_rate, today.offer->available_online};
    const auto tell = [&](bool differs, MessageKind kind) {
        if (differs) {
            messages.push_back({line.id, line.sku, kind, was, is});
        }
    };
    tell(was.unit_price != is.unit_price, MessageKind::price_changed);
    tell(was.tax_rate != is.tax_rate, MessageKind::tax_changed);
    tell(was.available && !is.available, MessageKind::out_of_stock);
    tell(!was.available && is.available, MessageKind::back_in_stock);
    return messages;
}

}  // namespace kontor::carts
