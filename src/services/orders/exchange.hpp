#pragma once

#include "services/orders/parts.hpp"

/// The same goods once more, for those of a return.
namespace kontor::orders {

/// agreed: its goods are held. dispatched: on their way. delivered, lost: as the carrier says.
/// cancelled: given up before it left.
enum class ExchangeStatus { agreed, dispatched, delivered, lost, cancelled };
BOOST_DESCRIBE_ENUM(ExchangeStatus, agreed, dispatched, delivered, lost, cancelled)

struct ExchangedLine {
    carts::LineId line;
    std::string sku;
    Quantity quantity;
    static constexpr auto describe() {
        using E = ExchangedLine;
        return described<E>("What is sent once more.", field<&E::line>("The order's line."),
                            field<&E::sku>("The variant."), field<&E::quantity>("In sales units."));
    }
};

struct Exchange {
    ExchangeId id;
    ExchangeStatus status = ExchangeStatus::agreed;
    ReturnId return_id;
    std::vector<ExchangedLine> lines;
    std::optional<std::string> carrier;
    std::optional<std::string> tracking;
    Timestamp agreed_at;
    std::optional<Timestamp> dispatched_at;
    static constexpr auto describe() {
        using E = Exchange;
        return described<E>(
            "The same goods once more, for those of a return; no money moves.",
            field<&E::id>("Opaque."), field<&E::status>("How far it is."),
            field<&E::return_id>("The return whose goods it replaces. Lost or cancelled, the "
                                 "return may be exchanged again, or paid back."),
            field<&E::lines>("All that came back with the return."),
            field<&E::carrier>("Who brings it."),
            field<&E::tracking>("The carrier's number of it."),
            field<&E::agreed_at>("When it was agreed."), field<&E::dispatched_at>("When it left."));
    }
};

}  // namespace kontor::orders
