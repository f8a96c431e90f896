#pragma once

#include "platform/events/sql_sink.hpp"
#include "platform/service/service.hpp"
#include "services/carts/api.hpp"
#include "services/inventory/api.hpp"
#include "services/payments/api.hpp"

namespace kontor::orders {

/// What follows from a placed order: its stock is allocated, its payment opened, its cart closed.
/// Each step is safe to repeat, so that a crash in between only means doing it again.
events::Handlers<Context> after_placing(inventory::Inventory& inventory,
                                        payments::Payments& payments, carts::Carts& carts);

}  // namespace kontor::orders
