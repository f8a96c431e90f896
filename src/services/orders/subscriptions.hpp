#pragma once

#include "platform/events/handlers.hpp"
#include "platform/events/outbox.hpp"
#include "services/carts/api.hpp"
#include "services/inventory/api.hpp"
#include "services/payments/api.hpp"

namespace kontor::orders {

/// What follows from what became of an order, in other services. Each step is safe to repeat under
/// a key made of ids, so a crash between two of them only means that both are asked for again.
events::Handlers<Context> follow_up(inventory::Inventory& inventory, payments::Payments& payments,
                                    carts::Carts& carts);

/// What payments says about an order appears in it, with the position in one transaction, so once.
events::Handlers<sql::Transaction&> payment_news(events::Outbox& outbox, IdSource& ids);

}  // namespace kontor::orders
