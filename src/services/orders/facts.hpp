#pragma once

#include "platform/events/event.hpp"
#include "services/orders/store.hpp"

/// What is published about each change of an order, which has its new version already.
namespace kontor::orders::facts {

using Facts = std::vector<events::Fact>;

Facts placed(const store::StoredOrder& stored);
Facts shipped(const store::StoredOrder& stored, const Shipment& shipment, const Invoice& invoice);
Facts shipment_changed(const store::StoredOrder& stored, const Shipment& shipment);
Facts cancelled(const store::StoredOrder& stored, const Cancellation& cancellation);
Facts return_registered(const store::StoredOrder& stored, const Return& announced);
Facts return_received(const store::StoredOrder& stored, const Return& returned);
Facts return_withdrawn(const store::StoredOrder& stored, const Return& withdrawn);
Facts refund_requested(const store::StoredOrder& stored, const Refund& refund);
Facts exchange_agreed(const Order& order, const Exchange& exchange);
Facts exchange_changed(const Order& order, const Exchange& exchange);

}  // namespace kontor::orders::facts
